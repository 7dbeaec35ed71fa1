// A whole house in this process on virtual time: every interleaving from a seed, storage that loses what a crash loses.

package import DialectKit
package import Host
import Storage
import Synchronization
package import XMPP

/// A house of two shards on a seeded scheduler and storage in memory.
package final class InProcessStage: Stage {
    package let rooms = InProcessHouse.rooms
    package let channels: String
    package let accounts = Playbill.accountDomain
    package let name: String
    private let options: ServiceOptions
    private let decorate: @Sendable (any Dialect) -> any Dialect
    private let scheduler: SeededScheduler
    private let outside: SeededScheduler.Sender
    private var storage: MemoryStorage
    private var house: InProcessHouse
    private var lines: [InProcessLine] = []
    private var generator: SeededGenerator
    private var connections = 0
    private let abroad = OtherServer()

    private static let shardCount = 2

    /// - Parameter decorate: puts something around each dialect, to see whether a fault is found.
    package init(
        _ options: ServiceOptions, seed: UInt64, decorate: @escaping @Sendable (any Dialect) -> any Dialect = { $0 }
    ) {
        name = "in process, seed \(seed)"
        self.options = options
        channels = options.isOneDomain ? InProcessHouse.rooms : InProcessHouse.channels
        self.decorate = decorate
        generator = SeededGenerator(seed: ~seed)
        scheduler = SeededScheduler(seed: seed, now: Playbill.opening)
        outside = scheduler.makeSender()
        let (scheduler, disk) = (scheduler, scheduler.makeLoop())
        storage = MemoryStorage { work in disk.execute(work) }
        storage.slowCommits(turns: scheduler.number(in: 0...3))
        house = Self.makeHouse(options, storage, scheduler, outside, abroad, decorate)
    }

    private static func makeHouse(
        _ options: ServiceOptions, _ storage: MemoryStorage, _ scheduler: SeededScheduler,
        _ outside: SeededScheduler.Sender, _ abroad: OtherServer, _ decorate: (any Dialect) -> any Dialect
    ) -> InProcessHouse {
        InProcessHouse(
            options, shards: shardCount, store: storage, on: scheduler, outside: outside,
            randomBytes: { scheduler.bytes($0) }, decorate: decorate, elsewhere: abroad.gate)
    }

    // MARK: Stage

    package var now: Moment { scheduler.now }

    package func bytes(_ count: Int) -> [UInt8] { scheduler.bytes(count) }

    package func register(_ login: Login) async throws {
        let record = try Playbill.record(of: login, entropy: scheduler.bytes)
        storage.createAccount(record) { result in
            if case .failure(let fault) = result { preconditionFailure("no account: \(fault)") }
        }
        scheduler.run()
    }

    package func connect(_ login: Login, _ manner: Manner, _ managed: ManagedStream) async throws -> any Line {
        connections += 1
        let line = InProcessLine(
            login, manner, managed, house.house.shards[connections % Self.shardCount], scheduler)
        lines.append(line)
        line.open(Playbill.streams(decoySecret: Array(repeating: 7, count: 16)))
        scheduler.run()
        guard line.isOnline else { throw StageFault("\(login.full) could not log in: \(line.farewell ?? "no answer")") }
        return line
    }

    package func reach(_ login: Login) -> any Line {
        AfarLine(login, at: abroad) { [unowned self] envelope in
            house.run(on: house.house.shards[0]) { $0.route(envelope) }
        }
    }

    package func settle() async throws { scheduler.run() }

    package func describeRooms() async -> [RoomDescription] {
        let found = Found()
        for shard in house.house.shards { house.run(on: shard) { shard in found.add(shard.rooms(of: "main")) } }
        scheduler.run()
        return found.rooms.withLock { $0 }
    }

    package func advance(by duration: Duration) async throws { scheduler.advance(by: duration) }

    package func stop() async throws {
        for accounts in [false, true] {
            for shard in house.house.shards { house.run(on: shard) { $0.shutDown(accounts: accounts) } }
            scheduler.run()
        }
        try await restart()
    }

    package func restart() async throws {
        scheduler.kill()
        for line in lines { line.die() }
        lines = []
        storage = storage.crash(dropping: &generator)
        house = Self.makeHouse(options, storage, scheduler, outside, abroad, decorate)
    }

    package func failNextCommit() throws { storage.failCommits(1, with: .busy(limit: "queuedRows")) }

    package func end() async { scheduler.kill() }
}

/// What was found on several shards.
private final class Found: Sendable {
    let rooms = Mutex<[RoomDescription]>([])

    func add(_ more: [RoomDescription]) { rooms.withLock { $0 += more } }
}
