// A house on seeded loops with a store that can fail, for tests.

import DialectKit
import Logging
import MIX
import MUC
import Rooms
import ScenarioKit
import Storage
import Testing
import XMPP

@testable import Host

/// Shards, one service of rooms and a store, all on one seeded scheduler.
struct TestHouse {
    static let domain = "conference.example"
    /// The same rooms as channels.
    static let channels = "mix.example"
    static let start = Moment(milliseconds: 1_700_000_000_000)

    let scheduler: SeededScheduler
    let disk: MemoryStorage
    let house: House
    var shards: [Shard] { house.shards }

    init(
        seed: UInt64 = 1, shards count: Int = 2, limits: HostLimits = HostLimits(), locks: Bool = false,
        storage: StorageLimits = .default, settings: Settings = Settings(), elsewhere: House.Gate? = nil
    ) {
        let scheduler = SeededScheduler(seed: seed, now: Self.start)
        let writer = scheduler.makeLoop()
        let disk = MemoryStorage(limits: storage) { writer.execute($0) }
        self.init(
            scheduler, disk, shards: count, limits,
            Service(
                facts: ServiceFacts(
                    name: "main", title: "Rooms",
                    domains: [
                        ServiceFacts.Domain(name: Self.domain, dialects: [MUCDialect.id]),
                        ServiceFacts.Domain(name: Self.channels, dialects: Self.mix.map(\.id)),
                    ]),
                dialects: [Self.domain: DialectTable([MUCDialect()]), Self.channels: DialectTable(Self.mix)],
                defaults: settings, locksNewRooms: locks), elsewhere)
    }

    private static var mix: [any Dialect] { MIXDialect.family([.current, .v021, .v001]) }

    private init(
        _ scheduler: SeededScheduler, _ disk: MemoryStorage, shards count: Int, _ limits: HostLimits,
        _ service: Service, _ elsewhere: House.Gate?
    ) {
        self.scheduler = scheduler
        self.disk = disk
        let shards = (0..<count).map { Shard(index: $0, loop: scheduler.makeLoop()) }
        house = House(
            shards: shards,
            domains: [
                Self.domain: .rooms(service: "main"), Self.channels: .rooms(service: "main"), "example": .accounts,
            ],
            services: [service], store: disk, limits: limits,
            log: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
            randomBytes: { scheduler.bytes($0) }, elsewhere: elsewhere)
        let house = house
        for shard in shards { Self.run(scheduler, shard) { $0.open(house) { _ in nil } } }
        scheduler.run()
    }

    /// Settings of rooms that end with their last guest.
    static var temporary: Settings {
        var settings = Settings()
        settings[.isPersistent] = .flag(false)
        return settings
    }

    /// The process dies now and starts again: what was synced is there, and nobody is connected.
    func restarted(dropping generator: inout SeededGenerator) -> TestHouse {
        scheduler.kill()
        let survivor = disk.crash(dropping: &generator)
        let service = house.services["main"]
        return TestHouse(
            scheduler, survivor, shards: shards.count, house.limits,
            service
                ?? Service(
                    facts: ServiceFacts(name: "main", title: "", domains: []), dialects: [:]),
            house.elsewhere)
    }

    private static func run(
        _ scheduler: SeededScheduler, _ shard: Shard, _ work: @escaping @Sendable (isolated Shard) -> Void
    ) {
        shard.loop.execute { shard.assumeIsolated { work($0) } }
    }

    /// Runs work on a shard, and everything that follows from it.
    func on(_ index: Int, _ work: @escaping @Sendable (isolated Shard) -> Void) {
        Self.run(scheduler, shards[index], work)
        scheduler.run()
    }

    /// Looks at something on a shard.
    func look<Value: Sendable>(_ index: Int, _ work: @escaping @Sendable (isolated Shard) -> Value) -> Value? {
        let box = Box<Value>()
        on(index) { box.set(work($0)) }
        return box.value
    }

    /// Looks at a room's loop; nil if the room is not in memory.
    func room<Value: Sendable>(
        _ name: String, _ work: @escaping @Sendable (RoomLoop, isolated Shard) -> Value
    ) -> Value? {
        look(house.shard(ofLocal: name)) { shard in shard.hall(of: "main")?.known(name).map { work($0, shard) } }
            .flatMap { $0 }
    }

    /// Somebody with a connection.
    func guest(_ name: String, on shard: Int = 0) -> Guest { Guest(name, at: shard, in: self) }

    /// What the store has of a room.
    func stored(_ name: String) -> StoredRoom? {
        let box = Box<StoredRoom?>()
        disk.load(RoomKey(service: "main", name: name), tail: 1_000) { box.set((try? $0.get()) ?? nil) }
        scheduler.run()
        return box.value.flatMap { $0 }
    }
}
