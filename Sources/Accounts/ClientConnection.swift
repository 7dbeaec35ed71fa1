// One client: its stream machine, its session once it has one, and the wire below.

public import DialectKit
public import Host
import Logging
import Storage
public import Streams
import XML
import XMPP

/// One client's connection. Does what the stream machine says, hands stanzas to the session, and is the outlet to which
/// rooms and accounts deliver. Confined to its shard.
public final class ClientConnection: Outlet {
    private let stream: ClientStream
    private let transport: any Transport
    let hall: AccountHall
    private(set) var port: Port?
    private(set) var session: Session?
    /// Rises with every connection of the loop.
    private(set) var number: UInt64 = 0
    /// The resource that was asked for and is not ours yet.
    private var wanted: JID?
    /// Stanzas routed whose effect is not yet reported; below zero while one is routed that has its effect at once.
    private(set) var unanswered = 0
    private var isPaused = false
    private var isEnded = false
    /// When the connection came, and when something last came from or went to the client.
    private let opened: Moment
    private var lastHeard: Moment
    private var lastTold: Moment
    private var isAsked = false
    private var registrations = 0

    public init(
        _ transport: any Transport, _ configuration: ClientStreamConfiguration, isLoopback: Bool, hall: AccountHall,
        on shard: isolated Shard
    ) {
        self.transport = transport
        self.hall = hall
        stream = ClientStream(
            configuration, isLoopback: isLoopback, pool: hall.parsers, entropy: shard.house.randomBytes)
        opened = shard.loop.now
        lastHeard = opened
        lastTold = opened
        let port = shard.openPort(for: self)
        self.port = port
        number = hall.opened(self, at: port)
    }

    // MARK: From the wire

    public func received(_ bytes: [UInt8], on shard: isolated Shard) {
        lastHeard = shard.loop.now
        isAsked = false
        act(stream.received(bytes), on: shard)
    }

    public func secured(_ tls: TLSFacts, on shard: isolated Shard) {
        act(stream.secured(tls), on: shard)
    }

    /// The wire is gone, for the given reason in words.
    public func ended(_ reason: String, on shard: isolated Shard) {
        guard !isEnded else { return }
        isEnded = true
        _ = stream.closedByPeer()
        end(reason, on: shard)
    }

    // MARK: What the machine says

    private func act(_ actions: [StreamAction], on shard: isolated Shard) {
        for action in actions {
            switch action {
            case .send(let bytes):
                transport.write(bytes)
                touch(on: shard)
            case .startTLS: transport.startTLS()
            case .findCredentials(let username): findCredentials(username, on: shard)
            case .derive(let derivation): derive(derivation, on: shard)
            case .authenticated(let jid):
                shard.house.log.debug("authenticated", metadata: ["account": "\(jid)"])
            case .bind(let resource): bind(resource, on: shard)
            case .preAuthStanza(let stanza): register(stanza, on: shard)
            case .stanza(let stanza): take(stanza, on: shard)
            case .malformedStanza(let element, let fault): answer(element, fault, on: shard)
            case .close: close(on: shard)
            }
        }
    }

    private func touch(on shard: isolated Shard) {
        if let port { shard.write([], to: port) }
    }

    /// The stream is over; a client that said so itself is given no reason.
    private func close(on shard: isolated Shard) {
        let reason = stream.ending.map { $0.text ?? "stream error: \($0.condition.rawValue)" }
        isEnded = true
        transport.flush()
        transport.close()
        end(reason, on: shard)
    }

    private func end(_ reason: String?, on shard: isolated Shard) {
        session?.end(reason, on: shard)
        session = nil
        if let port {
            if let wanted { Session(wanted, port: port, limits: hall.setup.limits).end(reason, on: shard) }
            wanted = nil
            hall.closed(port)
            shard.closePort(port)
        }
        port = nil
    }

    /// Runs `work` on this connection later, if it is still there: the way back from a store or another loop.
    private static func resume(
        _ port: Port?, _ house: House, _ work: @escaping @Sendable (ClientConnection, isolated Shard) -> Void
    ) {
        guard let port else { return }
        let shard = house.shards[Int(port.shard)]
        shard.loop.execute {
            shard.assumeIsolated { shard in
                if let connection = shard.outlet(at: port) as? ClientConnection { work(connection, shard) }
            }
        }
    }

    // MARK: Logging in

    private func findCredentials(_ username: String, on shard: isolated Shard) {
        let (port, house) = (port, shard.house)
        house.store.account(named: username) { found in
            Self.resume(port, house) { connection, shard in
                switch found {
                case .success(let record):
                    let credentials = record.map { Streams.Credentials($0.credentials) }
                    connection.act(connection.stream.found(credentials), on: shard)
                case .failure(let fault):
                    house.log.error("an account cannot be read", metadata: ["reason": "\(fault)"])
                    connection.act(connection.stream.authenticationFailed(), on: shard)
                }
            }
        }
    }

