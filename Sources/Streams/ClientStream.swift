// One client's stream as a machine without I/O: bytes and answers in, actions out (RFC 6120 §4–§8).

public import XML
public import XMPP

/// The server's end of a client-to-server stream.
///
/// Every input returns what is to be done about it, in order. While an answer of the owner is outstanding
/// (`.findCredentials`, `.derive`, `.bind`, `.resume`), what the client sends is kept, within a limit, and taken up
/// afterwards. Confined to the connection's loop.
public final class ClientStream {
    /// Where the stream stands. Only the reaction to the client depends on it.
    enum State {
        /// A stream header is expected: at the beginning, after TLS and after a login.
        case opening
        /// `<proceed/>` is sent; TLS is being set up and nothing may be read or written.
        case securing
        /// Features are sent; the client chooses.
        case negotiating
        /// A response to our SASL challenge is expected.
        case challenging(SASLExchange)
        /// The owner is looking up or deriving something for a login.
        case verifying(SASLExchange)
        /// The owner is finding a resource for this request.
        case binding(Stanza)
        /// The owner is looking for the session of this id.
        case resuming(String)
        /// The client has its full JID.
        case bound(JID)
        /// We have closed the stream, the client has not; `JID` if it was bound.
        case closing(JID?)
        /// It is over; inputs have no effect.
        case closed
    }

    /// What came from the client, in its order.
    enum Arrival {
        case token(StreamToken)
        case fault(XMLFault)
    }

    /// The settings of this stream.
    public let configuration: ClientStreamConfiguration
    let isLoopback: Bool
    let entropy: (Int) -> [UInt8]
    let parser: StreamParser
    var state = State.opening
    /// The TLS session, once there is one.
    public internal(set) var tls: TLSFacts?
    /// The account that has proved itself: a bare JID.
    public internal(set) var account: JID?
    /// The stream error that ended the stream, if one did.
    public internal(set) var ending: StreamError?
    /// `xml:lang` of the client's present stream header.
    var language: String?
    /// Whether our header of the present stream is written.
    var isAnswered = false
    /// Whether the rest of what is being parsed belongs to a stream that has ended.
    var isRestarting = false
    var held: [Arrival] = []
    var heldBytes = 0
    var bytesBeforeAuthentication = 0
    /// Whether stream management is on.
    var isManaged = false
    var failedLogins = 0
    var refusedBindings = 0
    /// What is returned by the input at work.
    var actions: [StreamAction] = []

    /// - Parameters:
    ///   - isLoopback: whether the peer's address is in 127/8 or ::1.
    ///   - pool: parsers shared by the streams of a loop.
    ///   - entropy: count of bytes → that many unpredictable bytes, for stream ids and nonces.
    public init(
        _ configuration: ClientStreamConfiguration, isLoopback: Bool = false, pool: ParserPool? = nil,
        entropy: @escaping (_ count: Int) -> [UInt8]
    ) {
        self.configuration = configuration
        self.isLoopback = isLoopback
        self.entropy = entropy
        parser = StreamParser(limits: configuration.limits.xml, pool: pool)
    }

    /// The client's full JID while it has one.
    public var boundJID: JID? {
        switch state {
        case .bound(let jid): jid
        case .closing(let jid): jid
        default: nil
        }
    }

    /// Whether `.close` has been returned.
    public var isClosed: Bool {
        if case .closed = state { true } else { false }
    }

    /// Whether an answer of the owner is outstanding.
    var isWaiting: Bool {
        switch state {
        case .verifying, .binding, .resuming: true
        default: false
        }
    }

    /// Bytes came from the client; after TLS is up, decrypted ones.
    public func received(_ bytes: [UInt8]) -> [StreamAction] {
        switch state {
        case .securing, .closed: return []
        default: break
        }
        guard count(bytes.count) else { return settled() }
        do throws(XMLFault) {
            try parser.feed(bytes) { take(.token($0)) }
        } catch {
            take(.fault(error))
        }
        return settled()
    }

    /// Counts what the client uses before it is let in, or while it should wait for us.
    private func count(_ bytes: Int) -> Bool {
        if account == nil {
            bytesBeforeAuthentication += bytes
            guard bytesBeforeAuthentication <= configuration.limits.bytesBeforeAuthentication else {
                fail(StreamError(.policyViolation, "over the limit bytesBeforeAuthentication"))
                return false
            }
        }
        if isWaiting {
            heldBytes += bytes
            guard heldBytes <= configuration.limits.bytesWhileWaiting else {
                fail(StreamError(.policyViolation, "over the limit bytesWhileWaiting"))
                return false
            }
        }
        return true
    }

    private func take(_ arrival: Arrival) {
        if isRestarting || isClosed { return }
        if isWaiting { held.append(arrival) } else { react(to: arrival) }
    }

    /// Takes up what was held as far as possible, and returns all that is to be done.
    func settled() -> [StreamAction] {
        if !isWaiting, !held.isEmpty {
            let arrivals = held
            held = []
            for arrival in arrivals { take(arrival) }
        }
        if !isWaiting { heldBytes = 0 }
        if isRestarting {
            held = []
            isRestarting = false
            parser.restart()
        }
        defer { actions = [] }
        return actions
    }

    /// One line a state: what the client sent, and who takes care of it.
    private func react(to arrival: Arrival) {
        switch arrival {
        case .fault(let fault): fail(StreamError(answering: fault))
        case .token(.opened(let header)): open(header)
        case .token(.closed): closedByClient()
        case .token(.stanza(let element)):
            switch state {
            case .negotiating where element.namespace == NS.streamManagement,
                // QXmpp 1.4 forgets the namespace here, and would not find its way back
                .negotiating where element.is("resume", NS.client),
                .bound where element.namespace == NS.streamManagement,
                .closing(.some) where element.namespace == NS.streamManagement:
                manage(element)
            case .negotiating where account == nil: negotiate(element)
            case .negotiating: expectBinding(element)
            case .bound(let jid), .closing(let jid?): pass(element, from: jid)
            case .challenging(let exchange): respond(element, in: exchange)
            case .opening, .securing, .verifying, .binding, .resuming, .closing(nil), .closed: break
            }
        }
    }

    /// Begins the stream anew on the same connection (RFC 6120 §4.3.3).
    func restart(as next: State) {
        state = next
        isRestarting = true
        isAnswered = false
        language = nil
    }

    /// Writes, unless our half of the stream is closed.
    func send(_ bytes: [UInt8]) {
        if case .closing = state { return }
        actions.append(.send(bytes))
    }

    func send(_ element: Element) { send(element.bytes(in: NS.client)) }
}
