// A store in memory that loses in a crash what a disk would lose, for tests and simulation.

import Synchronization

/// A store in memory. A commit takes three steps, each handed to `execute`: the group is written, it is synced, the
/// completions are called. `crash` between two of them keeps what was synced and a random first part of what was
/// written; a completion is called only after the sync.
public final class MemoryStorage: Store {
    /// Runs work, now or later, in the order handed in or not: the store makes no thread of its own.
    public typealias Execute = @Sendable (@escaping @Sendable () -> Void) -> Void

    let limits: StorageLimits
    private let execute: Execute
    private let state: Mutex<State>

    /// Where the writer stands.
    private enum Stage: Sendable {
        case idle
        /// Written and not synced; so many turns until the sync.
        case written([MemoryJob], turns: Int)
        case synced([@Sendable () -> Void])
    }

    private struct State: Sendable {
        var image: MemoryImage
        var queue: [MemoryJob] = []
        var queuedRows = 0
        var stage = Stage.idle
        /// A step is handed to `execute` and has not ended, or is to be once the one being handed in returns.
        var isHandedIn = false
        var isHandingIn = false
        var again = false
        var isStalled = false
        var commitTurns = 0
        var failures: [StorageFault] = []
        var waitingReads = 0
        var isCrashed = false
        var closers: [Completion<Void>]?
        var interception: Interception?

        var hasWork: Bool {
            guard !isCrashed else { return false }
            if case .idle = stage { return !isStalled && (!queue.isEmpty || closers?.isEmpty == false) }
            return true
        }
    }

    /// An empty store. By default everything happens within the call.
    public convenience init(limits: StorageLimits = .default, execute: @escaping Execute = { $0() }) {
        self.init(image: MemoryImage(), limits: limits, execute: execute)
    }

    private init(image: MemoryImage, limits: StorageLimits, execute: @escaping Execute) {
        self.limits = limits
        self.execute = execute
        state = Mutex(State(image: image))
    }

    // MARK: Faults on purpose

    /// The process dies now: this store calls nothing any more, and answers the store as found after restart, which
    /// has everything that was synced and a random first part of what was written.
    public func crash(dropping generator: inout some RandomNumberGenerator) -> MemoryStorage {
        let (written, image) = state.withLock { state in
            state.isCrashed = true
            guard case .written(let jobs, _) = state.stage else { return ([MemoryJob](), state.image) }
            return (jobs, state.image)
        }
        var survivor = image
        for job in written.prefix(Int.random(in: 0...written.count, using: &generator)) { _ = job.write(&survivor) }
        return MemoryStorage(image: survivor, limits: limits, execute: execute)
    }

    /// The next `count` commits fail; every write of the group is told so and none of them is stored.
    public func failCommits(_ count: Int, with fault: StorageFault) {
        state.withLock { $0.failures += Array(repeating: fault, count: count) }
    }

    /// From now on a commit takes `turns` more trips through `execute` before it is synced.
    public func slowCommits(turns: Int) {
        state.withLock { $0.commitTurns = turns }
    }

    /// From now on no commit begins, until `resume`.
    public func stall() {
        state.withLock { $0.isStalled = true }
    }

    /// Ends `stall`.
    public func resume() {
        state.withLock { $0.isStalled = false }
        handIn()
    }

    /// The writing of one batch of a room.
    public typealias Append = @Sendable (RoomBatch, @escaping Completion<RoomNumber>) -> Void
    /// Stands between the rooms and this store: gets a batch, whom to tell, and what would write it.
    public typealias Interception = @Sendable (RoomBatch, @escaping Completion<RoomNumber>, @escaping Append) -> Void

    /// From now on every batch of a room goes through `interception`, which watches or spoils it.
    public func intercept(_ interception: @escaping Interception) {
        state.withLock { $0.interception = interception }
    }

    var interception: Interception? { state.withLock { $0.interception } }

    // MARK: Calls

