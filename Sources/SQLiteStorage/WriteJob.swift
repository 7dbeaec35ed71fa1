// One write that waits for the writer.

import GRDB
import Storage

/// A write and who is told of it.
struct WriteJob: Sendable {
    /// What it counts for in the queue.
    let rows: Int
    /// Whether the content it deletes must leave the write-ahead log too.
    let scrubs: Bool
    /// Writes, and answers what to call once it is committed. Throws a `StorageFault` only while it has changed
    /// nothing; any other error means its changes are to be taken back.
    let write: @Sendable (Database) throws -> @Sendable () -> Void
    /// Tells of a fault; nothing is written.
    let refuse: @Sendable (StorageFault) -> Void

    init<Value: Sendable>(
        rows: Int, scrubs: Bool, _ body: @escaping @Sendable (Database) throws -> Value,
        _ done: @escaping Completion<Value>
    ) {
        self.rows = rows
        self.scrubs = scrubs
        refuse = { done(.failure($0)) }
        write = { db in
            let value = try body(db)
            return { done(.success(value)) }
        }
    }
}
