// One loop's share of the house: its connections, its rooms, its accounts.

public import DialectKit
public import XMPP

/// One loop's share of the house. Everything in it runs on its loop; to another shard goes mail, once a tick.
public actor Shard {
    public nonisolated let index: Int
    public nonisolated let loop: any Loop
    public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    private var knownHouse: House?
    private var residents: [House.Residence: any Resident] = [:]
    private var order: [House.Residence] = []
    private var outlets = OutletTable()
    private var mail: [[Mail]] = []
    private var isFlushDue = false
    /// Pages of directories that are being read: whoever asked is owed them.
    var lookUps = 0

    public init(index: Int, loop: any Loop) {
        self.index = index
        self.loop = loop
    }

    /// The whole. - Precondition: `open` was called.
    public var house: House {
        guard let knownHouse else { preconditionFailure("a shard is opened before it is used") }
        return knownHouse
    }

    /// Moves in. Rooms of every service live on every shard; accounts are handed in by whoever stands above.
    public func open(_ house: House, accounts: (Shard.Type) -> (any Resident)?) {
        knownHouse = house
        mail = Array(repeating: [], count: house.shards.count)
        for service in house.services.values.sorted(by: { $0.facts.name < $1.facts.name }) {
            settle(RoomHall(service), at: .rooms(service: service.facts.name))
        }
        if let resident = accounts(Shard.self) { settle(resident, at: .accounts) }
        for service in house.services.keys.sorted() { hall(of: service)?.open(on: self) }
    }

    private func settle(_ resident: any Resident, at residence: House.Residence) {
        residents[residence] = resident
        order.append(residence)
    }

    /// The resident of a kind, for those who know what it is.
    public func resident(_ residence: House.Residence) -> (any Resident)? { residents[residence] }

    // MARK: Outlets

    /// Gives an outlet its name.
    public func openPort(for outlet: any Outlet) -> Port { outlets.open(outlet, shard: UInt16(index)) }

    /// From now on what is sent there is dropped.
    public func closePort(_ port: Port) { outlets.close(port) }

    /// The outlet of a port, if it is still open.
    public func outlet(at port: Port) -> (any Outlet)? {
        Int(port.shard) == index ? outlets.find(port.slot, port.generation) : nil
    }

    // MARK: Sending

    /// Sends a stanza on its way to whoever lives at its address.
    public func route(_ envelope: Envelope) {
        guard let residence = house.domains[envelope.to.domain] else {
            guard let gate = house.elsewhere else { return bounce(envelope) }
            gate(envelope, self)
            return complete(envelope)
        }
        let target = house.shard(of: envelope.to, residence)
        if target == index {
            guard let resident = residents[residence] else { return bounce(envelope) }
            resident.receive(envelope, on: self)
            tick()
        } else {
            send(.envelope(envelope), to: target)
        }
    }

    /// Sends a stanza that the house itself made.
    public func route(_ stanza: Stanza) {
        guard let from = stanza.from, let to = stanza.to else { return }
        route(Envelope(stanza, from: from, to: to))
    }

    /// The address cannot be reached (RFC 6120 §8.3.3.16).
    private func bounce(_ envelope: Envelope) {
        if envelope.stanza.isAnswerable {
            reply(envelope.stanza.error(StanzaError(.remoteServerNotFound)), to: envelope)
        }
        complete(envelope)
    }

    /// Answers the sender of an envelope.
    public func reply(_ stanza: Stanza, to envelope: Envelope) {
        if let origin = envelope.origin { write(stanza.bytes, to: origin) } else { route(stanza) }
    }

    /// The stanza has had its effect, or was refused.
    public func complete(_ envelope: Envelope) {
        if let origin = envelope.origin { completed(envelope.ticket, at: origin) }
    }

    /// Writes a complete stanza to an outlet on any shard.
    public func write(_ bytes: [UInt8], to port: Port) {
        guard Int(port.shard) == index else { return send(.direct(port, bytes), to: Int(port.shard)) }
        outlets.touch(port.slot, port.generation)?.write(bytes, on: self)
        tick()
    }

    /// Writes rendered stanzas to an outlet on any shard; nothing is serialised or copied on the way.
    public func tell(_ templates: [Template], to address: AddressHole, at port: Port) {
        guard Int(port.shard) == index else { return send(.told(templates, address, port), to: Int(port.shard)) }
        if port.isRouted { return templates.forEach { route($0, to: address) } }
        guard let outlet = outlets.touch(port.slot, port.generation) else { return }
        for template in templates { outlet.write(template, to: address, on: self) }
        tick()
    }

    private func route(_ template: Template, to address: AddressHole) {
        if let stanza = Stanza(template, to: address) { route(stanza) }
    }

    func completed(_ ticket: UInt64, at port: Port) {
        guard Int(port.shard) == index else { return send(.completed(port, ticket: ticket), to: Int(port.shard)) }
        outlets.find(port.slot, port.generation)?.completed(ticket, on: self)
    }

    func deliver(_ fan: Fan, to shard: Int) {
        guard shard == index else { return send(.fan(fan), to: shard) }
        // Template by template, each held once for all its readers: its count is shared with the other loops. Every
        // reader still gets them in their order.
        for template in fan.templates {
            for entry in fan.roll.entries where fan.except == 0 || entry.member != fan.except {
                if entry.slot == Port.routed {
                    route(template, to: entry.hole)
                } else {
                    outlets.touch(entry.slot, entry.generation)?.write(template, to: entry.hole, on: self)
                }
            }
        }
        tick()
    }

    /// Runs work on a shard, this one included, in the next tick and in order with everything else sent there.
    public func ask(_ shard: Int, _ work: @escaping @Sendable (isolated Shard) -> Void) {
        send(.work(work), to: shard)
    }

    private func send(_ item: Mail, to shard: Int) {
        mail[shard].append(item)
        tick()
    }

    // MARK: Ticks

    /// Sees to it that the tick which runs now is ended: rooms take their mail, mail goes out, sockets are flushed.
    public func tick() {
        guard !isFlushDue else { return }
        isFlushDue = true
        loop.execute { self.assumeIsolated { $0.endTick() } }
    }

    private func endTick() {
        isFlushDue = false
        for residence in order { residents[residence]?.endTick(on: self) }
        for target in mail.indices where !mail[target].isEmpty {
            let items = mail[target]
            mail[target].removeAll(keepingCapacity: true)
            let shard = house.shards[target]
            shard.loop.execute { shard.assumeIsolated { $0.take(items) } }
        }
        for outlet in outlets.takeDirty() { outlet.flush(on: self) }
    }

    private func take(_ items: [Mail]) {
        for item in items {
            switch item {
            case .envelope(let envelope): route(envelope)
            case .fan(let fan): deliver(fan, to: index)
            case .told(let templates, let address, let port): tell(templates, to: address, at: port)
            case .direct(let port, let bytes): write(bytes, to: port)
            case .completed(let port, let ticket): completed(ticket, at: port)
            case .work(let work): work(self)
            }
        }
        tick()
    }

    // MARK: The end

    /// Lets residents say goodbye: first the rooms, and when those are quiet, the accounts.
    public func shutDown(accounts: Bool) {
        for residence in order where (residence == .accounts) == accounts {
            residents[residence]?.shutDown(on: self)
        }
        tick()
    }

    /// Whether nothing on this shard waits to be written or told.
    public func isQuiet() -> Bool {
        !isFlushDue && lookUps == 0 && mail.allSatisfy(\.isEmpty)
            && residents.values.allSatisfy { $0.isQuiet(on: self) }
    }
}
