// What only the embedded store does: durability, plans, groups, and a file on a disk.

import Foundation
import GRDB
import Storage
import Testing

@testable import SQLiteStorage

@Suite struct SQLiteStorageTests {
    private let folder = TemporaryFolder()

    private func open(_ limits: StorageLimits = .default) throws -> SQLiteStorage {
        try SQLiteStorage(in: DataFolder(folder.path), limits: limits)
    }

    /// Keeps the writer from beginning a group while `body` queues writes.
    private func whileTheWriterIsHeld(_ store: SQLiteStorage, _ body: () -> Void) {
        let gate = DispatchSemaphore(value: 0)
        store.pool.asyncWriteWithoutTransaction { _ in gate.wait() }
        body()
        gate.signal()
    }

    @Test func everyCommitIsSyncedAndDeletedContentIsOverwritten() async throws {
        let store = try open()
        let settings = try await store.pool.writeWithoutTransaction { db in
            try ["synchronous", "secure_delete", "journal_mode"].map { name in
                try String.fetchOne(db, sql: "PRAGMA \(name)")
            }
        }
        #expect(settings == ["2", "1", "wal"])
    }

    @Test(arguments: [true, false], [true, false])
    func aPageIsARangeOverTheIndex(newestFirst: Bool, archivedOnly: Bool) async throws {
        let sql = RoomRows.page(newestFirst: newestFirst, archivedOnly: archivedOnly)
        let range = "SEARCH event USING INDEX event_seq (room=? AND seq>? AND seq<?)"
        #expect(try await plan(sql, [1, 0, 9, 9]) == [range])
    }

    /// No read of an archive scans or sorts: places, times and the ends are searches over (room, seq) as pages are.
    @Test func everyReadOfARoomsArchiveIsASearch() async throws {
        #expect(try await plan(RoomRows.place, [1, 9]) == ["SEARCH event USING INDEX event_seq (room=? AND seq=?)"])
        let times = RisingTimes(table: "event", owner: "room")
        #expect(try await plan(times.from, [1, 9]) == ["SEARCH event USING INDEX event_seq (room=? AND seq>?)"])
        #expect(try await plan(times.last, [1]) == ["SEARCH event USING INDEX event_seq (room=?)"])
    }

    @Test func directoryAndNotesAreRangesOverAnIndex() async throws {
        let listed = try await plan(RoomRows.directory(listedOnly: true), ["main", "", 9])
        #expect(listed == ["SEARCH room USING INDEX room_listed (service=? AND name>?)"])
        let all = try await plan(RoomRows.directory(listedOnly: false), ["main", "", 9])
        #expect(all == ["SEARCH room USING INDEX sqlite_autoindex_room_1 (service=? AND name>?)"])
        let waking = try await plan(RoomRows.waking, ["main", "", 9])
        #expect(waking == ["SEARCH room USING INDEX room_wakes (service=? AND name>?)"])
        let notes = try await plan(RoomRows.notes, [1, nil, 9])
        #expect(notes == ["SEARCH note USING INDEX note_room (room=?)"])
    }

    @Test func pagesOfAccountsArchivesAndNodesAreRangesOverAnIndex() async throws {
        func pagePlan(_ query: AccountArchiveQuery) async throws -> [String] {
            let arguments = AccountRows.archiveArguments(query, of: 1, limit: 9)
            return try await plan(AccountRows.archivePage(query), arguments)
        }
        for newestFirst in [true, false] {
            // Of each row in the range, what was said in a channel is found by its number.
            let said = "SEARCH said USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN"
            let all = "SEARCH message USING INDEX message_seq (account=? AND seq>? AND seq<?)"
            #expect(try await pagePlan(AccountArchiveQuery(limit: 9, newestFirst: newestFirst)) == [all, said])
            let ofPeer = "SEARCH message USING INDEX message_peer (account=? AND peer=? AND seq>? AND seq<?)"
            let peer = AccountArchiveQuery(peer: "b@x", limit: 9, newestFirst: newestFirst)
            #expect(try await pagePlan(peer) == [ofPeer, said])
            let one = AccountArchiveQuery(peer: "b@x", resource: "r", limit: 9, newestFirst: newestFirst)
            #expect(try await pagePlan(one) == [ofPeer, said])
        }
        #expect(try await plan(NodeRows.newest, [1, 9]) == ["SEARCH item USING INDEX item_node (node=?)"])
        let older = try await plan(NodeRows.older, [1, 1, "x", 9])
        #expect(older.first == "SEARCH item USING INDEX item_node (node=? AND rowid<?)")
    }

