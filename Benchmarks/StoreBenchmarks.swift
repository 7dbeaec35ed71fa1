// The store on disk: rows of a batch, batches of many rooms in one commit, accounts.

import Dispatch
import Foundation
import SQLiteStorage
import Storage

/// Rows in a new file, removed afterwards; every commit is synced, so this needs a real disk to tell anything.
struct StoreBenchmarks {
    private static let rounds = 200

    func run(_ table: inout Table) throws {
        let names = [1, 10, 100].map { "store a batch of \($0)" } + ["store 100 rooms", "store accounts"]
        guard names.contains(where: table.wants) else { return }
        let folder = FileManager.default.temporaryDirectory.appending(path: "parlance-bench-\(getpid())")
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try SQLiteStorage(in: DataFolder(folder.path))
        for size in [1, 10, 100] { try batches(of: size, store, &table) }
        try rooms(100, store, &table)
        try accounts(store, &table)
        try answer { store.close($0) }
    }

    /// One room, one batch in flight.
    private func batches(of size: Int, _ store: SQLiteStorage, _ table: inout Table) throws {
        let name = "store a batch of \(size)"
        guard table.wants(name) else { return }
        let key = RoomKey(service: "main", name: "batch\(size)")
        let number = try answer { store.append(RoomBatch(key: key, number: nil, face: face(0)), $0) }
        var seq: UInt64 = 0
        try table.measure(name, per: "rows", count: Self.rounds * size, runs: 5) { _ in
            for _ in 0..<Self.rounds {
                let events = (1...UInt64(size)).map { event(seq + $0) }
                seq += UInt64(size)
                let batch = RoomBatch(key: key, number: number, face: face(seq), events: events)
                keep(try answer { store.append(batch, $0) })
            }
        }
    }

    /// One message in each room, all queued together: what group commit is for.
    private func rooms(_ count: Int, _ store: SQLiteStorage, _ table: inout Table) throws {
        let name = "store \(count) rooms, 1 row each"
        guard table.wants(name) else { return }
        let keys = (0..<count).map { RoomKey(service: "main", name: "room\($0)") }
        let numbers = try keys.map { key in
            try answer { store.append(RoomBatch(key: key, number: nil, face: face(0)), $0) }
        }
        var seq: UInt64 = 0
        table.measure(name, per: "rows", count: 50 * count, runs: 5) { _ in
            for _ in 0..<50 {
                seq += 1
                let group = DispatchGroup()
                for (key, number) in zip(keys, numbers) {
                    group.enter()
                    let batch = RoomBatch(key: key, number: number, face: face(seq), events: [event(seq)])
                    store.append(batch) { result in
                        if case .failure(let fault) = result { preconditionFailure("\(fault)") }
                        group.leave()
                    }
                }
                group.wait()
            }
        }
    }

    private func accounts(_ store: SQLiteStorage, _ table: inout Table) throws {
        let keys = ScramRecord(
            salt: [UInt8](repeating: 1, count: 16), iterations: 10_000, storedKey: [UInt8](repeating: 2, count: 32),
            serverKey: [UInt8](repeating: 3, count: 32))
        let credentials = Credentials(sha1: keys, sha256: keys)
        try table.measure("store accounts, 2000 a call", per: "accounts", count: 2_000, runs: 5) { run in
            let records = (0..<2_000).map {
                AccountRecord(name: "user\(run)-\($0)", credentials: credentials, created: 1)
            }
            keep(try answer { store.importAccounts(records, $0) })
        }
    }

    private func event(_ seq: UInt64) -> EventRecord {
        EventRecord(
            seq: seq, time: 1_700_000_000_000 + Int64(seq) * 7, kind: 3, who: "somebody\(seq % 40)@example.org",
            isArchived: true, body: [UInt8](repeating: 65, count: 400))
    }

    private func face(_ head: UInt64) -> RoomFace {
        RoomFace(
            listed: true, title: "Room", head: head, archivedCount: head, secret: [UInt8](repeating: 3, count: 32))
    }
}
