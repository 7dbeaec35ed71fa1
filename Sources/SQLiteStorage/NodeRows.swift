// The rows of PEP nodes and their items.

import Foundation
import GRDB
import Storage

/// The statements on nodes and items.
enum NodeRows {
    static let newest = """
        SELECT id, publisher, time, payload FROM item WHERE node = ? ORDER BY pos DESC LIMIT ?
        """
    static let older = """
        SELECT id, publisher, time, payload FROM item
        WHERE node = ? AND pos < (SELECT pos FROM item WHERE node = ? AND id = ?) ORDER BY pos DESC LIMIT ?
        """
    private static let one = "SELECT id, publisher, time, payload FROM item WHERE node = ? AND id = ?"
    private static let prune = """
        DELETE FROM item WHERE pos IN (SELECT pos FROM item WHERE node = ? ORDER BY pos DESC LIMIT -1 OFFSET ?)
        """

    static func all(_ account: Int64, _ db: Database) throws -> [NodeRecord] {
        try db.rows("SELECT name, configuration FROM node WHERE account = ? ORDER BY name", [account]) { row in
            NodeRecord(name: row[0], configuration: try row.bytes(1))
        }
    }

    /// The number of a node's row, nil if there is none.
    private static func id(_ name: String, of account: Int64, _ db: Database) throws -> Int64? {
        try db.number("SELECT id FROM node WHERE account = ? AND name = ?", [account, name])
    }

    static func set(_ node: NodeRecord, of account: Int64, limit: Int, _ db: Database) throws {
        let configuration = Data(node.configuration)
        if let id = try id(node.name, of: account, db) {
            try db.run("UPDATE node SET configuration = ? WHERE id = ?", [configuration, id])
        } else {
            try AccountRows.makeRoom("node", account, limit: ("nodes", limit), db)
            try db.run(
                "INSERT INTO node (account, name, configuration) VALUES (?, ?, ?)",
                [account, node.name, configuration])
        }
    }

    static func remove(_ name: String, of account: Int64, _ db: Database) throws {
        guard let id = try id(name, of: account, db) else { return }
        try db.run("DELETE FROM item WHERE node = ?", [id])
        try db.run("DELETE FROM node WHERE id = ?", [id])
    }

    /// Adds or replaces an item and keeps the newest; faults if there is no such node.
    static func publish(
        _ item: ItemRecord, keep: Int, of account: (id: Int64, name: String), _ db: Database
    ) throws {
        guard let node = try id(item.node, of: account.id, db) else {
            throw StorageFault.conflict(.nodeMissing(account: account.name, node: item.node))
        }
        // A replaced row gets a new `pos`, the highest: republished is newest.
        try db.run(
            "INSERT OR REPLACE INTO item (node, id, publisher, time, payload) VALUES (?, ?, ?, ?, ?)",
            [node, item.id, item.publisher, item.time, Data(item.payload)])
        try db.run(prune, [node, max(keep, 0)])
    }

    static func retract(_ item: String, node: String, of account: Int64, _ db: Database) throws {
        guard let node = try id(node, of: account, db) else { return }
        try db.run("DELETE FROM item WHERE node = ? AND id = ?", [node, item])
    }

    static func purge(_ name: String, of account: Int64, _ db: Database) throws {
        guard let node = try id(name, of: account, db) else { return }
        try db.run("DELETE FROM item WHERE node = ?", [node])
    }

    static func items(
        _ selection: ItemSelection, node name: String, of account: Int64, limits: StorageLimits, _ db: Database
    ) throws -> [ItemRecord] {
        guard let node = try id(name, of: account, db) else { return [] }
        var items: [ItemRecord] = []
        var bytes = 0
        func read(_ sql: String, _ arguments: StatementArguments) throws {
            let cursor = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: arguments)
            while let row = try cursor.next() {
                let item = try item(row, of: name)
                bytes += item.payload.count
                guard items.isEmpty || bytes <= limits.itemsBytes else { return }
                items.append(item)
            }
        }
        switch selection {
        case .newest(let limit): try read(newest, [node, limits.page(limit)])
        case .older(let id, let limit): try read(older, [node, node, id, limits.page(limit)])
        case .ids(let ids):
            for id in ids.prefix(limits.pageRows) where bytes <= limits.itemsBytes { try read(one, [node, id]) }
        }
        return items
    }

    static func lastItems(of account: Int64, nodes: [String], _ db: Database) throws -> [ItemRecord] {
        try nodes.compactMap { name in
            guard let node = try id(name, of: account, db) else { return nil }
            return try db.row(newest, [node, 1]).map { try item($0, of: name) }
        }
    }

    private static func item(_ row: Row, of node: String) throws -> ItemRecord {
        ItemRecord(node: node, id: row[0], publisher: row[1], time: row[2], payload: try row.bytes(3))
    }
}