    /// Queues a write.
    func write<Value: Sendable>(
        rows: Int = 1, _ done: @escaping Completion<Value>,
        _ body: @escaping @Sendable (inout MemoryImage) throws(StorageFault) -> Value
    ) {
        let job = MemoryJob(rows: rows, body, done)
        let refusal: StorageFault? = state.withLock { state in
            guard state.closers == nil else { return .closed }
            guard state.queue.isEmpty || state.queuedRows + rows <= limits.queuedRows else {
                return .busy(limit: "queuedRows")
            }
            state.queue.append(job)
            state.queuedRows += rows
            return nil
        }
        if let refusal { execute { [self] in tell { job.refuse(refusal) } } } else { handIn() }
    }

    /// Calls, if the process lives.
    private func tell(_ call: () -> Void) {
        if !state.withLock({ $0.isCrashed }) { call() }
    }

    /// Reads from what is synced.
    func read<Value: Sendable>(
        _ done: @escaping Completion<Value>, _ body: @escaping @Sendable (MemoryImage) -> Value
    ) {
        let refusal: StorageFault? = state.withLock { state in
            guard state.closers == nil else { return .closed }
            guard state.waitingReads < limits.waitingReads else { return .busy(limit: "waitingReads") }
            state.waitingReads += 1
            return nil
        }
        execute { [self] in
            if let refusal { return tell { done(.failure(refusal)) } }
            let image = state.withLock { state in
                state.waitingReads -= 1
                return state.isCrashed ? nil : state.image
            }
            if let image { done(.success(body(image))) }
        }
    }

    /// Nothing can be damaged in memory.
    public func check(_ done: @escaping Completion<[String]>) {
        read(done) { _ in [] }
    }

    /// Writes what is queued, then closes.
    public func close(_ done: @escaping Completion<Void>) {
        state.withLock { $0.closers = ($0.closers ?? []) + [done] }
        handIn()
    }

    // MARK: The writer

    /// Hands the next step to `execute`. A step that ends while it is being handed in (immediate execution) is
    /// followed by the next from here, so the stack does not grow.
    private func handIn() {
        let mayHandIn = state.withLock { state in
            guard state.hasWork, !state.isHandedIn else { return false }
            state.isHandedIn = true
            guard !state.isHandingIn else {
                state.again = true
                return false
            }
            state.isHandingIn = true
            return true
        }
        guard mayHandIn else { return }
        repeat { execute { [self] in step() } } while goesOn()
    }

    private func goesOn() -> Bool {
        state.withLock { state in
            guard state.again else {
                state.isHandingIn = false
                return false
            }
            state.again = false
            return true
        }
    }

    /// One step of a commit.
    private func step() {
        let calls = state.withLock { state in
            guard state.hasWork else { return [@Sendable () -> Void]() }
            switch state.stage {
            case .idle:
                return begin(&state)
            case .written(let jobs, let turns) where turns > 0:
                state.stage = .written(jobs, turns: turns - 1)
                return []
            case .written(let jobs, _):
                state.stage = .synced(jobs.map { $0.write(&state.image) })
                return []
            case .synced(let calls):
                state.stage = .idle
                return calls
            }
        }
        for call in calls { tell(call) }
        state.withLock { $0.isHandedIn = false }
        handIn()
    }

    /// Takes a group from the queue; with nothing left of it the store closes.
    private func begin(_ state: inout State) -> [@Sendable () -> Void] {
        guard !state.queue.isEmpty else {
            let closers = state.closers ?? []
            state.closers = []
            return closers.map { done in { done(.success(())) } }
        }
        var rows = 0
        let count = state.queue.prefix { job in
            rows += job.rows
            return rows <= limits.groupRows
        }.count
        let group = Array(state.queue.prefix(max(count, 1)))
        state.queue.removeFirst(group.count)
        state.queuedRows -= group.reduce(0) { $0 + $1.rows }
        if state.failures.isEmpty {
            state.stage = .written(group, turns: state.commitTurns)
        } else {
            let fault = state.failures.removeFirst()
            state.stage = .synced(group.map { job in { job.refuse(fault) } })
        }
        return []
    }
}
