// What every store of rooms does, whatever it is made of.

import Storage
import Testing

/// The suite a new implementation has to pass.
@Suite struct StorageConformance {
    private static let every = Implementation.allCases

    @Test(arguments: every) func unknownRoomIsNil(_ kind: Implementation) async throws {
        let fixture = try StoreFixture(kind)
        #expect(try await answer { fixture.store.load(.garden, tail: 100, $0) } == nil)
    }

    @Test(arguments: every) func everyColumnComesBackAfterRestart(_ kind: Implementation) async throws {
        let fixture = try StoreFixture(kind)
        let face = RoomFace(listed: true, title: "Gärten 🌻", head: 3, archivedCount: 1, secret: [0, 255, 7])
        let events = [
            EventRecord(seq: 1, time: -5, kind: 0, who: nil, isArchived: false, body: []),
            EventRecord(seq: 2, time: 6, kind: 255, who: "ä@b", archiveID: "x-1", isArchived: true, body: [0, 1, 255]),
            EventRecord(seq: 3, time: .max, kind: 3, who: "", isArchived: false, body: [9]),
        ]
        let notes = [NoteRecord(time: 6, who: "ä@b", cause: [0, 1]), NoteRecord(time: 7, who: "c@d", cause: [])]
        let batch = RoomBatch(key: .garden, number: nil, face: face, events: events, notes: notes)
        let number = try await answer { fixture.store.append(batch, $0) }
        try await fixture.restart()
        let expected = StoredRoom(number: number, face: face, snapshot: nil, events: events, tail: [events[1]])
        #expect(try await answer { fixture.store.load(.garden, tail: 100, $0) } == expected)
        let found = try await answer { fixture.store.notes(in: number, of: nil, limit: 10, $0) }
        #expect(found == notes.reversed())
        #expect(try await answer { fixture.store.check($0) } == [])
    }

    @Test(arguments: every) func batchesAreAnsweredInTheOrderOfTheCalls(_ kind: Implementation) async throws {
        let fixture = try StoreFixture(kind)
        let store = fixture.store
        let number = try await answer { store.append(.events(1...1, in: nil), $0) }
        let order = await withCheckedContinuation { continuation in
            let log = Log<UInt64>()
            for seq in UInt64(2)...600 {
                store.append(.events(seq...seq, in: number)) { _ in
                    log.add(seq)
                    if seq == 600 { continuation.resume(returning: log.entries) }
                }
            }
        }
        #expect(order == Array(2...600))
        let room = try #require(try await answer { store.load(.garden, tail: 3, $0) })
        #expect(room.events.map(\.seq) == Array(1...600))
        #expect(room.tail.map(\.seq) == [598, 599, 600])
    }

    @Test(arguments: every) func snapshotShortensRecovery(_ kind: Implementation) async throws {
        let fixture = try StoreFixture(kind)
        var batch = RoomBatch.events(1...5, in: nil)
        batch.snapshot = Snapshot(seq: 5, bytes: [5, 5])
        let number = try await answer { fixture.store.append(batch, $0) }
        batch = .events(6...8, in: number)
        batch.snapshot = Snapshot(seq: 6, bytes: [6, 6, 6])
        _ = try await answer { fixture.store.append(batch, $0) }
        try await fixture.restart()
        let room = try #require(try await answer { fixture.store.load(.garden, tail: 4, $0) })
        #expect(room.snapshot == Snapshot(seq: 6, bytes: [6, 6, 6]))
        #expect(room.events.map(\.seq) == [7, 8])
        #expect(room.tail.map(\.seq) == [5, 6, 7, 8])
    }

