// The stores under test, and how a test waits for an answer.

import Foundation
import SQLiteStorage
import Storage

/// Waits for the answer of one call.
func answer<Value: Sendable>(_ call: (@escaping Completion<Value>) -> Void) async throws -> Value {
    let result = await withCheckedContinuation { continuation in call { continuation.resume(returning: $0) } }
    return try result.get()
}

/// An implementation of the store.
enum Implementation: String, CaseIterable, Sendable {
    case memory, sqlite
}

/// A store of one implementation that can be started again.
final class StoreFixture {
    private(set) var store: any Store
    private let folder: TemporaryFolder
    private let data: DataFolder?
    private let limits: StorageLimits

    init(_ implementation: Implementation, limits: StorageLimits = .default) throws {
        self.limits = limits
        folder = TemporaryFolder()
        switch implementation {
        case .memory:
            data = nil
            store = MemoryStorage(limits: limits)
        case .sqlite:
            let data = try DataFolder(folder.path)
            self.data = data
            store = try SQLiteStorage(in: data, limits: limits)
        }
    }

    /// A store with the account `ann`.
    static func withAnn(_ kind: Implementation, limits: StorageLimits = .default) async throws -> StoreFixture {
        let fixture = try StoreFixture(kind, limits: limits)
        try await answer { fixture.store.createAccount(.of("ann"), $0) }
        return fixture
    }

    /// The store as found after a restart of the process.
    func restart() async throws {
        if let memory = store as? MemoryStorage {
            var generator = SystemRandomNumberGenerator()
            store = memory.crash(dropping: &generator)
        } else if let data {
            try await answer { store.close($0) }
            store = try SQLiteStorage(in: data, limits: limits)
        }
    }
}

/// A folder that goes when the value does.
final class TemporaryFolder: Sendable {
    let path = NSTemporaryDirectory() + "/parlance-storage-" + UUID().uuidString

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

extension AccountRecord {
    /// An account whose credentials differ by `salt`.
    static func of(_ name: String, salt: UInt8 = 1) -> AccountRecord {
        let sha1 = ScramRecord(salt: [salt, 0], iterations: 4_096, storedKey: [1, 2], serverKey: [3, 4])
        let sha256 = ScramRecord(salt: [salt, 9], iterations: 10_000, storedKey: [5], serverKey: [])
        return AccountRecord(name: name, credentials: Credentials(sha1: sha1, sha256: sha256), created: 77)
    }
}

extension RoomKey {
    static let garden = RoomKey(service: "main", name: "garden")
    static let cellar = RoomKey(service: "main", name: "cellar")
}

extension RoomFace {
    static func of(_ head: UInt64, listed: Bool = true, title: String = "A room") -> RoomFace {
        RoomFace(listed: listed, title: title, head: head, archivedCount: head, secret: [1, 2, 3, 4])
    }
}

extension EventRecord {
    /// An event whose other columns follow from its `seq`.
    static func numbered(
        _ seq: UInt64, archived: Bool = true, who: String? = "ann@a.example", archiveID: String? = nil
    ) -> EventRecord {
        EventRecord(
            seq: seq, time: 1_000 + Int64(seq) * 10, kind: 7, who: who, archiveID: archiveID, isArchived: archived,
            body: Array("body \(seq)".utf8))
    }
}

extension RoomBatch {
    /// A batch of the events in a range.
    static func events(_ seqs: ClosedRange<UInt64>, key: RoomKey = .garden, in number: RoomNumber?) -> RoomBatch {
        RoomBatch(key: key, number: number, face: .of(seqs.upperBound), events: seqs.map { .numbered($0) })
    }
}
