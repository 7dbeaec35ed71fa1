// One write that waits in a memory store.

/// A write and who is told of it.
struct MemoryJob: Sendable {
    /// What it counts for in the queue.
    let rows: Int
    /// Writes, and answers what to call once it is synced.
    let write: @Sendable (inout MemoryImage) -> @Sendable () -> Void
    /// Tells of a fault; nothing was written.
    let refuse: @Sendable (StorageFault) -> Void

    init<Value: Sendable>(
        rows: Int, _ body: @escaping @Sendable (inout MemoryImage) throws(StorageFault) -> Value,
        _ done: @escaping Completion<Value>
    ) {
        self.rows = rows
        refuse = { done(.failure($0)) }
        write = { image in
            do throws(StorageFault) {
                let value = try body(&image)
                return { done(.success(value)) }
            } catch {
                return { done(.failure(error)) }
            }
        }
    }
}