    private func plan(_ sql: String, _ arguments: StatementArguments) async throws -> [String] {
        try await open().pool.read { db in
            try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + sql, arguments: arguments).map { $0["detail"] }
        }
    }

    @Test func whatIsQueuedIsCommittedInGroups() async throws {
        let store = try open()
        let number = try await answer { store.append(.events(1...1, in: nil), $0) }
        let commits = CommitCounter()
        store.pool.add(transactionObserver: commits, extent: .databaseLifetime)
        let told = Log<Int>()
        whileTheWriterIsHeld(store) {
            for seq in 2...601 as ClosedRange<UInt64> {
                store.append(.events(seq...seq, in: number)) { _ in told.add(commits.count) }
            }
        }
        try await answer { store.close($0) }
        // Each batch is two rows: 256 of them make a group.
        let expected = [(1, 256), (2, 256), (3, 88)].flatMap { Array(repeating: $0.0, count: $0.1) }
        #expect(told.entries == expected)
    }

    @Test func aBatchAtFaultFailsAlone() async throws {
        let store = try open()
        let number = try await answer { store.append(.events(1...1, in: nil), $0) }
        let log = Log<String>()
        func add(_ batch: RoomBatch) {
            store.append(batch) { result in
                switch result {
                case .success: log.add("stored")
                case .failure(let fault): log.add("\(fault == .conflict(.eventExists(.garden)))")
                }
            }
        }
        whileTheWriterIsHeld(store) {
            add(.events(2...3, in: number))
            add(RoomBatch(key: .garden, number: number, face: .of(9), events: [.numbered(4), .numbered(1)]))
            add(.events(4...5, in: number))
        }
        _ = try await answer { store.append(.events(6...6, in: number), $0) }
        #expect(log.entries == ["stored", "true", "stored"])
        let loaded = try #require(try await answer { store.load(.garden, tail: 0, $0) })
        #expect(loaded.events.map(\.seq) == Array(1...6))
    }

    @Test func pastTheQueueWritesAreRefused() async throws {
        var limits = StorageLimits()
        limits.queuedRows = 5
        let store = try open(limits)
        let number = try await answer { store.append(.events(1...1, in: nil), $0) }
        let refused = Log<StorageFault>()
        whileTheWriterIsHeld(store) {
            for seq in 2...4 as ClosedRange<UInt64> {
                store.append(.events(seq...seq, in: number)) { if case .failure(let fault) = $0 { refused.add(fault) } }
            }
        }
        try await answer { store.close($0) }
        #expect(refused.entries == [.busy(limit: "queuedRows")])
    }

    @Test func pastTheWaitingReadsAreRefused() async throws {
        var limits = StorageLimits()
        limits.waitingReads = 0
        let store = try open(limits)
        await #expect(throws: StorageFault.busy(limit: "waitingReads")) { try await answer { store.accountCount($0) } }
    }

    @Test func aLargeDestroyedRoomIsOutOfSightAtOnceAndDeletedInSlices() async throws {
        let store = try open()
        let last = UInt64(RoomRows.slice * 2 + 100)
        let number = try await answer { store.append(.events(1...last, in: nil), $0) }
        _ = try await answer { store.append(RoomBatch(key: .garden, number: number, face: .of(0), ends: true), $0) }
        #expect(try await answer { store.events(EventQuery(room: number, limit: 9), $0) } == [])
        #expect(try await answer { store.firstSeq(in: number, notBefore: 0, $0) } == nil)
        try await passTurns(3, store)
        #expect(try await rows(store) == [0, 0, 0])
    }

    @Test func whatADestroyedRoomLeftIsDeletedAfterRestart() async throws {
        let data = try DataFolder(folder.path)
        var store = try SQLiteStorage(in: data)
        var batch = RoomBatch.events(1...9, in: nil)
        batch.notes = [NoteRecord(time: 1, who: "ann@a.example", cause: [])]
        let number = try await answer { store.append(batch, $0) }
        try await store.pool.write { db in
            try db.execute(sql: "DELETE FROM room; INSERT INTO ended VALUES (?)", arguments: [number.rawValue])
        }
        #expect(try await rows(store) == [9, 1, 1])
        try await answer { store.close($0) }
        store = try SQLiteStorage(in: data)
        try await passTurns(1, store)
        #expect(try await rows(store) == [0, 0, 0])
    }

    /// Lets the writer commit a few groups.
    private func passTurns(_ turns: Int, _ store: SQLiteStorage) async throws {
        for _ in 0..<turns { _ = try await answer { store.deleteAccount(named: "nobody", $0) } }
    }

    private func rows(_ store: SQLiteStorage) async throws -> [Int?] {
        try await store.pool.read { db in
            try ["event", "note", "ended"].map { try Int.fetchOne(db, sql: "SELECT count(*) FROM \($0)") }
        }
    }

    @Test func aFullDiskFailsTheWriteAndKeepsTheRest() async throws {
        let store = try open()
        let number = try await answer { store.append(.events(1...1, in: nil), $0) }
        func allow(_ pages: String) async throws {
            try await store.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = \(pages)") }
        }
        try await allow("1")
        var large = RoomBatch.events(2...2, in: number)
        large.events[0].body = Array(repeating: 7, count: 1_000_000)
        await #expect(throws: StorageFault.full) { try await answer { store.append(large, $0) } }
        try await allow("1073741823")
        #expect(try await answer { store.load(.garden, tail: 9, $0) }?.events.count == 1)
        _ = try await answer { store.append(large, $0) }
        #expect(try await answer { store.check($0) } == [])
    }

    @Test func aFileThatCannotBeWrittenIsNamed() async throws {
        let store = try open()
        try await store.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = ON") }
        await #expect(throws: StorageFault.readOnly(path: store.pool.path)) {
            try await answer { store.append(.events(1...1, in: nil), $0) }
        }
    }

    @Test func closingEmptiesTheLog() async throws {
        let store = try open()
        let number = try await answer { store.append(.events(1...1, in: nil), $0) }
        _ = try await answer { store.append(.events(2...200, in: number), $0) }
        try await answer { store.close($0) }
        let log = try? FileManager.default.attributesOfItem(atPath: store.pool.path + "-wal")[.size] as? Int
        #expect((log ?? 0) == 0)
    }

    @Test(arguments: [true, false]) func deletedContentLeavesFileAndLog(destroys: Bool) async throws {
        let store = try open()
        let secret = "unmistakable-secret"
        var batch = RoomBatch.events(1...50, in: nil)
        batch.events[20].body = Array(secret.utf8)
        let number = try await answer { store.append(batch, $0) }
        #expect(try contains(secret, store))
        let ending = RoomBatch(
            key: .garden, number: number, face: .of(50), erasures: [Erasure(seq: 21, body: [])], ends: destroys)
        _ = try await answer { store.append(ending, $0) }
        // The next commit begins after the log has been emptied.
        _ = try await answer { store.append(.events(1...1, key: .cellar, in: nil), $0) }
        #expect(try !contains(secret, store))
    }

    private func contains(_ text: String, _ store: SQLiteStorage) throws -> Bool {
        try ["", "-wal"].contains { suffix in
            let path = store.pool.path + suffix
            guard FileManager.default.fileExists(atPath: path) else { return false }
            return try Data(contentsOf: URL(fileURLWithPath: path)).range(of: Data(text.utf8)) != nil
        }
    }

    @Test func groupsOfARosterEntryKeepEveryString() {
        let groups = ["", "a\u{0}b", String(repeating: "ü", count: 300)]
        #expect(GroupsCoding.decode(GroupsCoding.encode(groups)) == groups)
        #expect(GroupsCoding.decode([1, 0, 0, 0, 65, 9, 0, 0, 0, 66]) == ["A"])
    }
}

/// Counts commits.
private final class CommitCounter: TransactionObserver, Sendable {
    private let commits = Log<Void>()

    var count: Int { commits.entries.count }

    func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { true }
    func databaseDidChange(with event: DatabaseEvent) {}
    func databaseDidCommit(_ db: Database) { commits.add(()) }
    func databaseDidRollback(_ db: Database) {}
}