    @Test(arguments: every) func aSecondEventOfOneNumberIsRefusedWhole(_ kind: Implementation) async throws {
        let fixture = try StoreFixture(kind)
        let store = fixture.store
        let number = try await answer { store.append(.events(1...3, in: nil), $0) }
        var batch = RoomBatch.events(4...4, in: number)
        batch.events.append(.numbered(2))
        batch.face.title = "not this"
        await #expect(throws: StorageFault.conflict(.eventExists(.garden))) {
            try await answer { store.append(batch, $0) }
        }
        let twice = RoomBatch(key: .garden, number: number, face: .of(9), events: [.numbered(9), .numbered(9)])
        await #expect(throws: StorageFault.conflict(.eventExists(.garden))) {
            try await answer { store.append(twice, $0) }
        }
        let room = try #require(try await answer { store.load(.garden, tail: 9, $0) })
        #expect(room.events.map(\.seq) == [1, 2, 3])
        #expect(room.face == .of(3))
        // Another room has its own numbers.
        _ = try await answer { store.append(.events(1...3, key: .cellar, in: nil), $0) }
    }

    @Test(arguments: every) func foreignArchiveIDsAreFoundAndUniqueInTheRoom(_ kind: Implementation) async throws {
        let fixture = try StoreFixture(kind)
        let store = fixture.store
        let first = EventRecord.numbered(1, archiveID: "far")
        let number = try await answer {
            store.append(RoomBatch(key: .garden, number: nil, face: .of(1), events: [first, .numbered(2)]), $0)
        }
        let again = EventRecord.numbered(3, archiveID: "far")
        await #expect(throws: StorageFault.conflict(.eventExists(.garden))) {
            try await answer {
                store.append(RoomBatch(key: .garden, number: number, face: .of(3), events: [again]), $0)
            }
        }
        #expect(try await answer { store.seq(in: number, archiveID: "far", $0) } == 1)
        #expect(try await answer { store.seq(in: number, archiveID: "near", $0) } == nil)
        let other = RoomBatch(key: .cellar, number: nil, face: .of(3), events: [again])
        let cellar = try await answer { store.append(other, $0) }
        #expect(try await answer { store.seq(in: cellar, archiveID: "far", $0) } == 3)
    }

    @Test(arguments: every) func roomsAreCreatedOnceAndWrittenOnlyWhileTheyExist(_ kind: Implementation) async throws {
        let fixture = try StoreFixture(kind)
        let store = fixture.store
        let number = try await answer { store.append(.events(1...1, in: nil), $0) }
        await #expect(throws: StorageFault.conflict(.roomExists(.garden))) {
            try await answer { store.append(.events(2...2, in: nil), $0) }
        }
        await #expect(throws: StorageFault.conflict(.roomMissing(.cellar))) {
            try await answer { store.append(.events(2...2, key: .cellar, in: number), $0) }
        }
        let nowhere = RoomNumber(rawValue: 77)
        await #expect(throws: StorageFault.conflict(.roomMissing(.garden))) {
            try await answer { store.append(.events(2...2, in: nowhere), $0) }
        }
    }

    @Test(arguments: every) func aDestroyedRoomLeavesNothingAndItsNumberIsNotGivenAgain(
        _ kind: Implementation
    ) async throws {
        let fixture = try StoreFixture(kind)
        var batch = RoomBatch.events(1...3, in: nil)
        batch.notes = [NoteRecord(time: 1, who: "ann@a.example", cause: [1])]
        batch.snapshot = Snapshot(seq: 3, bytes: [1])
        let old = try await answer { fixture.store.append(batch, $0) }
        let end = RoomBatch(key: .garden, number: old, face: .of(3), ends: true)
        _ = try await answer { fixture.store.append(end, $0) }
        #expect(try await answer { fixture.store.load(.garden, tail: 9, $0) } == nil)
        try await fixture.restart()
        let store = fixture.store
        let new = try await answer { store.append(.events(1...1, in: nil), $0) }
        #expect(new != old)
        #expect(try await answer { store.events(EventQuery(room: old, limit: 9, archivedOnly: false), $0) } == [])
        #expect(try await answer { store.notes(in: old, of: nil, limit: 9, $0) } == [])
        let room = try #require(try await answer { store.load(.garden, tail: 9, $0) })
        #expect(room.snapshot == nil && room.events.count == 1)
        await #expect(throws: StorageFault.conflict(.roomMissing(.garden))) {
            try await answer { store.append(end, $0) }
        }
    }

    @Test(arguments: every) func erasureLeavesATombstoneInPlace(_ kind: Implementation) async throws {
        let fixture = try StoreFixture(kind)
        let secret = EventRecord.numbered(2, archiveID: "far")
        let events: [EventRecord] = [.numbered(1), secret, .numbered(3)]
        let number = try await answer {
            fixture.store.append(RoomBatch(key: .garden, number: nil, face: .of(3), events: events), $0)
        }
        let erasures = [Erasure(seq: 2, body: [0xEE]), Erasure(seq: 40, body: [0xEE])]
        let batch = RoomBatch(
            key: .garden, number: number, face: .of(4), events: [.numbered(4)],
            snapshot: Snapshot(seq: 4, bytes: [4]), erasures: erasures)
        _ = try await answer { fixture.store.append(batch, $0) }
        try await fixture.restart()
        let page = try await answer { fixture.store.events(EventQuery(room: number, limit: 9), $0) }
        var tombstone = secret
        tombstone.body = [0xEE]
        tombstone.who = nil
        #expect(page == [.numbered(1), tombstone, .numbered(3), .numbered(4)])
    }

    @Test(arguments: every) func archivedEventsAtTheirPlaces(_ kind: Implementation) async throws {
        let fixture = try StoreFixture(kind)
        var batch = RoomBatch.events(1...4, in: nil)
        batch.events[2].isArchived = false
        let number = try await answer { fixture.store.append(batch, $0) }
        func places(_ seqs: [UInt64], in room: RoomNumber) async throws -> [UInt64] {
            try await answer { fixture.store.archived(in: room, at: seqs, $0) }.map(\.seq)
        }
        #expect(try await places([4, 1], in: number) == [4, 1])
        #expect(try await places([0, 1, 3, 5, .max], in: number) == [1])
        #expect(try await places([1], in: RoomNumber(rawValue: 99)) == [])
    }

    @Test(arguments: every) func pagesOfEvents(_ kind: Implementation) async throws {
        var limits = StorageLimits()
        limits.pageRows = 4
        let fixture = try StoreFixture(kind, limits: limits)
        let events = (UInt64(1)...10).map { EventRecord.numbered($0, archived: $0 % 2 == 0) }
        let number = try await answer {
            fixture.store.append(RoomBatch(key: .garden, number: nil, face: .of(10), events: events), $0)
        }
        func page(_ query: EventQuery) async throws -> [UInt64] {
            try await answer { fixture.store.events(query, $0) }.map(\.seq)
        }
        #expect(try await page(EventQuery(room: number, limit: 3)) == [2, 4, 6])
        #expect(try await page(EventQuery(room: number, limit: 3, newestFirst: true)) == [10, 8, 6])
        #expect(try await page(EventQuery(room: number, seqs: 4...9, limit: 9)) == [4, 6, 8])
        #expect(try await page(EventQuery(room: number, seqs: 4...9, limit: 2, archivedOnly: false)) == [4, 5])
        #expect(
            try await page(EventQuery(room: number, seqs: 0...9, limit: 99, newestFirst: true, archivedOnly: false))
                == [9, 8, 7, 6])
        #expect(try await page(EventQuery(room: number, seqs: 11...UInt64.max, limit: 9)) == [])
        #expect(try await page(EventQuery(room: number, limit: -1)) == [])
    }

    @Test(arguments: every) func firstEventAtATime(_ kind: Implementation) async throws {
        let fixture = try StoreFixture(kind)
        let seqs: [UInt64] = [3, 4, 9, 20, 21]
        let batch = RoomBatch(key: .garden, number: nil, face: .of(21), events: seqs.map { .numbered($0) })
        let number = try await answer { fixture.store.append(batch, $0) }
        for (time, expected) in [(0, 3), (1_030, 3), (1_031, 4), (1_041, 9), (1_090, 9), (1_150, 20), (1_210, 21)]
            as [(Int64, UInt64)]
        {
            #expect(try await answer { fixture.store.firstSeq(in: number, notBefore: time, $0) } == expected)
        }
        #expect(try await answer { fixture.store.firstSeq(in: number, notBefore: 1_211, $0) } == nil)
    }

    @Test(arguments: every) func directoryIsPagedByName(_ kind: Implementation) async throws {
        let fixture = try StoreFixture(kind)
        let store = fixture.store
        for (name, listed) in [("b", true), ("a", true), ("é", true), ("c", false), ("Z", true)] {
            let face = RoomFace.of(0, listed: listed, title: "title of \(name)")
            let key = RoomKey(service: "main", name: name)
            _ = try await answer { store.append(RoomBatch(key: key, number: nil, face: face), $0) }
        }
        let elsewhere = RoomKey(service: "other", name: "a")
        _ = try await answer { store.append(RoomBatch(key: elsewhere, number: nil, face: .of(0)), $0) }
        func names(listedOnly: Bool, after: String?, limit: Int) async throws -> [String] {
            try await answer {
                store.directory(of: "main", listedOnly: listedOnly, after: after, limit: limit, $0)
            }.map(\.name)
        }
        #expect(try await names(listedOnly: true, after: nil, limit: 3) == ["Z", "a", "b"])
        #expect(try await names(listedOnly: true, after: "b", limit: 3) == ["é"])
        #expect(try await names(listedOnly: false, after: "b", limit: 3) == ["c", "é"])
        #expect(try await names(listedOnly: true, after: "aa", limit: 1) == ["b"])
        #expect(try await answer { store.roomCount(of: "main", listedOnly: true, $0) } == 4)
        #expect(try await answer { store.roomCount(of: "main", listedOnly: false, $0) } == 5)
        let entry = try await answer { store.directory(of: "other", listedOnly: true, after: nil, limit: 9, $0) }
        #expect(entry == [DirectoryEntry(name: "a", title: "A room", listed: true)])
    }

    @Test(arguments: every) func roomsThatWakeAreNamed(_ kind: Implementation) async throws {
        let fixture = try StoreFixture(kind)
        let store = fixture.store
        for (name, wakes) in [("b", true), ("a", true), ("c", false)] {
            var face = RoomFace.of(1)
            face.wakes = wakes
            let key = RoomKey(service: "main", name: name)
            let batch = RoomBatch(key: key, number: nil, face: face, events: [.numbered(1)])
            let number = try await answer { store.append(batch, $0) }
            guard name == "a" else { continue }
            face.wakes = false
            _ = try await answer { store.append(RoomBatch(key: key, number: number, face: face), $0) }
        }
        #expect(try await answer { store.roomsToWake(of: "main", after: nil, limit: 9, $0) } == ["b"])
        #expect(try await answer { store.roomsToWake(of: "main", after: "b", limit: 9, $0) } == [])
        #expect(try await answer { store.roomsToWake(of: "other", after: nil, limit: 9, $0) } == [])
        let found = try await answer { store.load(RoomKey(service: "main", name: "b"), tail: 0, $0) }
        #expect(found?.face.wakes == true)
    }

    @Test(arguments: every) func theFaceChangesWithEveryBatch(_ kind: Implementation) async throws {
        let fixture = try StoreFixture(kind)
        let store = fixture.store
        let number = try await answer { store.append(.events(1...1, in: nil), $0) }
        let hidden = RoomFace(listed: false, title: "New", head: 2, archivedCount: 1, secret: [9])
        _ = try await answer { store.append(RoomBatch(key: .garden, number: number, face: hidden), $0) }
        #expect(try await answer { store.load(.garden, tail: 0, $0) }?.face == hidden)
        #expect(try await answer { store.directory(of: "main", listedOnly: true, after: nil, limit: 9, $0) } == [])
        let shown = RoomFace(listed: true, title: "New", head: 3, archivedCount: 2, secret: [9])
        _ = try await answer { store.append(RoomBatch(key: .garden, number: number, face: shown), $0) }
        #expect(try await answer { store.load(.garden, tail: 0, $0) }?.face == shown)
        #expect(try await answer { store.roomCount(of: "main", listedOnly: true, $0) } == 1)
    }

    @Test(arguments: every) func notesAreOfOneOrAllAndExpire(_ kind: Implementation) async throws {
        let fixture = try StoreFixture(kind)
        let store = fixture.store
        let notes = (1...6).map { NoteRecord(time: Int64($0), who: $0 % 2 == 0 ? "a@b" : "c@d", cause: [UInt8($0)]) }
        var batch = RoomBatch(key: .garden, number: nil, face: .of(0), notes: notes)
        let number = try await answer { store.append(batch, $0) }
        batch.key = .cellar
        let other = try await answer { store.append(batch, $0) }
        let mine = try await answer { store.notes(in: number, of: "a@b", limit: 2, $0) }
        #expect(mine.map(\.time) == [6, 4])
        #expect(try await answer { store.expireNotes(before: 5, $0) } == 8)
        #expect(try await answer { store.expireNotes(before: 5, $0) } == 0)
        #expect(try await answer { store.notes(in: number, of: nil, limit: 9, $0) }.map(\.time) == [6, 5])
        #expect(try await answer { store.notes(in: other, of: nil, limit: 9, $0) }.map(\.time) == [6, 5])
    }

    @Test(arguments: every) func closingWritesWhatIsQueuedAndThenAnswersClosed(_ kind: Implementation) async throws {
        let fixture = try StoreFixture(kind)
        let store = fixture.store
        let number = try await answer { store.append(.events(1...1, in: nil), $0) }
        let log = Log<Bool>()
        for seq in UInt64(2)...50 {
            store.append(.events(seq...seq, in: number)) { log.add((try? $0.get()) != nil) }
        }
        try await answer { store.close($0) }
        #expect(log.entries == Array(repeating: true, count: 49))
        await #expect(throws: StorageFault.closed) { try await answer { store.load(.garden, tail: 1, $0) } }
        await #expect(throws: StorageFault.closed) {
            try await answer { store.append(.events(60...60, in: number), $0) }
        }
        try await answer { store.close($0) }
    }
}
