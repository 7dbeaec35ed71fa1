// The rows of an account's contacts: roster, waiting requests, blocked addresses.

import Foundation
import GRDB
import Storage

extension AccountRows {
    static func rosterItems(_ id: Int64, _ db: Database) throws -> [RosterRecord] {
        try db.rows(
            "SELECT jid, name, subscription, ask, approved, groups FROM roster WHERE account = ? ORDER BY jid", [id]
        ) { row in
            RosterRecord(
                jid: row[0], name: row[1], subscription: UInt8(truncatingIfNeeded: row[2] as Int64), ask: row[3],
                approved: row[4], groups: GroupsCoding.decode(try row.bytes(5)))
        }
    }

    static func setRosterItem(_ item: RosterRecord, of id: Int64, limit: Int, _ db: Database) throws {
        try makeRoom("roster", "jid", item.jid, id, limit: ("rosterItems", limit), db)
        try db.run(
            """
            INSERT OR REPLACE INTO roster (account, jid, name, subscription, ask, approved, groups)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                id, item.jid, item.name, Int64(item.subscription), item.ask, item.approved,
                Data(GroupsCoding.encode(item.groups)),
            ])
        try raiseVersion(id, db)
    }

    static func removeRosterItem(_ jid: String, of id: Int64, _ db: Database) throws {
        let removed = try db.run("DELETE FROM roster WHERE account = ? AND jid = ?", [id, jid])
        if removed == 1 { try raiseVersion(id, db) }
    }

    private static func raiseVersion(_ id: Int64, _ db: Database) throws {
        try db.run("UPDATE account SET roster_version = roster_version + 1 WHERE id = ?", [id])
    }

    static func requests(_ id: Int64, _ db: Database) throws -> [SubscriptionRequest] {
        try db.rows("SELECT jid, stanza FROM request WHERE account = ? ORDER BY jid", [id]) { row in
            SubscriptionRequest(from: row[0], stanza: try row.bytes(1))
        }
    }

    static func setRequest(_ request: SubscriptionRequest, of id: Int64, limit: Int, _ db: Database) throws {
        try makeRoom("request", "jid", request.from, id, limit: ("subscriptionRequests", limit), db)
        try db.run(
            "INSERT OR REPLACE INTO request (account, jid, stanza) VALUES (?, ?, ?)",
            [id, request.from, Data(request.stanza)])
    }

    static func removeRequest(from jid: String, of id: Int64, _ db: Database) throws {
        try db.run("DELETE FROM request WHERE account = ? AND jid = ?", [id, jid])
    }

    static func block(_ jid: String, of id: Int64, limit: Int, _ db: Database) throws {
        try makeRoom("blocked", "jid", jid, id, limit: ("blockedAddresses", limit), db)
        try db.run("INSERT OR IGNORE INTO blocked (account, jid) VALUES (?, ?)", [id, jid])
    }
}
