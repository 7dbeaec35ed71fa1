// One bound resource: the outlet that rooms and accounts know, whichever connection carries it, and while none does.

import DialectKit
import Host
import Rooms
import Streams
import XML
import XMPP

/// A client's session. What it is sent goes to the connection that carries it; what the client sends goes on its way.
/// Under stream management (XEP-0198) it may outlive its connection, and go on on another, whose loop may be another.
/// Confined to the shard of its first connection.
final class Session: Outlet {
    /// What carries the session.
    enum Carrier {
        case here(ClientConnection)
        /// A connection of another loop: it gets bytes, and hands over what the client says.
        case there(Port)
        /// Nothing, since then and for this reason.
        case nothing(since: Moment, String)
    }

    // What every delivery looks at stands together.

    /// The wire of a connection on the same loop: what is told goes straight to it.
    var transport: (any Transport)?
    var management: StreamManagement?
    /// The addresses its account hears nothing of, and says nothing to.
    var blocklist: Blocklist

    let jid: JID
    let hall: AccountHall
    /// Tells sessions of a loop apart, the older the smaller.
    let number: UInt64
    /// Its name for rooms and accounts; nil once it is over.
    var port: Port?
    var carrier: Carrier
    /// What waits for the connection on another loop until the end of the tick.
    var outbound: [UInt8] = []
    var ledger = InboundLedger()
    /// The address of the last stanza that waits to be acknowledged.
    private var lastAddress: [UInt8] = []
    var isPaused = false
    private var isAlarmSet = false
    /// A connection on which the client wants to go on, and what it has handled; waits until all it has sent before
    /// has had its effect, so that nothing is sent twice.
    var successor: (port: Port, h: UInt32)?
    /// How much waited for the client when its connection went.
    var waitedBefore = (stanzas: 0, bytes: 0)
    /// Addresses that got available presence from here and no unavailable one since. A room counts once, whatever the
    /// nick: under its bare JID stands the address that was last used.
    var directed: [JID: JID] = [:]
    /// Addresses to which it has said what one says to a channel: its account knows.
    var ventures: Set<JID> = []
    /// What its client speaks to channels, as far as its account knows.
    var tongue: DialectID?

    init(_ jid: JID, on connection: ClientConnection, _ transport: any Transport, _ shard: isolated Shard) {
        self.jid = jid
        blocklist = Blocklist(of: jid)
        self.transport = transport
        hall = connection.hall
        number = connection.number
        carrier = .here(connection)
        port = shard.openPort(for: self)
    }

    var limits: AccountLimits { hall.setup.limits }

    /// Stanzas of the client that have not had their effect yet.
    var unanswered: Int { ledger.open }

    // MARK: To the client

    func write(_ template: Template, to address: AddressHole, on shard: isolated Shard) {
        if isDeaf(to: template.tail) { return answer(unheard: template.bytes(to: address), on: shard) }
        if management != nil {
            let stanza = SentStanza(
                template.kind, address: shared(address), rest: template.tail, at: shard.loop.now)
            management?.sent(stanza)
        }
        if let transport {
            transport.write(template, to: address)
        } else if case .there = carrier {
            outbound += template.bytes(to: address)
        }
    }

    /// The address as one array for all stanzas that wait to be acknowledged: nearly all have the same.
    private func shared(_ address: AddressHole) -> [UInt8] {
        if !address.withUnsafeBytes({ $0.elementsEqual(lastAddress) }) { lastAddress = address.bytes }
        return lastAddress
    }

    func write(_ bytes: [UInt8], on shard: isolated Shard) {
        guard !bytes.isEmpty else { return }
        if isDeaf(to: bytes) { return answer(unheard: bytes, on: shard) }
        hear(bytes, on: shard)
    }

    /// Appends a stanza whoever it claims to be from.
    private func hear(_ bytes: [UInt8], on shard: isolated Shard) {
        management?.sent(SentStanza(nil, address: [], rest: bytes, at: shard.loop.now))
        put(bytes)
    }

    /// Answers the client in the name of an address that it may have blocked.
    func hear(_ stanza: Stanza, on shard: isolated Shard) {
        hear(stanza.bytes, on: shard)
        touch(on: shard)
    }

    /// Appends what is no stanza, or was sent before.
    func put(_ bytes: [UInt8]) {
        if let transport {
            transport.write(bytes)
        } else if case .there = carrier {
            outbound += bytes
        }
    }

    /// Sees to it that what was put is flushed.
    func touch(on shard: isolated Shard) {
        if let port { shard.write([], to: port) }
    }