    private func derive(_ derivation: KeyDerivation, on shard: isolated Shard) {
        let (port, house) = (port, shard.house)
        hall.setup.offload {
            let keys = try? derivation.keys()
            Self.resume(port, house) { connection, shard in
                let actions = keys.map { connection.stream.derived($0) } ?? connection.stream.authenticationFailed()
                connection.act(actions, on: shard)
            }
        }
    }

    private func bind(_ resource: String?, on shard: isolated Shard) {
        guard let port, let account = stream.account else { return }
        let wanted = resource ?? Self.resource(from: shard.house.randomBytes(Self.resourceLetters))
        guard let jid = try? account.with(resource: wanted) else {
            return act(stream.bindRefused(StanzaError(.badRequest)), on: shard)
        }
        self.wanted = jid
        let house = shard.house
        shard.ask(house.shard(of: account)) { home in
            guard let hall = home.accountHall else { return }
            let opening = AccountLoop.Opening(jid: jid, port: port) { error in
                Self.resume(port, house) { connection, shard in connection.bound(jid, error, on: shard) }
            }
            hall.account(account, on: home).post(.opening(opening), on: home)
        }
    }

    private func bound(_ jid: JID, _ error: StanzaError?, on shard: isolated Shard) {
        wanted = nil
        if let error { return act(stream.bindRefused(error), on: shard) }
        guard let port else { return }
        session = Session(jid, port: port, limits: hall.setup.limits)
        act(stream.bound(jid), on: shard)
    }

    /// Letters of a resource of the server's making, of five bits each.
    private static let resourceLetters = 20

    /// A resource of the server's making: unpredictable, and easy on the eye.
    private static func resource(from bytes: [UInt8]) -> String {
        let letters = Array("abcdefghijkmnpqrstuvwxyz23456789".utf8)
        return String(decoding: bytes.map { letters[Int($0) % letters.count] }, as: UTF8.self)
    }

    // MARK: Stanzas

    private func take(_ stanza: Stanza, on shard: isolated Shard) {
        guard let session else { return }
        let owed = session.send(stanza, on: shard)
        unanswered += owed
        if unanswered >= shard.house.limits.unansweredChanges, !isPaused {
            isPaused = true
            transport.pauseReading()
        }
    }

    private func answer(_ element: Element, _ fault: StanzaFault, on shard: isolated Shard) {
        guard var answer = fault.answer(to: element) else { return }
        answer.to = stream.boundJID
        transport.write(answer.bytes)
        touch(on: shard)
    }

    private func register(_ stanza: Stanza, on shard: isolated Shard) {
        let (port, house) = (port, shard.house)
        registrations += stanza.type == .set ? 1 : 0
        let isAllowed = registrations <= hall.setup.limits.registrationsPerConnection
        Registration(hall.setup).answer(stranger: stanza, isAllowed: isAllowed, on: shard) { answer in
            Self.resume(port, house) { connection, shard in
                if stanza.type == .set, answer.type == .error { connection.registrations -= 1 }
                connection.transport.write(answer.bytes)
                connection.touch(on: shard)
            }
        }
    }

    // MARK: Outlet

    public func write(_ template: Template, to address: AddressHole, on shard: isolated Shard) {
        transport.write(template, to: address)
    }

    public func write(_ bytes: [UInt8], on shard: isolated Shard) {
        if !bytes.isEmpty { transport.write(bytes) }
    }

    public func completed(_ count: Int, on shard: isolated Shard) {
        unanswered -= count
        guard isPaused, unanswered < shard.house.limits.unansweredChanges else { return }
        isPaused = false
        transport.resumeReading()
    }

    public func flush(on shard: isolated Shard) {
        lastTold = shard.loop.now
        transport.flush()
    }

    // MARK: The house's side

    /// Another client took this resource (RFC 6120 §7.7.2.2).
    func replaced(on shard: isolated Shard) {
        act(stream.shutDown(StreamError(.conflict, "another client took this resource")), on: shard)
    }

    /// The stream is ended with an error, or without one.
    func shutDown(_ error: StreamError?, on shard: isolated Shard) {
        act(stream.shutDown(error), on: shard)
    }

    /// Looks after a connection that is too slow or too silent.
    func sweep(on shard: isolated Shard) {
        let (now, limits) = (shard.loop.now, hall.setup.limits)
        guard session != nil else {
            if now - opened >= .seconds(limits.negotiationSeconds) { act(stream.timedOut(), on: shard) }
            return
        }
        if now - lastHeard >= .seconds(limits.silenceSeconds) {
            if isAsked, now - lastHeard >= .seconds(limits.silenceSeconds + limits.negotiationSeconds) {
                return act(stream.timedOut(), on: shard)
            }
            if !isAsked, let jid = stream.boundJID {
                isAsked = true
                let ping = Element("ping", NS.ping)
                let domain = try? JID(local: nil, domain: hall.setup.domain, resource: nil)
                let request = Stanza(kind: .iq, type: .get, id: "alive", from: domain, to: jid, payload: [ping])
                transport.write(request.bytes)
                touch(on: shard)
            }
        } else if now - lastTold >= .seconds(limits.keepaliveSeconds) {
            transport.write([UInt8(ascii: " ")])
            touch(on: shard)
        }
    }
}
