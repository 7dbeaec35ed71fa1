// Where an account of another server is told what a channel says, as far as nobody would say it again.

public import XMPP

/// Where an account of another server hears (rule X-15): durable, unlike the seats there (decision 0034).
public struct Places: Sendable, Equatable {
    /// What is known of its bare JID.
    public enum Account: UInt8, Sendable, CaseIterable {
        /// Its server asked for it, and passes on to its clients what it hears.
        case passesOn = 0
        /// Nobody knows: it is told there while no client of it is known.
        case unknown = 1
        /// Its server gave back what was said there (RFC 6121 §8.5.2.1.1; MIXC-517).
        case refuses = 2
    }

    /// A client that asked for itself.
    public struct Client: Sendable, Equatable {
        /// The full JID.
        public let address: JID
        public internal(set) var dialect: DialectID
    }

    public internal(set) var account = Account.passesOn
    /// Clients that are told without having to be available, in the order in which they came. Whoever is available
    /// says so again when the service starts, and keeps the room in memory until then.
    public internal(set) var clients: [Client] = []

    func client(at address: JID) -> Client? { clients.first { $0.address == address } }
}

extension Event {
    /// What is known of where an account of another server hears.
    public struct Placing: Sendable, Equatable {
        public let stamp: Stamp
        public let id: ParticipantID
        public let places: Places
    }
}
