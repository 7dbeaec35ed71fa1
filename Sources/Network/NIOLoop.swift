// One of SwiftNIO's event loops as a loop of the house.

public import Host
public import NIOCore
public import XMPP

/// A loop of the house on an event loop: the actor of a shard runs on it, and so do its connections.
public final class NIOLoop: Loop {
    /// The event loop below.
    public let eventLoop: any EventLoop
    private let clock: any LoopClock

    public init(_ eventLoop: any EventLoop, clock: any LoopClock = SystemClock()) {
        self.eventLoop = eventLoop
        self.clock = clock
    }

    public func execute(_ work: @escaping @Sendable () -> Void) { eventLoop.execute(work) }

    public func schedule(after delay: Duration, _ work: @escaping @Sendable () -> Void) -> Cancellation {
        clock.wake(eventLoop, after: delay, work)
    }

    public var now: Moment { clock.now }

    // MARK: SerialExecutor

    public func enqueue(_ job: consuming ExecutorJob) {
        let unowned = UnownedJob(job)
        eventLoop.execute { unowned.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    public func checkIsolated() { eventLoop.preconditionInEventLoop() }

    public func isIsolatingCurrentContext() -> Bool? { eventLoop.inEventLoop }
}