    func flush(on shard: isolated Shard) {
        if let management {
            if isTooMuch(management.unacknowledged) { return overflow(on: shard) }
            if !isHibernating, let request = self.management?.takeRequest() { put(request) }
        }
        switch carrier {
        case .here(let connection): connection.flush(on: shard)
        case .there(let port):
            guard !outbound.isEmpty else { return }
            let bytes = outbound
            outbound = []
            shard.write(bytes, to: port)
        case .nothing: break
        }
    }

    // MARK: What waits for the client

    var isHibernating: Bool {
        if case .nothing = carrier { true } else { false }
    }

    private func isTooMuch(_ queue: UnacknowledgedStanzas) -> Bool {
        let limits = limits
        guard isHibernating else {
            return queue.count > limits.unacknowledgedStanzas || queue.bytes > limits.unacknowledgedBytes
        }
        return queue.count - waitedBefore.stanzas > limits.hibernationStanzas
            || queue.bytes - waitedBefore.bytes > limits.hibernationBytes
    }

    private func overflow(on shard: isolated Shard) {
        terminate(StreamError(.policyViolation, "too many stanzas were not acknowledged"), on: shard)
    }

    // MARK: From the client

    /// Takes what a connection hands over; one that carries the session no more is not heard.
    func take(_ input: ClientInput, from wire: Port?, on shard: isolated Shard) {
        guard port != nil, let wire, wire == self.wire else { return }
        switch input {
        case .stanza(let stanza):
            let ticket = ledger.begin()
            send(stanza, ticket, on: shard)
            completed(ticket, on: shard)
            pauseIfBusy(on: shard)
        case .answered(let bytes):
            let ticket = ledger.begin()
            write(bytes, on: shard)
            touch(on: shard)
            completed(ticket, on: shard)
        case .acknowledgementRequested: acknowledge(on: shard)
        case .acknowledged(let h):
            do throws(StreamError) {
                try management?.acknowledged(h)
            } catch {
                return terminate(error, on: shard)
            }
            if management?.unacknowledged.isEmpty == false { touch(on: shard) }
        case .silent: probe(on: shard)
        case .lost(let reason):
            if management?.resumption != nil { hibernate(reason, on: shard) } else { end(reason, on: shard) }
        case .closed(let reason): end(reason, on: shard)
        }
    }

    /// The port of the connection that carries the session.
    private var wire: Port? {
        switch carrier {
        case .here(let connection): connection.port
        case .there(let port): port
        case .nothing: nil
        }
    }

    func completed(_ ticket: UInt64, on shard: isolated Shard) {
        ledger.settle(ticket)
        if let answer = management?.settled(ledger) {
            put(answer)
            touch(on: shard)
        }
        if ledger.open == 0 { succeed(on: shard) }
        guard isPaused, ledger.open < shard.house.limits.unansweredChanges else { return }
        isPaused = false
        tellConnection(on: shard) { connection, _ in connection.resumeReading() }
    }

    private func pauseIfBusy(on shard: isolated Shard) {
        guard !isPaused, ledger.open >= shard.house.limits.unansweredChanges else { return }
        isPaused = true
        tellConnection(on: shard) { connection, _ in connection.pauseReading() }
    }

    func tellConnection(
        on shard: isolated Shard, _ work: @escaping @Sendable (ClientConnection, isolated Shard) -> Void
    ) {
        switch carrier {
        case .here(let connection): work(connection, shard)
        case .there(let port):
            shard.ask(Int(port.shard)) { shard in
                if let connection = shard.outlet(at: port) as? ClientConnection { work(connection, shard) }
            }
        case .nothing: break
        }
    }

    private func acknowledge(on shard: isolated Shard) {
        if let answer = management?.requested(ledger) {
            put(answer)
            return touch(on: shard)
        }
        guard management?.owesAnswer == true, !isAlarmSet, let port else { return }
        isAlarmSet = true
        let home = shard.house.shards[shard.index]
        _ = shard.loop.schedule(after: .seconds(limits.acknowledgementSeconds)) {
            home.assumeIsolated { ($0.outlet(at: port) as? Session)?.acknowledgementIsOverdue(on: $0) }
        }
    }

    private func acknowledgementIsOverdue(on shard: isolated Shard) {
        isAlarmSet = false
        guard let answer = management?.overdue(ledger) else { return }
        put(answer)
        touch(on: shard)
    }

    private func probe(on shard: isolated Shard) {
        if let request = management?.probe() {
            put(request)
        } else {
            let domain = try? JID(local: nil, domain: hall.setup.domain, resource: nil)
            let ping = Element("ping", NS.ping)
            write(Stanza.iq(type: .get, id: "alive", from: domain, to: jid, payload: [ping]).bytes, on: shard)
        }
        touch(on: shard)
    }
}
