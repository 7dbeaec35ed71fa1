// The rows of what an account keeps as bytes: offline messages, slots, the archive.

import Foundation
import GRDB
import Storage

extension AccountRows {
    static func storeOffline(
        _ stanza: [UInt8], time: Int64, of id: Int64, limit: Int, _ db: Database
    ) throws {
        try makeRoom("offline", id, limit: ("offlineMessages", limit), db)
        try db.run("INSERT INTO offline (account, time, stanza) VALUES (?, ?, ?)", [id, time, Data(stanza)])
    }

    static func offline(_ name: String, _ db: Database) throws -> [OfflineMessage] {
        try db.rows(
            """
            SELECT pos, time, stanza FROM offline JOIN account ON account.id = offline.account
            WHERE account.name = ? ORDER BY pos
            """, [name]
        ) { row in OfflineMessage(place: row[0], time: row[1], stanza: try row.bytes(2)) }
    }

    static func removeOffline(_ id: Int64, through place: Int64, _ db: Database) throws {
        try db.run("DELETE FROM offline WHERE account = ? AND pos <= ?", [id, place])
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
        _ namespace: String, to bytes: [UInt8]?, of id: Int64, limit: Int, _ db: Database
    ) throws {
        guard let bytes else {
            try db.run("DELETE FROM slot WHERE account = ? AND namespace = ?", [id, namespace])
            return
        }
        try makeRoom("slot", "namespace", namespace, id, limit: ("slots", limit), db)
        try db.run(
            "INSERT OR REPLACE INTO slot (account, namespace, body) VALUES (?, ?, ?)", [id, namespace, Data(bytes)])
    }
}

// MARK: The archive

extension AccountRows {
    /// Times in an archive rise with `seq`.
    static let archiveTimes = RisingTimes(table: "message", owner: "account")

    /// A page: a range over one of two indexes, from one end or the other. What was said in a channel is looked up in
    /// its own table, unless it was archived before there was one.
    static func archivePage(_ query: AccountArchiveQuery) -> String {
        let peer = query.peer == nil ? "" : " AND peer = ?"
        let resource = query.peer == nil || query.resource == nil ? "" : " AND resource = ?"
        let kind = query.includesGroupchat ? "" : " AND NOT groupchat"
        return """
            SELECT seq, time, peer, resource, groupchat, ifnull(said.stanza, message.stanza) \
            FROM message LEFT JOIN said ON said.id = message.said \
            WHERE account = ? AND seq BETWEEN ? AND ?\(peer)\(resource)\(kind) \
            ORDER BY seq\(query.newestFirst ? " DESC" : "") LIMIT ?
            """
    }

    static func archiveArguments(_ query: AccountArchiveQuery, of id: Int64, limit: Int) -> StatementArguments {
        var arguments: StatementArguments = [
            id, Int64(clamping: query.seqs.lowerBound), Int64(clamping: query.seqs.upperBound),
        ]
        if let peer = query.peer {
            arguments += [peer]
            if let resource = query.resource { arguments += [resource] }
        }
        return arguments + [limit]
    }

    static func archive(
        _ query: AccountArchiveQuery, of id: Int64, limit: Int, _ db: Database
    ) throws -> [ArchivedMessage] {
        try db.rows(archivePage(query), archiveArguments(query, of: id, limit: limit)) { row in
            ArchivedMessage(
                seq: UInt64(clamping: row[0] as Int64), time: row[1], peer: row[2], resource: row[3],
                isGroupchat: row[4], stanza: try row.bytes(5))
        }
    }

    static func archiveBounds(_ id: Int64, _ db: Database) throws -> ArchiveBounds? {
        func end(_ order: String) throws -> ArchiveBounds.End? {
            let sql = "SELECT seq, time FROM message WHERE account = ? ORDER BY seq\(order) LIMIT 1"
            return try db.row(sql, [id]).map { ArchiveBounds.End(seq: UInt64(clamping: $0[0] as Int64), time: $0[1]) }
        }
        guard let first = try end(""), let last = try end(" DESC") else { return nil }
        return ArchiveBounds(first: first, last: last)
    }

    /// Archives the next message of an account; answers false, with nothing changed, if it is not the next.
    static func archive(_ message: ArchivedMessage, of id: Int64, _ db: Database) throws -> Bool {
        let seq = Int64(clamping: message.seq)
        let isNext = try db.run(
            """
            UPDATE account SET archive_head = ?, archive_time = ?, archived_groupchat = archived_groupchat + ?
            WHERE id = ? AND archive_head = ? AND archive_time < ?
            """, [seq, message.time, message.isGroupchat ? 1 : 0, id, seq - 1, message.time])
        guard isNext == 1 else { return false }
        let said = message.isGroupchat ? try SaidRows.keep(message.stanza, db) : nil
        let stanza = said == nil ? Data(message.stanza) : Data()
        try db.run(
            """
            INSERT INTO message (account, seq, time, peer, resource, groupchat, said, stanza)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [id, seq, message.time, message.peer, message.resource, message.isGroupchat, said, stanza])
        return true
    }
}
