// The data folder of a configuration, locked, with its store open.

import SQLiteStorage
public import Storage

/// A store that is open, and the folder it is in.
public struct OpenStore: Sendable {
    public let store: any Store
    let folder: DataFolder

    /// Locks the data folder and opens what is in it. Blocks.
    public init(_ configuration: ServerConfiguration) throws(StorageFault) {
        folder = try DataFolder(configuration.data)
        switch configuration.storage {
        case .sqlite: store = try SQLiteStorage(in: folder, limits: configuration.limits.storage)
        case .memory: store = MemoryStorage(limits: configuration.limits.storage)
        }
    }

    /// Writes what is queued, empties the log into the file, lets go of the folder.
    public func close() async {
        _ = await Answer.of { store.close($0) }
        folder.unlock()
    }
}

/// The answer of a store's call, awaited.
enum Answer {
    static func of<Value: Sendable>(
        _ call: (@escaping Completion<Value>) -> Void
    ) async -> Result<Value, StorageFault> {
        await withCheckedContinuation { continuation in call { continuation.resume(returning: $0) } }
    }

    /// - Throws: the store's fault, as the operator is told it.
    static func from<Value: Sendable>(
        _ call: (@escaping Completion<Value>) -> Void
    ) async throws(OperatorFault) -> Value {
        switch await of(call) {
        case .success(let value): return value
        case .failure(let fault): throw OperatorFault(fault)
        }
    }
}
