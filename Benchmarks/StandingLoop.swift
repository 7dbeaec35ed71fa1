// A loop that runs when it is told to, on the thread that tells it: what is measured is the house, not its threads.

import Host
import Synchronization
import XMPP

/// Work in the order it came, at a time that stands still; what is scheduled never comes.
final class StandingLoop: Loop {
    private let queue = Mutex<[@Sendable () -> Void]>([])

    let now = Moment(milliseconds: 1_700_000_000_000)

    func execute(_ work: @escaping @Sendable () -> Void) { queue.withLock { $0.append(work) } }

    func schedule(after delay: Duration, _ work: @escaping @Sendable () -> Void) -> Cancellation { Cancellation {} }

    /// Runs until nothing is left to do.
    func run() {
        while true {
            let work = queue.withLock { queue in
                defer { queue = [] }
                return queue
            }
            if work.isEmpty { return }
            for piece in work { piece() }
        }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        execute { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    /// There is one thread, and everything runs on it.
    func checkIsolated() {}

    func isIsolatingCurrentContext() -> Bool? { true }
}
