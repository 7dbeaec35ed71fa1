// A house on seeded loops: shards, one service of rooms, the accounts, and a store in memory.

import Accounts
package import DialectKit
package import Host
import Logging
package import Storage
import Streams
import XMPP

/// A house in this process, assembled and moved into.
package struct InProcessHouse: Sendable {
    /// Where its rooms are.
    package static let rooms = "chat.example"
    /// Where they are channels of MIX, unless the service has one domain for all.
    package static let channels = "mix.example"

    package let house: House
    private let scheduler: SeededScheduler
    private let outside: SeededScheduler.Sender

    /// - Parameters:
    ///   - outside: who lets it move in.
    ///   - randomBytes: its chance.
    ///   - decorate: puts something around each dialect, to see whether a fault is found.
    ///   - elsewhere: the way to other servers.
    package init(
        _ options: ServiceOptions, shards: Int, limits: HostLimits = HostLimits(), store: any Store,
        on scheduler: SeededScheduler, outside: SeededScheduler.Sender,
        randomBytes: @escaping @Sendable (Int) -> [UInt8], decorate: (any Dialect) -> any Dialect = { $0 },
        elsewhere: House.Gate? = nil
    ) {
        self.scheduler = scheduler
        self.outside = outside
        let service = Playbill.service(options, rooms: Self.rooms, channels: Self.channels, decorate)
        let faces = service.facts.domains.map(\.name)
        var domains = [Playbill.accountDomain: House.Residence.accounts]
        for face in faces { domains[face] = .rooms(service: service.facts.name) }
        house = House(
            shards: (0..<shards).map { Shard(index: $0, loop: scheduler.makeLoop()) }, domains: domains,
            services: [service], store: store, limits: limits,
            log: Logger(label: "scenario", factory: { _ in SwiftLogNoOpLogHandler() }), randomBytes: randomBytes,
            elsewhere: elsewhere)
        let (house, setup) = (house, Playbill.accounts(services: faces) { work in work() })
        for shard in house.shards {
            run(on: shard) { shard in
                shard.open(house) { _ in AccountHall(setup) }
                shard.accountHall?.startSweeping(on: shard)
            }
        }
        scheduler.run()
    }

    /// Has work done on a shard, in the order handed in.
    package func run(on shard: Shard, _ work: @escaping @Sendable (isolated Shard) -> Void) {
        guard let loop = shard.loop as? SeededLoop else { return }
        scheduler.post(to: loop.number, from: outside) { shard.assumeIsolated { work($0) } }
    }
}
