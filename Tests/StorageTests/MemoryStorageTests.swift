// What the memory store loses in a crash, and its faults on purpose.

import Storage
import Synchronization
import Testing

/// Work that waits until a test lets it run, in an order drawn from a seed.
private final class Scheduler: Sendable {
    private let waiting = Mutex<[@Sendable () -> Void]>([])

    func add(_ work: @escaping @Sendable () -> Void) { waiting.withLock { $0.append(work) } }

    /// Runs one, and answers whether there was one.
    func step(_ random: inout Seeded) -> Bool {
        let work = waiting.withLock { list in
            list.isEmpty ? nil : list.remove(at: Int.random(in: 0..<list.count, using: &random))
        }
        work?()
        return work != nil
    }

    func drain() {
        var random = Seeded(state: 1)
        while step(&random) {}
    }
}

/// SplitMix64.
private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}

@Suite struct MemoryStorageTests {
    /// What became of one run that ends in a crash: per room, what was told and what was found.
    private struct Outcome {
        var told = 0
        var found = 0
        var sent = 0
    }

    /// Three rooms write, several batches in flight each; the process dies after a random number of steps.
    private func run(seed: UInt64, _ check: (_ told: [UInt64], _ found: [UInt64], _ sent: UInt64) -> Void) -> Outcome {
        var random = Seeded(state: seed)
        var limits = StorageLimits()
        limits.groupRows = Int.random(in: 2...12, using: &random)
        let scheduler = Scheduler()
        let store = MemoryStorage(limits: limits) { scheduler.add($0) }
        store.slowCommits(turns: Int.random(in: 0...2, using: &random))
        let keys = (0..<3).map { RoomKey(service: "main", name: "\($0)") }
        let told = keys.map { _ in Log<UInt64>() }
        for key in keys { store.append(RoomBatch(key: key, number: nil, face: .of(0))) { _ in } }
        scheduler.drain()
        var sent = keys.map { _ in UInt64(0) }
        for _ in 0..<Int.random(in: 1...60, using: &random) {
            let room = Int.random(in: 0..<3, using: &random)
            if Bool.random(using: &random) {
                let next = sent[room] + 1
                let last = next + UInt64.random(in: 0...2, using: &random)
                let number = RoomNumber(rawValue: Int64(room) + 1)
                store.append(.events(next...last, key: keys[room], in: number)) { [log = told[room]] result in
                    if case .success = result { for seq in next...last { log.add(seq) } }
                }
                sent[room] = last
            }
            _ = scheduler.step(&random)
        }
        let after = store.crash(dropping: &random)
        let before = told.map(\.entries)
        scheduler.drain()
        #expect(told.map(\.entries) == before, "a dead process told somebody")
        var outcome = Outcome()
        for (room, key) in keys.enumerated() {
            let found = Log<UInt64>()
            after.load(key, tail: 0) { for event in (try? $0.get())?.events ?? [] { found.add(event.seq) } }
            scheduler.drain()
            check(before[room], found.entries, sent[room])
            outcome.told += before[room].count
            outcome.found += found.entries.count
            outcome.sent += Int(sent[room])
        }
        return outcome
    }

    @Test func nothingToldIsLostInAThousandCrashes() {
        var losses = 0
        var survivals = 0
        for seed in 0..<1_000 as Range<UInt64> {
            let outcome = run(seed: seed) { told, found, sent in
                #expect(told == Array(found.prefix(told.count)), "seed \(seed)")
                #expect(found == Array([UInt64](1...max(sent, 1)).prefix(found.count)), "seed \(seed)")
            }
            losses += outcome.found < outcome.sent ? 1 : 0
            survivals += outcome.found > outcome.told ? 1 : 0
        }
        // The crashes do lose what nobody was told, and sometimes keep it.
        #expect(losses > 100)
        #expect(survivals > 100)
    }

    @Test func oneSeedIsOneRun() {
        let first = run(seed: 7) { _, _, _ in }
        let second = run(seed: 7) { _, _, _ in }
        #expect(first.told == second.told && first.found == second.found && first.sent == second.sent)
    }

    @Test func failedCommitsStoreNothingAndAreTold() async throws {
        let store = MemoryStorage()
        let number = try await answer { store.append(.events(1...1, in: nil), $0) }
        store.failCommits(2, with: .full)
        for _ in 1...2 {
            await #expect(throws: StorageFault.full) {
                try await answer { store.append(.events(2...2, in: number), $0) }
            }
        }
        #expect(try await answer { store.load(.garden, tail: 9, $0) }?.events.count == 1)
        _ = try await answer { store.append(.events(2...2, in: number), $0) }
    }

    @Test func aStalledStoreQueuesUpToItsLimitAndGoesOnInOrder() async throws {
        var limits = StorageLimits()
        limits.queuedRows = 6
        let store = MemoryStorage(limits: limits)
        let number = try await answer { store.append(.events(1...1, in: nil), $0) }
        store.stall()
        let log = Log<String>()
        for seq in 2...5 as ClosedRange<UInt64> {
            store.append(.events(seq...seq, in: number)) { result in
                switch result {
                case .success: log.add("\(seq)")
                case .failure(let fault): log.add("\(seq) \(fault == .busy(limit: "queuedRows"))")
                }
            }
        }
        #expect(log.entries == ["5 true"])
        #expect(try await answer { store.load(.garden, tail: 9, $0) }?.events.count == 1)
        store.resume()
        #expect(log.entries == ["5 true", "2", "3", "4"])
    }

    @Test func readsPastTheLimitAreRefused() {
        var limits = StorageLimits()
        limits.waitingReads = 1
        let scheduler = Scheduler()
        let store = MemoryStorage(limits: limits) { scheduler.add($0) }
        let log = Log<StorageFault?>()
        for _ in 1...2 {
            store.accountCount { if case .failure(let fault) = $0 { log.add(fault) } else { log.add(nil) } }
        }
        scheduler.drain()
        #expect(log.entries.count == 2 && log.entries.contains(.busy(limit: "waitingReads")))
        store.accountCount { if case .success = $0 { log.add(nil) } }
        scheduler.drain()
        #expect(log.entries.count == 3)
    }

    @Test func completionsMayWriteWithoutGrowingTheStack() async throws {
        let store = MemoryStorage()
        let number = try await answer { store.append(.events(1...1, in: nil), $0) }
        @Sendable func next(_ seq: UInt64) {
            store.append(.events(seq...seq, in: number)) { _ in if seq < 20_000 { next(seq + 1) } }
        }
        next(2)
        #expect(try await answer { store.load(.garden, tail: 1, $0) }?.tail.first?.seq == 20_000)
    }
}
