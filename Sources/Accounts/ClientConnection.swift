// One client's connection: its stream machine, the wire below, and the session it carries once there is one.

public import DialectKit
public import Host
import Logging
import Storage
public import Streams
import XML
import XMPP

/// One client's connection. Does what the stream machine says and hands to the session what the client says. Rooms and
/// accounts deliver to the session; the connection's own port is the way back from stores and other loops, and where a
/// session of another loop writes. Confined to its shard.
public final class ClientConnection: Outlet {
    /// The session that this connection carries.
    enum Link {
        case here(Session)
        /// One of another loop.
        case there(Port)
    }

    private let stream: ClientStream
    let transport: any Transport
    let hall: AccountHall
    private(set) var port: Port?
    private var link: Link?
    /// Rises with every connection of the loop.
    private(set) var number: UInt64 = 0
    /// The session whose resource was asked for and is not ours yet.
    private var wanted: Session?
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

    /// The session that it carries, if that lives on this loop.
    var session: Session? {
        if case .here(let session)? = link { session } else { nil }
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
        end(.lost(reason), on: shard)
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
            case .resume(let id, let h): resume(id, h, on: shard)
            case .enableManagement(let resume, let seconds): enableManagement(resume, seconds, on: shard)
            case .acknowledgementRequested: hand(.acknowledgementRequested, on: shard)
            case .acknowledged(let h): hand(.acknowledged(h), on: shard)
            case .stanza(let stanza): hand(.stanza(stanza), on: shard)
            case .answered(let bytes): hand(.answered(bytes), on: shard)
            case .malformedStanza(let element, let fault): answer(element, fault, on: shard)
            case .close: close(on: shard)
            }
        }
    }

    private func touch(on shard: isolated Shard) {
        if let port { shard.write([], to: port) }
    }

    /// The stream is over; a client that said so itself is given no reason, and one that does not answer any more may
    /// come back.
    private func close(on shard: isolated Shard) {
        let reason = stream.ending.map { $0.text ?? "stream error: \($0.condition.rawValue)" }
        isEnded = true
        transport.flush()
        transport.close()
        if stream.ending?.condition == .connectionTimeout {
            end(.lost(reason ?? "timed out"), on: shard)
        } else {
            end(.closed(reason), on: shard)
        }
    }

    private func end(_ input: ClientInput, on shard: isolated Shard) {
        hand(input, on: shard)
        link = nil
        wanted?.take(input, from: port, on: shard)
        wanted = nil
        if let port {
            hall.closed(port)
            shard.closePort(port)
        }
        port = nil
    }

    /// Hands something to the session.
    private func hand(_ input: ClientInput, on shard: isolated Shard) {
        switch link {
        case .here(let session): session.take(input, from: port, on: shard)
        case .there(let session):
            let wire = port
            shard.ask(Int(session.shard)) { home in
                (home.outlet(at: session) as? Session)?.take(input, from: wire, on: home)
            }
        case nil: break
        }
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
        guard let account = stream.account else { return }
        let wish = resource ?? RandomWord.of(shard.house.randomBytes(Self.resourceLetters))
        guard let jid = try? account.with(resource: wish) else {
            return act(stream.bindRefused(StanzaError(.badRequest)), on: shard)
        }
        let session = Session(jid, on: self, transport, shard)
        guard let own = session.port else { return }
        wanted = session
        let (port, house) = (port, shard.house)
        shard.ask(house.shard(of: account)) { home in
            guard let hall = home.accountHall else { return }
            let opening = AccountLoop.Opening(jid: jid, port: own) { answer in
                Self.resume(port, house) { connection, shard in connection.bound(jid, answer, on: shard) }
            }
            hall.account(account, on: home).post(.opening(opening), on: home)
        }
    }

    private func bound(_ jid: JID, _ answer: Result<Blocklist, StanzaError>, on shard: isolated Shard) {
        guard let session = wanted else { return }
        wanted = nil
        switch answer {
        case .failure(let error):
            session.close(on: shard)
            act(stream.bindRefused(error), on: shard)
        case .success(let blocklist):
            session.blocklist = blocklist
            link = .here(session)
            act(stream.bound(jid), on: shard)
        }
    }

    /// Letters of a resource of the server's making, of five bits each.
    private static let resourceLetters = 20

    // MARK: Stream management

    private func enableManagement(_ resume: Bool, _ seconds: Int?, on shard: isolated Shard) {
        guard case .here(let session)? = link else { return }
        let resumption = session.enableManagement(resume: resume, seconds: seconds, on: shard)
        act(stream.managementEnabled(resumption), on: shard)
    }

    /// Looks for the session where its name says that it is.
    private func resume(_ id: String, _ h: UInt32, on shard: isolated Shard) {
        guard let port, let account = stream.account, let home = Session.shard(ofResumption: id, shard.house) else {
            return resumeRefused(.itemNotFound, nil, on: shard)
        }
        shard.ask(home) { home in
            guard let hall = home.accountHall else { return }
            if let session = hall.session(resumableBy: id, of: account) {
                return session.resume(at: port, h: h, on: home)
            }
            let handled = hall.endedSessions.handled(id, of: account)
            home.ask(Int(port.shard)) { shard in
                (shard.outlet(at: port) as? ClientConnection)?.resumeRefused(.itemNotFound, handled, on: shard)
            }
        }
    }

    func resumeRefused(_ condition: StanzaError.Condition, _ handled: UInt32?, on shard: isolated Shard) {
        act(stream.resumeRefused(condition, handled: handled), on: shard)
    }

    /// The client goes on here. What it has not handled is sent again behind the answer, and ahead of everything that
    /// follows from what the client has sent behind its request.
    func resumed(_ link: Link, _ jid: JID, _ handled: UInt32, on shard: isolated Shard) {
        self.link = link
        let actions = stream.resumed(jid, handled: handled)
        act(Array(actions.prefix(1)), on: shard)
        if case .here(let session) = link { session.resend(on: shard) }
        act(Array(actions.dropFirst()), on: shard)
    }

    // MARK: Stanzas

    private func answer(_ element: Element, _ fault: StanzaFault, on shard: isolated Shard) {
        guard var answer = fault.answer(to: element) else { return hand(.answered([]), on: shard) }
        answer.to = stream.boundJID
        guard link == nil else { return hand(.answered(answer.bytes), on: shard) }
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

    public func completed(_ ticket: UInt64, on shard: isolated Shard) {}

    public func flush(on shard: isolated Shard) {
        lastTold = shard.loop.now
        transport.flush()
    }

    // MARK: The house's side

    func pauseReading() { transport.pauseReading() }

    func resumeReading() { transport.resumeReading() }

    /// The session goes on without this connection, or ends: the stream ends with an error.
    func letGo(_ error: StreamError, on shard: isolated Shard) {
        link = nil
        wanted = nil
        act(stream.shutDown(error), on: shard)
    }

    /// The stream is ended with an error, or without one, and its session with it.
    func shutDown(_ error: StreamError?, on shard: isolated Shard) {
        act(stream.shutDown(error), on: shard)
    }

    /// Looks after a connection that is too slow or too silent.
    func sweep(on shard: isolated Shard) {
        let (now, limits) = (shard.loop.now, hall.setup.limits)
        guard link != nil else {
            if now - opened >= .seconds(limits.negotiationSeconds) { act(stream.timedOut(), on: shard) }
            return
        }
        if now - lastHeard >= .seconds(limits.silenceSeconds) {
            if isAsked, now - lastHeard >= .seconds(limits.silenceSeconds + limits.negotiationSeconds) {
                return act(stream.timedOut(), on: shard)
            }
            guard !isAsked else { return }
            isAsked = true
            hand(.silent, on: shard)
        } else if now - lastTold >= .seconds(limits.keepaliveSeconds) {
            transport.write([UInt8(ascii: " ")])
            touch(on: shard)
        }
    }
}
