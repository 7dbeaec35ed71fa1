// What tells loops the time and wakes them: the machine's clock, or one that is moved by hand.

import Glibc
public import Host
public import NIOCore
import Synchronization
public import XMPP

/// The time of a loop (law 9).
public protocol LoopClock: Sendable {
    var now: Moment { get }

    /// Runs `work` on `eventLoop` after so long, unless it is cancelled before.
    func wake(
        _ eventLoop: any EventLoop, after delay: Duration, _ work: @escaping @Sendable () -> Void
    ) -> Cancellation
}

/// The wall clock of the machine: read here and nowhere below.
public struct SystemClock: LoopClock {
    public init() {}

    public static var now: Moment {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Moment(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }

    public var now: Moment { Self.now }

    public func wake(
        _ eventLoop: any EventLoop, after delay: Duration, _ work: @escaping @Sendable () -> Void
    ) -> Cancellation {
        let scheduled = eventLoop.scheduleTask(in: TimeAmount(delay), work)
        return Cancellation { scheduled.cancel() }
    }
}

/// A clock moved by hand: a whole server on real sockets whose deadlines come when a test says so.
public final class HandClock: LoopClock {
    private struct Alarm: Sendable {
        let number: UInt64
        let time: Moment
        let eventLoop: any EventLoop
        let work: @Sendable () -> Void
    }

    private struct State: Sendable {
        var now: Moment
        /// By time, and of one time in the order they were set.
        var alarms: [Alarm] = []
        var count: UInt64 = 0
    }

    private let state: Mutex<State>

    public init(at start: Moment) { state = Mutex(State(now: start)) }

    public var now: Moment { state.withLock { $0.now } }

    public func wake(
        _ eventLoop: any EventLoop, after delay: Duration, _ work: @escaping @Sendable () -> Void
    ) -> Cancellation {
        let number = state.withLock { state in
            state.count += 1
            let alarm = Alarm(number: state.count, time: state.now + delay, eventLoop: eventLoop, work: work)
            let place = state.alarms.firstIndex { $0.time > alarm.time } ?? state.alarms.endIndex
            state.alarms.insert(alarm, at: place)
            return alarm.number
        }
        return Cancellation { [weak self] in self?.state.withLock { $0.alarms.removeAll { $0.number == number } } }
    }

    /// Moves the time on and runs what falls due, in order, each on its loop and at its own time.
    public func advance(by duration: Duration) async {
        let end = now + duration
        while let alarm = next(until: end) { try? await alarm.eventLoop.submit(alarm.work).get() }
        state.withLock { $0.now = max($0.now, end) }
    }

    /// Whoever set an alarm is gone, and its loops with it.
    public func forgetAlarms() { state.withLock { $0.alarms = [] } }

    private func next(until end: Moment) -> Alarm? {
        state.withLock { state in
            guard let first = state.alarms.first, first.time <= end else { return nil }
            state.alarms.removeFirst()
            state.now = max(state.now, first.time)
            return first
        }
    }
}
