// The disk of a world: a store in memory that loses what a crash loses, watched, and spoilt where a fault is planted.

import Host
import Rooms
import ScenarioKit
import Storage

// SAFETY: a world and everything in it is used by one thread; its scheduler runs work only within that thread's calls.
/// The store, and the ledger of what it truly has.
final class Disk: @unchecked Sendable {
    private(set) var storage: MemoryStorage
    private(set) var ledger = Ledger()
    /// Handed in and not answered, in order.
    private var pending: [(ticket: Int, batch: RoomBatch)] = []
    private var tickets = 0
    private var chance: Chance
    private let fault: Fault?
    private let scheduler: SeededScheduler

    init(seed: UInt64, _ scheduler: SeededScheduler, fault: Fault?) {
        chance = Chance(seed, for: "storage")
        self.fault = fault
        self.scheduler = scheduler
        let loop = scheduler.makeLoop()
        storage = MemoryStorage { work in loop.execute(work) }
        watch()
    }

    private func watch() {
        let (fault, dice) = (fault, Dice(chance.next()))
        storage.intercept { [self] batch, done, append in
            let watched: MemoryStorage.Append = { [self] batch, done in write(batch, done, append) }
            if let fault { fault.spoil(batch, done, watched, dice) } else { watched(batch, done) }
        }
    }

    private func write(
        _ batch: RoomBatch, _ done: @escaping Completion<RoomNumber>, _ append: MemoryStorage.Append
    ) {
        tickets += 1
        let ticket = tickets
        pending.append((ticket, batch))
        append(batch) { [self] result in
            pending.removeAll { $0.ticket == ticket }
            if case .success(let number) = result { ledger.write(batch, as: number) }
            done(result)
        }
    }

    // MARK: Trouble

    /// The disk is faster or slower from now on.
    func changeMood() { storage.slowCommits(turns: chance.number(in: 0...12)) }

    /// The next commits fail.
    func fail() { storage.failCommits(chance.number(in: 1...3), with: .full) }

    /// The process dies: what was not synced is lost in part, and the ledger learns which.
    func crash(rooms: [String]) throws(Violation) {
        var generator = SeededGenerator(seed: chance.next())
        storage = storage.crash(dropping: &generator)
        let batches = pending.map(\.batch)
        pending = []
        var stored: [RoomKey: (number: RoomNumber, rows: [EventRecord])] = [:]
        for key in keys(rooms) {
            guard let room = self.stored(key) else { continue }
            stored[key] = (room.number, rows(of: room.number))
        }
        for (batch, number) in try JournalChecker.compare(ledger, stored, pending: batches) {
            ledger.write(batch, as: number)
        }
        watch()
    }

    private func keys(_ rooms: [String]) -> [RoomKey] { rooms.map { RoomKey(service: "main", name: $0) } }

    /// Every room as it would be recovered, held against its journal.
    func checkRecovery(rooms: [String], _ limits: RoomLimits) -> Violation? {
        for key in keys(rooms) {
            guard let room = stored(key, tail: limits.tailEvents) else { continue }
            let name = RoomName(service: key.service, local: key.name)
            let found = RecoveryChecker.judge(room, rows(of: room.number), name: name, limits: limits)
            if let found { return found }
        }
        return nil
    }

    // MARK: Reading

    private func stored(_ key: RoomKey, tail: Int = 0) -> StoredRoom? {
        let answer = Answer<StoredRoom?>()
        storage.load(key, tail: tail) { answer.value = try? $0.get() }
        scheduler.run()
        return answer.value.flatMap { $0 }
    }

    private func rows(of room: RoomNumber) -> [EventRecord] {
        var rows: [EventRecord] = []
        while true {
            let answer = Answer<[EventRecord]>()
            let query = EventQuery(
                room: room, seqs: ((rows.last?.seq ?? 0) + 1)...UInt64.max, limit: 1_000, archivedOnly: false)
            storage.events(query) { answer.value = try? $0.get() }
            scheduler.run()
            guard let page = answer.value, !page.isEmpty else { return rows }
            rows += page
        }
    }
}

// SAFETY: as `Disk`.
/// What a store answered.
private final class Answer<Value: Sendable>: @unchecked Sendable {
    var value: Value?
}

// SAFETY: as `Disk`.
/// Chance for those who hold no state of their own.
final class Dice: @unchecked Sendable {
    private var chance: Chance

    init(_ seed: UInt64) { chance = Chance(seed, for: "dice") }

    func permille(_ count: Int) -> Bool { chance.permille(count) }
}
