// The embedded store: SQLite in one data folder.

import GRDB
public import Storage
import Synchronization

/// The store in a data folder: SQLite in WAL mode, one writer, a few readers. Every commit reaches the disk before it
/// is answered.
public final class SQLiteStorage: Store {
    /// The name of the store's file in the data folder.
    public static let fileName = "parlance.sqlite"

    let limits: StorageLimits
    let pool: DatabasePool
    private let writer: Writer
    private let folder: DataFolder
    private let waitingReads = Atomic<Int>(0)

    /// Opens the store of a folder, or makes it; brings an older one to today's schema. Blocks.
    /// Faults: `.corrupt`, `.readOnly`, `.newer`, `.locked`, `.full`, `.other`.
    public init(in folder: DataFolder, limits: StorageLimits = .default) throws(StorageFault) {
        self.folder = folder
        self.limits = limits
        try folder.makePrivate(SQLiteStorage.fileName)
        let path = folder.file(SQLiteStorage.fileName)
        let hasEnded: Bool
        do {
            pool = try DatabasePool(path: path, configuration: SQLiteStorage.configuration(limits))
            try SQLiteStorage.migrate(pool)
            try SQLiteStorage.makeDurable(pool)
            hasEnded = try pool.read { try RoomRows.hasEnded($0) }
        } catch {
            throw StorageFault(error, path: path)
        }
        writer = Writer(pool, limits: limits)
        if hasEnded { purge() }
    }

    private static func configuration(_ limits: StorageLimits) -> Configuration {
        var configuration = Configuration()
        configuration.label = "parlance.storage"
        configuration.foreignKeysEnabled = false
        configuration.maximumReaderCount = limits.readers
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA secure_delete = ON")
        }
        return configuration
    }

    private static func migrate(_ pool: DatabasePool) throws {
        let migrator = Schema.migrator
        let unknown = try pool.read { db in
            try migrator.hasBeenSuperseded(db)
                ? migrator.appliedIdentifiers(db).subtracting(migrator.migrations).sorted() : []
        }
        guard unknown.isEmpty else { throw StorageFault.newer("schema \(unknown.joined(separator: ", "))") }
        try migrator.migrate(pool)
    }

    /// The engine's wrapper sets `synchronous` to NORMAL when it enters WAL mode, so FULL is set after opening, and
    /// looked at. The writer does not wait long for readers: only emptying the log has to.
    private static func makeDurable(_ pool: DatabasePool) throws {
        try pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA synchronous = FULL; PRAGMA busy_timeout = 200")
            try db.execute(sql: "PRAGMA journal_size_limit = 67108864")
            guard try Int.fetchOne(db, sql: "PRAGMA synchronous") == 2 else {
                throw StorageFault.other("the engine does not sync its commits")
            }
        }
    }

    // MARK: Calls

    /// Queues a write.
    func write<Value: Sendable>(
        rows: Int = 1, scrubs: Bool = false, _ done: @escaping Completion<Value>,
        _ body: @escaping @Sendable (Database) throws -> Value
    ) {
        writer.add(WriteJob(rows: rows, scrubs: scrubs, body, done))
    }

    /// Reads in a transaction of its own, on a reader.
    func read<Value: Sendable>(
        _ done: @escaping Completion<Value>, _ body: @escaping @Sendable (Database) throws -> Value
    ) {
        guard !writer.isClosing else { return done(.failure(.closed)) }
        guard waitingReads.wrappingAdd(1, ordering: .relaxed).newValue <= limits.waitingReads else {
            waitingReads.wrappingSubtract(1, ordering: .relaxed)
            return done(.failure(.busy(limit: "waitingReads")))
        }
        pool.asyncRead { [self] reader in
            waitingReads.wrappingSubtract(1, ordering: .relaxed)
            let answer = reader.flatMap { db in Result { try body(db) } }
            done(answer.mapError { writer.isClosing ? .closed : StorageFault($0, path: pool.path) })
        }
    }

    /// Looks through the whole file.
    public func check(_ done: @escaping Completion<[String]>) {
        read(done) { db in
            try String.fetchAll(db, sql: "PRAGMA integrity_check(100)").filter { $0 != "ok" }
        }
    }

    /// Writes what is queued, empties the write-ahead log into the file and closes it. The data folder stays locked
    /// as long as its `DataFolder` lives.
    public func close(_ done: @escaping Completion<Void>) {
        writer.close(done)
    }
}
