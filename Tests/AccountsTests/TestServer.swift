// A server without sockets on seeded loops: accounts, one service of rooms, a store, for tests.

import DialectKit
import Host
import Logging
import MUC
import Rooms
import ScenarioKit
import Storage
import Streams
import Synchronization
import Testing
import XMPP

@testable import Accounts

/// Carries a value out of a closure that runs elsewhere.
final class Box<Value: Sendable>: Sendable {
    private let content = Mutex<Value?>(nil)

    func set(_ value: Value) { content.withLock { $0 = value } }

    var value: Value? { content.withLock { $0 } }
}

/// Shards with accounts and rooms on one seeded scheduler.
struct TestServer {
    static let start = Moment(milliseconds: 1_700_000_000_000)
    /// Derived once: deriving is what takes time.
    private static let credentials = Password("secret").flatMap { password in
        Storage.Credentials(password) { [UInt8](repeating: 7, count: $0) }
    }

    let scheduler: SeededScheduler
    let disk: MemoryStorage
    let house: House
    let streams: ClientStreamConfiguration
    /// What was for other servers; nil: there are none.
    let gate: Gate?

    init(
        seed: UInt64 = 1, shards count: Int = 2, limits: HostLimits = HostLimits(),
        accountLimits: AccountLimits = AccountLimits(), storage: StorageLimits = .default, isOpen: Bool = false,
        table: AccountTable = .standard, hasGate: Bool = false
    ) {
        let scheduler = SeededScheduler(seed: seed, now: Self.start)
        let writer = scheduler.makeLoop()
        self.scheduler = scheduler
        disk = MemoryStorage(limits: storage) { writer.execute($0) }
        let service = Service(
            facts: ServiceFacts(
                name: "main", title: "Rooms",
                domains: [ServiceFacts.Domain(name: "conference.example", dialects: [MUCDialect.id])]),
            dialects: ["conference.example": DialectTable([MUCDialect()])], locksNewRooms: false)
        let gate = hasGate ? Gate() : nil
        self.gate = gate
        house = House(
            shards: (0..<count).map { Shard(index: $0, loop: scheduler.makeLoop()) },
            domains: ["conference.example": .rooms(service: "main"), "example": .accounts], services: [service],
            store: disk, limits: limits, log: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
            randomBytes: { scheduler.bytes($0) },
            elsewhere: gate.map { gate in { @Sendable envelope, _ in gate.take(envelope) } })
        streams = ClientStreamConfiguration(
            domain: "example", encryption: .unavailable, plainOnLoopback: true, registration: isOpen,
            decoys: DecoyCredentials(secret: [UInt8](repeating: 1, count: 32)))
        let setup = AccountsSetup(
            domain: "example", services: [DiscoItems.Item(jid: Self.address("conference.example"), name: "Rooms")],
            isRegistrationOpen: isOpen, version: ("Parlance", "0"), limits: accountLimits, storage: storage,
            offload: { $0() })
        let house = house
        for index in 0..<count {
            on(index) { shard in
                shard.open(house) { _ in AccountHall(setup, table) }
                shard.accountHall?.startSweeping(on: shard)
            }
        }
        scheduler.run()
    }

    static func address(_ text: String) -> JID {
        guard let jid = try? JID(text) else { preconditionFailure("\(text) is no address") }
        return jid
    }

    /// Makes accounts, each with the password "secret".
    func register(_ names: String...) {
        guard let credentials = Self.credentials else { preconditionFailure("no credentials") }
        for name in names {
            disk.createAccount(AccountRecord(name: name, credentials: credentials, created: 0)) { _ in }
        }
        scheduler.run()
    }

    /// Runs work on a shard, and everything that follows from it.
    func on(_ index: Int, _ work: @escaping @Sendable (isolated Shard) -> Void) {
        let shard = house.shards[index]
        shard.loop.execute { shard.assumeIsolated { work($0) } }
        scheduler.run()
    }

    /// Looks at something on a shard.
    func look<Value: Sendable>(_ index: Int, _ work: @escaping @Sendable (isolated Shard) -> Value) -> Value? {
        let box = Box<Value>()
        on(index) { box.set(work($0)) }
        return box.value
    }

    /// How many accounts are in memory.
    var accountCount: Int {
        house.shards.indices.reduce(0) { $0 + (look($1) { $0.accountHall?.accountCount ?? 0 } ?? 0) }
    }

    /// A client that is logged in and bound, and not yet available.
    func client(_ name: String, _ resource: String = "r", on shard: Int = 0) -> TestClient {
        let client = TestClient(in: self, on: shard)
        client.login(name)
        client.bind(resource)
        _ = client.news()
        return client
    }

    /// A client that is available.
    func available(_ name: String, _ resource: String = "r", priority: Int = 0, on shard: Int = 0) -> TestClient {
        let client = client(name, resource, on: shard)
        client.send("<presence><priority>\(priority)</priority></presence>")
        _ = client.news()
        return client
    }
}
