// The batches, archives and PEP items of the embedded store's accounts.

import GRDB
public import Storage

extension SQLiteStorage {
    public func loadAccount(named name: String, _ done: @escaping Completion<StoredAccount?>) {
        read(done) { try AccountRows.load(name, $0) }
    }

    public func write(_ changes: [AccountWrite], of name: String, _ done: @escaping Completion<Void>) {
        let batch = AccountBatch(changes: changes, name: name, limits: limits)
        write(rows: max(changes.count, 1), done) { try batch.write($0) }
    }

    public func archive(
        _ query: AccountArchiveQuery, of name: String, _ done: @escaping Completion<[ArchivedMessage]>
    ) {
        let limit = limits.page(query.limit)
        readAccount(name, none: [], done) { try AccountRows.archive(query, of: $0, limit: limit, $1) }
    }

    public func firstArchived(of name: String, notBefore time: Int64, _ done: @escaping Completion<UInt64?>) {
        readAccount(name, none: nil, done) { try AccountRows.archiveTimes.first(of: $0, notBefore: time, $1) }
    }

    public func archivedBounds(of name: String, _ done: @escaping Completion<ArchiveBounds?>) {
        readAccount(name, none: nil, done) { try AccountRows.archiveBounds($0, $1) }
    }

    public func items(
        _ selection: ItemSelection, node: String, of name: String, _ done: @escaping Completion<[ItemRecord]>
    ) {
        let limits = limits
        readAccount(name, none: [], done) { try NodeRows.items(selection, node: node, of: $0, limits: limits, $1) }
    }

    public func lastItems(of name: String, nodes: [String], _ done: @escaping Completion<[ItemRecord]>) {
        readAccount(name, none: [], done) { try NodeRows.lastItems(of: $0, nodes: nodes, $1) }
    }

    /// Reads by the number of an account's row; answers `none` if there is none.
    private func readAccount<Value: Sendable>(
        _ name: String, none: Value, _ done: @escaping Completion<Value>,
        _ body: @escaping @Sendable (Int64, Database) throws -> Value
    ) {
        read(done) { db in
            guard let id = try AccountRows.find(id: name, db) else { return none }
            return try body(id, db)
        }
    }
}
