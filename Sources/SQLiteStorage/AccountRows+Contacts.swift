// The rows of an account's contacts: roster, waiting requests, blocked addresses, stays in channels.

import Foundation
import GRDB
import Storage

extension AccountRows {
    static func rosterItems(_ id: Int64, _ db: Database) throws -> [RosterRecord] {
        try db.rows(
            """
            SELECT jid, name, subscription, ask, approved, groups, channel FROM roster WHERE account = ? ORDER BY jid
            """, [id]
        ) { row in
            RosterRecord(
                jid: row[0], name: row[1], subscription: UInt8(truncatingIfNeeded: row[2] as Int64), ask: row[3],
                approved: row[4], groups: GroupsCoding.decode(try row.bytes(5)), channel: row[6])
        }
    }

    static func setRosterItem(_ item: RosterRecord, of id: Int64, limit: Int, _ db: Database) throws {
        try makeRoom("roster", "jid", item.jid, id, limit: ("rosterItems", limit), db)
        try db.run(
            """
            INSERT OR REPLACE INTO roster (account, jid, name, subscription, ask, approved, groups, channel)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                id, item.jid, item.name, Int64(item.subscription), item.ask, item.approved,
                Data(GroupsCoding.encode(item.groups)), item.channel,
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

    static func stays(_ id: Int64, _ db: Database) throws -> [ChannelStay] {
        let columns = "channel, participant, begins, ends"
        return try db.rows("SELECT \(columns) FROM stay WHERE account = ? ORDER BY channel, begins", [id]) { row in
            ChannelStay(
                channel: row[0], participant: row[1], from: UInt64(clamping: row[2] as Int64),
                to: (row[3] as Int64?).map { UInt64(clamping: $0) })
        }
    }

    static func setStay(_ stay: ChannelStay, of id: Int64, limit: Int, _ db: Database) throws {
        let key: StatementArguments = [id, stay.channel, Int64(clamping: stay.from)]
        let sql = "SELECT 1 FROM stay WHERE account = ? AND channel = ? AND begins = ?"
        if try db.number(sql, key) == nil { try makeRoom("stay", id, limit: ("channelStays", limit), db) }
        try db.run(
            "INSERT OR REPLACE INTO stay (account, channel, begins, participant, ends) VALUES (?, ?, ?, ?, ?)",
            key + [stay.participant, stay.to.map { Int64(clamping: $0) }])
    }
}
