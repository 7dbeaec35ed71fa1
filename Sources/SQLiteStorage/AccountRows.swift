// The rows of accounts themselves: how they are written and read.

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
        guard let id = try find(id: name, db) else {
            throw StorageFault.conflict(.accountMissing(name))
        }
        return id
    }

    /// The number of an account's row, nil if there is none.
    static func find(id name: String, _ db: Database) throws -> Int64? {
        try db.number("SELECT id FROM account WHERE name = ?", [name])
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

    /// The account as its loop loads it.
    static func load(_ name: String, _ db: Database) throws -> StoredAccount? {
        guard let record = try find(name, db) else { return nil }
        let columns = "id, roster_version, secret, archive_head, archive_time, archived_groupchat"
        guard let row = try db.row("SELECT \(columns) FROM account WHERE name = ?", [name]) else { return nil }
        let id: Int64 = row[0]
        var stored = StoredAccount(record: record)
        stored.roster = Roster(version: row[1], items: try rosterItems(id, db))
        stored.requests = try requests(id, db)
        stored.blocked = try db.rows("SELECT jid FROM blocked WHERE account = ? ORDER BY jid", [id]) { $0[0] }
        stored.offlineCount = Int(try db.number("SELECT count(*) FROM offline WHERE account = ?", [id]) ?? 0)
        stored.slots = try db.rows("SELECT namespace FROM slot WHERE account = ? ORDER BY namespace", [id]) { $0[0] }
        stored.secret = row.hasNull(atIndex: 2) ? nil : try row.bytes(2)
        stored.archiveHead = UInt64(clamping: row[3] as Int64)
        stored.archiveTime = row[4]
        stored.archivedGroupchat = UInt64(clamping: row[5] as Int64)
        stored.stays = try stays(id, db)
        stored.nodes = try NodeRows.all(id, db)
        return stored
    }

    static func setCredentials(_ credentials: Credentials, of name: String, _ db: Database) throws {
        let row = "(?, ?, ?, ?, ?, ?, ?, ?)"
        let changed = try db.run(
            "UPDATE account SET (\(scram)) = \(row) WHERE name = ?", arguments(credentials) + [name])
        guard changed == 1 else { throw StorageFault.conflict(.accountMissing(name)) }
    }

    /// Deletes an account with everything it has, and answers whether there was one.
    static func delete(_ name: String, _ db: Database) throws -> Bool {
        guard let id = try find(id: name, db) else { return false }
        try db.run("DELETE FROM item WHERE node IN (SELECT id FROM node WHERE account = ?)", [id])
        for table in ["roster", "request", "blocked", "offline", "slot", "message", "stay", "node"] {
            try db.run("DELETE FROM \(table) WHERE account = ?", [id])
        }
        try db.run("DELETE FROM account WHERE id = ?", [id])
        return true
    }

    /// Faults if a table of an account has reached its limit and the row to write is not one of those it has.
    static func makeRoom(
        _ table: String, _ column: String, _ value: String, _ id: Int64, limit: (name: String, rows: Int),
        _ db: Database
    ) throws {
        let has = try db.number("SELECT 1 FROM \(table) WHERE account = ? AND \(column) = ?", [id, value])
        if has == nil { try makeRoom(table, id, limit: limit, db) }
    }

    static func makeRoom(
        _ table: String, _ id: Int64, limit: (name: String, rows: Int), _ db: Database
    ) throws {
        let count = try db.number("SELECT count(*) FROM \(table) WHERE account = ?", [id]) ?? 0
        guard count < limit.rows else { throw StorageFault.limit(limit.name) }
    }
}
