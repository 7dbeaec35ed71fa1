// The rows of accounts: how they are written and read.

import Foundation
import GRDB
import Storage

/// The statements on accounts.
enum AccountRows {
    private static let scram = """
        sha1_salt, sha1_iterations, sha1_stored, sha1_server, sha256_salt, sha256_iterations, sha256_stored, \
        sha256_server
        """
    private static let insert = """
        INSERT INTO account (name, created, \(scram)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
        """

    /// The number of an account's row; faults if there is none.
    static func id(_ name: String, _ db: Database) throws -> Int64 {
        guard let id = try db.number("SELECT id FROM account WHERE name = ?", [name]) else {
            throw StorageFault.conflict(.accountMissing(name))
        }
        return id
    }

    /// Creates an account, or answers false if there is one of the name.
    static func create(_ account: AccountRecord, _ db: Database) throws -> Bool {
        let columns: StatementArguments = [account.name, account.created]
        return try db.run(insert, columns + arguments(account.credentials)) == 1
    }

    private static func arguments(_ credentials: Credentials) -> StatementArguments {
        let (sha1, sha256) = (credentials.sha1, credentials.sha256)
        return [
            Data(sha1.salt), sha1.iterations, Data(sha1.storedKey), Data(sha1.serverKey),
            Data(sha256.salt), sha256.iterations, Data(sha256.storedKey), Data(sha256.serverKey),
        ]
    }

    static func find(_ name: String, _ db: Database) throws -> AccountRecord? {
        let sql = "SELECT \(scram), created FROM account WHERE name = ?"
        return try db.row(sql, [name]).map { row in
            let credentials = Credentials(sha1: try scram(row, from: 0), sha256: try scram(row, from: 4))
            return AccountRecord(name: name, credentials: credentials, created: row[8])
        }
    }

    private static func scram(_ row: Row, from column: Int) throws -> ScramRecord {
        ScramRecord(
            salt: try row.bytes(column), iterations: row[column + 1], storedKey: try row.bytes(column + 2),
            serverKey: try row.bytes(column + 3))
    }

    static func setCredentials(_ credentials: Credentials, of name: String, _ db: Database) throws {
        let row = "(?, ?, ?, ?, ?, ?, ?, ?)"
        let changed = try db.run(
            "UPDATE account SET (\(scram)) = \(row) WHERE name = ?", arguments(credentials) + [name])
        guard changed == 1 else { throw StorageFault.conflict(.accountMissing(name)) }
    }

    /// Deletes an account with everything it has, and answers whether there was one.
    static func delete(_ name: String, _ db: Database) throws -> Bool {
        guard let id = try db.number("SELECT id FROM account WHERE name = ?", [name]) else { return false }
        for table in ["roster", "request", "offline", "slot"] {
            try db.run("DELETE FROM \(table) WHERE account = ?", [id])
        }
        try db.run("DELETE FROM account WHERE id = ?", [id])
        return true
    }

    /// Faults if a table of an account has reached its limit and the row to write is not one of those it has.
    private static func makeRoom(
        _ table: String, _ column: String, _ value: String, _ id: Int64, limit: (name: String, rows: Int),
        _ db: Database
    ) throws {
        let has = try db.number("SELECT 1 FROM \(table) WHERE account = ? AND \(column) = ?", [id, value])
        if has == nil { try makeRoom(table, id, limit: limit, db) }
    }

    private static func makeRoom(
        _ table: String, _ id: Int64, limit: (name: String, rows: Int), _ db: Database
    ) throws {
        let count = try db.number("SELECT count(*) FROM \(table) WHERE account = ?", [id]) ?? 0
        guard count < limit.rows else { throw StorageFault.limit(limit.name) }
    }
}

// MARK: Roster and requests

extension AccountRows {
    static func roster(_ name: String, _ db: Database) throws -> Roster {
        let found = try db.row("SELECT id, roster_version FROM account WHERE name = ?", [name])
        guard let found else { return Roster(version: 0, items: []) }
        let id: Int64 = found[0]
        let items = try db.rows(
            "SELECT jid, name, subscription, ask, approved, groups FROM roster WHERE account = ? ORDER BY jid", [id]
        ) { row in
            RosterRecord(
                jid: row[0], name: row[1], subscription: UInt8(truncatingIfNeeded: row[2] as Int64), ask: row[3],
                approved: row[4], groups: GroupsCoding.decode(try row.bytes(5)))
        }
        return Roster(version: found[1], items: items)
    }

