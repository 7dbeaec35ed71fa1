// One place where a participant listens.

public import XML
public import XMPP

/// One place where a participant listens: an address, the dialect it speaks and its last presence. Never durable.
public struct Seat: Sendable, Equatable {
    /// How somebody came to sit here.
    public enum Kind: Sendable {
        /// By entering: present as long as the seat is taken.
        case visit
        /// As one who joined: hears what it subscribed to, present or not.
        case listener
        /// Present, and heard for by the account's own server, which listens elsewhere.
        case shadow
    }

    public let id: SeatID
    public let participant: ParticipantID
    /// The full JID that entered; the bare one where an account's own server listens for all its clients.
    public let address: JID
    /// The domain of the service under which this seat knows the room.
    public let domain: String
    public internal(set) var dialect: DialectID
    public internal(set) var presence: SeatPresence
    /// The language of the entering presence, for words the room makes itself (GC-053).
    public let language: String?
    public var kind = Kind.visit
    /// Somebody is available there.
    public internal(set) var isPresent = true

    /// Whether the room tells anything there.
    public var listens: Bool { kind != .shadow }
}

/// What a seat last said of its availability.
public struct SeatPresence: Sendable, Equatable {
    /// Children of the presence, already freed of what only a room may assert.
    public var payload: [Element]
    /// RFC 6121 §4.7.2.3: -128…127.
    public var priority: Int8
    /// Rises with every presence of the room: of two equal priorities the later one is shown.
    public internal(set) var order: UInt64

    public init(payload: [Element], priority: Int8 = 0) {
        self.payload = payload
        self.priority = priority
        order = 0
    }
}
