// Loops without threads: one seed decides who runs next, and time passes only when it is told to.

import DequeModule
package import Host
import Synchronization
package import XMPP

/// The work of several loops, run one piece at a time by whoever calls `run`.
///
/// Work from one sender to one loop keeps its order, as `Loop` promises; between senders and loops the seed chooses,
/// so a run with another seed is another interleaving, and the same seed is the same run.
package final class SeededScheduler: Sendable {
    /// Who hands work in: a loop, or something outside such as a socket.
    package struct Sender: Hashable, Sendable {
        fileprivate let number: Int
        fileprivate static let nobody = Sender(number: -1)
    }

    private struct Route: Hashable, Sendable {
        let loop: Int
        let sender: Sender
    }

    private struct Lane: Sendable {
        let route: Route
        var work: Deque<@Sendable () -> Void>
    }

    private struct Alarm: Sendable {
        let number: UInt64
        let time: Moment
        let loop: Int
        let work: @Sendable () -> Void
    }

    private struct State: Sendable {
        var generator: SeededGenerator
        var now: Moment
        /// Never an empty one.
        var lanes: [Lane] = []
        /// Where the lane from a sender to a loop stands.
        var places: [Route: Int] = [:]
        /// By time, and of one time in the order they were set.
        var alarms: [Alarm] = []
        var alarmCount: UInt64 = 0
        var senders = 0
        var running: Int?
    }

    private let state: Mutex<State>
    /// Pieces of work after which something is taken to go in circles.
    private static let most = 2_000_000

    package init(seed: UInt64, now: Moment) {
        state = Mutex(State(generator: SeededGenerator(seed: seed), now: now))
    }

    package var now: Moment { state.withLock { $0.now } }

    /// A new loop.
    package func makeLoop() -> SeededLoop { SeededLoop(self, makeSender().number) }

    /// A new sender outside the loops, whose work keeps its order.
    package func makeSender() -> Sender {
        state.withLock { state in
            state.senders += 1
            return Sender(number: state.senders)
        }
    }

    /// So many bytes that follow from the seed.
    package func bytes(_ count: Int) -> [UInt8] {
        state.withLock { state in (0..<count).map { _ in UInt8.random(in: 0...255, using: &state.generator) } }
    }

    /// A number that follows from the seed.
    package func number(in range: ClosedRange<Int>) -> Int {
        state.withLock { Int.random(in: range, using: &$0.generator) }
    }

    /// Which loop runs at this moment.
    fileprivate var running: Int? { state.withLock { $0.running } }

    /// Hands work to a loop; without a sender it comes from the loop that runs.
    package func post(to loop: Int, from sender: Sender? = nil, _ work: @escaping @Sendable () -> Void) {
        state.withLock { state in
            let sender = sender ?? state.running.map { Sender(number: $0) } ?? .nobody
            let route = Route(loop: loop, sender: sender)
            if let place = state.places[route] {
                state.lanes[place].work.append(work)
            } else {
                state.places[route] = state.lanes.count
                state.lanes.append(Lane(route: route, work: [work]))
            }
        }
    }

    fileprivate func schedule(
        on loop: Int, after delay: Duration, _ work: @escaping @Sendable () -> Void
    ) -> Cancellation {
        let number = state.withLock { state in
            state.alarmCount += 1
            let alarm = Alarm(number: state.alarmCount, time: state.now + delay, loop: loop, work: work)
            let place = state.alarms.firstIndex { $0.time > alarm.time } ?? state.alarms.endIndex
            state.alarms.insert(alarm, at: place)
            return alarm.number
        }
        return Cancellation { [weak self] in self?.state.withLock { $0.alarms.removeAll { $0.number == number } } }
    }

    // MARK: Running

    /// Runs until nothing is left to do at this time.
    package func run() {
        let isIdle = run(atMost: Self.most)
        precondition(isIdle, "\(Self.most) pieces of work, and no end: something goes in circles")
    }

    /// Runs so many pieces of work, or fewer where there are no more.
    ///
    /// - Returns: whether nothing is left to do at this time.
    @discardableResult
    package func run(atMost count: Int) -> Bool {
        for _ in 0..<count {
            guard let work = take() else { return true }
            work()
            state.withLock { $0.running = nil }
        }
        return state.withLock { $0.lanes.isEmpty }
    }

    private func take() -> (@Sendable () -> Void)? {
        state.withLock { state in
            guard !state.lanes.isEmpty else { return nil }
            let index = Int.random(in: state.lanes.indices, using: &state.generator)
            let route = state.lanes[index].route
            state.running = route.loop
            let work = state.lanes[index].work.removeFirst()
            if state.lanes[index].work.isEmpty {
                state.places[route] = nil
                state.lanes.swapAt(index, state.lanes.count - 1)
                state.lanes.removeLast()
                if index < state.lanes.count { state.places[state.lanes[index].route] = index }
            }
            return work
        }
    }

    /// Lets time pass; what falls due runs at its own time, and all that follows from it.
    package func advance(by duration: Duration) {
        run()
        let end = now + duration
        while let alarm = nextAlarm(until: end) {
            post(to: alarm.loop, from: .nobody, alarm.work)
            run()
        }
        state.withLock { $0.now = end }
    }

    /// Lets time pass and runs nothing: what falls due takes its place beside what is still to be done.
    package func pass(_ duration: Duration) {
        let end = now + duration
        while let alarm = nextAlarm(until: end) { post(to: alarm.loop, from: .nobody, alarm.work) }
        state.withLock { $0.now = end }
    }

    private func nextAlarm(until end: Moment) -> Alarm? {
        state.withLock { state in
            guard let first = state.alarms.first, first.time <= end else { return nil }
            state.alarms.removeFirst()
            state.now = max(state.now, first.time)
            return first
        }
    }

    /// Forgets everything that was to be done: the process is dead.
    package func kill() {
        state.withLock { state in
            state.lanes = []
            state.places = [:]
            state.alarms = []
        }
    }
}

/// A loop of a `SeededScheduler`.
package final class SeededLoop: Loop {
    package let scheduler: SeededScheduler
    package let number: Int

    fileprivate init(_ scheduler: SeededScheduler, _ number: Int) {
        self.scheduler = scheduler
        self.number = number
    }

    package func execute(_ work: @escaping @Sendable () -> Void) { scheduler.post(to: number, work) }

    package func schedule(after delay: Duration, _ work: @escaping @Sendable () -> Void) -> Cancellation {
        scheduler.schedule(on: number, after: delay, work)
    }

    package var now: Moment { scheduler.now }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        execute { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    package func checkIsolated() { precondition(scheduler.running == number, "not on this loop") }

    package func isIsolatingCurrentContext() -> Bool? { scheduler.running == number }
}

/// SplitMix64: small, fast, and the same everywhere.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    /// The generator of one thing's own chance: what another thing draws changes nothing here.
    package init(seed: UInt64, for thing: String) {
        let name = thing.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        self.init(seed: seed &* 0x9e37_79b9_7f4a_7c15 ^ name)
        self.init(seed: next())
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