    static func setRosterItem(_ item: RosterRecord, of name: String, limit: Int, _ db: Database) throws -> Int64 {
        let id = try id(name, db)
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
        return try raiseVersion(id, db)
    }

    static func removeRosterItem(_ jid: String, of name: String, _ db: Database) throws -> Int64? {
        let id = try id(name, db)
        guard try db.run("DELETE FROM roster WHERE account = ? AND jid = ?", [id, jid]) == 1 else { return nil }
        return try raiseVersion(id, db)
    }

    private static func raiseVersion(_ id: Int64, _ db: Database) throws -> Int64 {
        try db.run("UPDATE account SET roster_version = roster_version + 1 WHERE id = ?", [id])
        return try db.number("SELECT roster_version FROM account WHERE id = ?", [id]) ?? 0
    }

    static func requests(_ name: String, _ db: Database) throws -> [SubscriptionRequest] {
        try db.rows(
            """
            SELECT jid, stanza FROM request JOIN account ON account.id = request.account
            WHERE account.name = ? ORDER BY jid
            """, [name]
        ) { row in SubscriptionRequest(from: row[0], stanza: try row.bytes(1)) }
    }

    static func setRequest(
        _ request: SubscriptionRequest, of name: String, limit: Int, _ db: Database
    ) throws {
        let id = try id(name, db)
        try makeRoom("request", "jid", request.from, id, limit: ("subscriptionRequests", limit), db)
        try db.run(
            "INSERT OR REPLACE INTO request (account, jid, stanza) VALUES (?, ?, ?)",
            [id, request.from, Data(request.stanza)])
    }

    static func removeRequest(from jid: String, of name: String, _ db: Database) throws {
        try db.run("DELETE FROM request WHERE account = ? AND jid = ?", [try id(name, db), jid])
    }
}

// MARK: Offline messages and slots

extension AccountRows {
    static func storeOffline(
        _ stanza: [UInt8], time: Int64, of name: String, limit: Int, _ db: Database
    ) throws -> Int64 {
        let id = try id(name, db)
        try makeRoom("offline", id, limit: ("offlineMessages", limit), db)
        try db.run("INSERT INTO offline (account, time, stanza) VALUES (?, ?, ?)", [id, time, Data(stanza)])
        return db.lastInsertedRowID
    }

    static func offline(_ name: String, _ db: Database) throws -> [OfflineMessage] {
        try db.rows(
            """
            SELECT pos, time, stanza FROM offline JOIN account ON account.id = offline.account
            WHERE account.name = ? ORDER BY pos
            """, [name]
        ) { row in OfflineMessage(place: row[0], time: row[1], stanza: try row.bytes(2)) }
    }

    static func removeOffline(_ name: String, through place: Int64, _ db: Database) throws -> Int {
        try db.run("DELETE FROM offline WHERE account = ? AND pos <= ?", [try id(name, db), place])
    }

    static func takeOffline(_ name: String, _ db: Database) throws -> [OfflineMessage] {
        let id = try id(name, db)
        let messages = try offline(name, db)
        try db.run("DELETE FROM offline WHERE account = ?", [id])
        return messages
    }

    static func slot(_ namespace: String, of name: String, _ db: Database) throws -> [UInt8]? {
        try db.row(
            """
            SELECT body FROM slot JOIN account ON account.id = slot.account
            WHERE account.name = ? AND namespace = ?
            """, [name, namespace]
        ).map { try $0.bytes(0) }
    }

    static func setSlot(
        _ namespace: String, to bytes: [UInt8]?, of name: String, limit: Int, _ db: Database
    ) throws {
        let id = try id(name, db)
        guard let bytes else {
            try db.run("DELETE FROM slot WHERE account = ? AND namespace = ?", [id, namespace])
            return
        }
        try makeRoom("slot", "namespace", namespace, id, limit: ("slots", limit), db)
        try db.run(
            "INSERT OR REPLACE INTO slot (account, namespace, body) VALUES (?, ?, ?)", [id, namespace, Data(bytes)])
    }
}
