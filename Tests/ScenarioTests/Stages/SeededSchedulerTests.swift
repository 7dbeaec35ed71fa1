// Shows that a seed is a run, that senders keep their order, and that time passes by hand only.

import Host
import Synchronization
import Testing
import XMPP

@testable import ScenarioKit

@Suite struct SeededSchedulerTests {
    private static let start = Moment(milliseconds: 0)

    /// The order in which three senders' work for two loops is run.
    private func run(seed: UInt64) -> [String] {
        let scheduler = SeededScheduler(seed: seed, now: Self.start)
        let loops = [scheduler.makeLoop(), scheduler.makeLoop()]
        let log = Mutex<[String]>([])
        for sender in 0..<3 {
            let outside = scheduler.makeSender()
            for piece in 0..<4 {
                scheduler.post(to: loops[sender % 2].number, from: outside) {
                    log.withLock { $0.append("\(sender)\(piece)") }
                }
            }
        }
        scheduler.run()
        return log.withLock { $0 }
    }

    @Test func aSeedIsARun() {
        #expect(run(seed: 3) == run(seed: 3))
        #expect(Set((0..<8).map { run(seed: $0) }).count > 1)
    }

    @Test(arguments: 0..<8)
    func sendersKeepTheirOrder(seed: Int) {
        let order = run(seed: UInt64(seed))
        for sender in ["0", "1", "2"] {
            #expect(order.filter { $0.hasPrefix(sender) } == (0..<4).map { "\(sender)\($0)" })
        }
    }

    @Test func timePassesByHand() {
        let scheduler = SeededScheduler(seed: 1, now: Self.start)
        let loop = scheduler.makeLoop()
        let log = Mutex<[Int64]>([])
        let note: @Sendable () -> Void = { log.withLock { $0.append(scheduler.now.milliseconds) } }
        _ = loop.schedule(after: .seconds(5), note)
        _ = loop.schedule(after: .seconds(2)) { _ = loop.schedule(after: .seconds(1), note) }
        let cancelled = loop.schedule(after: .seconds(4), note)
        cancelled.cancel()
        scheduler.run()
        #expect(log.withLock { $0 } == [])
        scheduler.advance(by: .seconds(4))
        #expect(log.withLock { $0 } == [3_000])
        scheduler.advance(by: .seconds(1))
        #expect(log.withLock { $0 } == [3_000, 5_000])
        #expect(scheduler.now == Self.start + .seconds(5))
    }
}
