// A room at work: read, decide, apply, render, commit in memory, and copy to everybody's buffer.

import DialectKit
import Host
import Logging
import MIX
import MUC
import Rooms
import Storage
import XML
import XMPP

/// One shard with rooms on it, and clients whose wires end in a buffer.
struct RoomBenchmarks {
    func run(_ table: inout Table) {
        say(&table, occupants: 1, rounds: 500)
        say(&table, occupants: 20, rounds: 200)
        say(&table, occupants: 1_000, rounds: 20)
        say(&table, occupants: 1_000, rounds: 20, inChannel: true)
        join(&table, occupants: 100)
        join(&table, occupants: 1_000)
    }

    private func say(_ table: inout Table, occupants: Int, rounds: Int, inChannel: Bool = false) {
        let name = "say in a \(inChannel ? "channel" : "room") of \(occupants), 10 a batch"
        guard table.wants(name) else { return }
        let stage = Stage(clients: occupants)
        if inChannel { stage.join("room") } else { stage.enter("room") }
        let domain = inChannel ? Stage.mix : Stage.domain
        table.measure(name, per: "deliveries", count: occupants * rounds * 10) { _ in
            let before = stage.deliveries
            for _ in 0..<rounds { stage.say("room", at: domain, messages: 10) }
            precondition(stage.deliveries - before == occupants * rounds * 10, "a delivery is missing")
        }
    }

    private func join(_ table: inout Table, occupants: Int) {
        let name = "join storm of \(occupants)"
        guard table.wants(name) else { return }
        let stage = Stage(clients: occupants)
        table.measure(name, per: "presences", count: occupants * occupants, runs: 5) { run in
            stage.enter("room\(run)")
        }
    }
}

/// The far end of a client's connection: takes copies, as a socket's buffer does.
private final class Wire: Outlet {
    private var buffer: [UInt8] = []
    private(set) var deliveries = 0

    func write(_ template: Template, to address: AddressHole, on shard: isolated Shard) {
        deliveries += 1
        address.withUnsafeBytes { buffer += $0 }
        buffer += template.tail
    }

    func write(_ bytes: [UInt8], on shard: isolated Shard) {
        deliveries += 1
        buffer += bytes
    }

    func completed(_ ticket: UInt64, on shard: isolated Shard) {}

    func flush(on shard: isolated Shard) { buffer.removeAll(keepingCapacity: true) }
}

/// A house of one shard, with clients.
private struct Stage {
    private struct Client: Sendable {
        let jid: JID
        let port: Port
    }

    static let domain = "conference.localhost"
    static let mix = "mix.localhost"

    private let loop = StandingLoop()
    private let shard: Shard
    private let clients: [Client]
    private let payload = [Element("body", NS.client) { "Say hello to everybody in this room, and what to do." }]

    init(clients count: Int) {
        let shard = Shard(index: 0, loop: loop)
        let channels = MIXDialect.family([.current])
        let facts = ServiceFacts(
            name: "main", title: "Rooms",
            domains: [
                .init(name: Self.domain, dialects: [MUCDialect.id]),
                .init(name: Self.mix, dialects: channels.map(\.id)),
            ])
        let service = Service(
            facts: facts, dialects: [Self.domain: DialectTable([MUCDialect()]), Self.mix: DialectTable(channels)],
            locksNewRooms: false)
        let house = House(
            shards: [shard],
            domains: [
                Self.domain: .rooms(service: "main"), Self.mix: .rooms(service: "main"), "localhost": .accounts,
            ],
            services: [service], store: MemoryStorage(), log: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() },
            randomBytes: { count in
                var generator = SystemRandomNumberGenerator()
                return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            })
        self.shard = shard
        clients = shard.assumeIsolated { shard in
            shard.open(house) { _ in nil }
            return (0..<count).map { number in
                Client(jid: Self.address("user\(number)@localhost/r"), port: shard.openPort(for: Wire()))
            }
        }
        loop.run()
    }

    private static func address(_ text: String) -> JID {
        guard let jid = try? JID(text) else { preconditionFailure("\(text) is no address") }
        return jid
    }

    /// Everybody enters a room at once.
    func enter(_ room: String) {
        for (number, client) in clients.enumerated() {
            let nick = Self.address("\(room)@\(Self.domain)/nick\(number)")
            send(client, .presence, .available, to: nick, [Element("x", NS.muc)])
        }
        loop.run()
    }

    /// Everybody joins a channel that the first makes, each with one client, to hear what is said.
    func join(_ channel: String) {
        let create = Element("create", NS.mixCore, ["channel": channel])
        send(clients[0], .iq, .set, to: Self.address(Self.mix), [create])
        loop.run()
        for (number, client) in clients.enumerated() {
            let join = Element("join", NS.mixCore) {
                Element("nick", NS.mixCore) { "nick\(number)" }
                Element("subscribe", NS.mixCore, ["node": NS.mixNodeMessages])
            }
            let stanza = Stanza(
                kind: .iq, type: .set, id: "id", from: client.jid.bare, to: Self.address("\(channel)@\(Self.mix)"),
                payload: [join])
            let listener = ListeningClient(
                client.jid, at: client.port, dialect: Grammar.current.id, showsPresence: false)
            let envelope = Envelope(stanza, from: client.jid.bare, to: stanza.to ?? client.jid, listeners: [listener])
            shard.assumeIsolated { $0.route(envelope) }
        }
        loop.run()
    }

    /// So many messages that the room finds in its mailbox together.
    func say(_ room: String, at domain: String, messages: Int) {
        let address = Self.address("\(room)@\(domain)")
        for number in 0..<messages {
            send(clients[number % clients.count], .message, .groupchat, to: address, payload)
        }
        loop.run()
    }

    private func send(
        _ client: Client, _ kind: Stanza.Kind, _ type: StanzaType, to: JID, _ payload: [Element]
    ) {
        let stanza = Stanza(kind: kind, type: type, id: "id", from: client.jid, to: to, payload: payload)
        let envelope = Envelope(stanza, from: client.jid, to: to, origin: client.port)
        shard.assumeIsolated { $0.route(envelope) }
    }

    /// What was written to all clients so far.
    var deliveries: Int {
        shard.assumeIsolated { shard in
            clients.reduce(0) { $0 + ((shard.outlet(at: $1.port) as? Wire)?.deliveries ?? 0) }
        }
    }
}
