// One thread of the house: work runs on it in order, and it tells the time.

public import XMPP

/// A loop runs work one piece at a time, first in, first out per sender. Network wraps an event loop; tests and the
/// simulator hand in a scheduler with virtual time (law 9).
public protocol Loop: SerialExecutor {
    /// Runs `work` on this loop, later; never within the call.
    func execute(_ work: @escaping @Sendable () -> Void)

    /// Runs `work` on this loop after so long, unless it is cancelled before.
    func schedule(after delay: Duration, _ work: @escaping @Sendable () -> Void) -> Cancellation

    /// The time, as this loop sees it.
    var now: Moment { get }
}

/// Takes back scheduled work. Doing so twice, or too late, changes nothing.
public struct Cancellation: Sendable {
    private let action: @Sendable () -> Void

    public init(_ action: @escaping @Sendable () -> Void) { self.action = action }

    public func cancel() { action() }
}
