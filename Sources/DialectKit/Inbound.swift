// A stanza on its way to a room, with what its reader may know of where it came from.

public import Rooms
public import XMPP

/// A stanza addressed to a room or one of its occupants.
public struct Inbound: Sendable {
    public let stanza: Stanza
    /// The real address of the sender: the full JID of a client, or a bare JID.
    public let from: JID
    /// The room's address as the sender wrote it, without resource.
    public let room: JID
    /// The resource the sender wrote: usually a nick.
    public let nick: String?
    /// What the service is, under all its domains.
    public let service: ServiceFacts
    /// The sender's seat, filled in by the room's loop when the stanza's turn comes.
    public var seat: Seat?
    /// Features the sender's client is known to have; nil: unknown (XEP-0115 caps that nobody resolved).
    public let features: [String]?

    /// - Precondition: `stanza.from` and `stanza.to` are set and `stanza.to` has a local part.
    public init(_ stanza: Stanza, from: JID, to: JID, service: ServiceFacts, features: [String]? = nil) {
        self.stanza = stanza
        self.from = from
        room = to.bare
        nick = to.resource
        self.service = service
        self.features = features
    }

    /// The domain under which the sender speaks to the room.
    public var domain: String { room.domain }

    /// The requester this sender is to the room.
    public var requester: Requester { Requester(jid: from, seat: seat?.id) }
}

/// One service: its name and every domain under which its rooms are known, with the dialects spoken there.
public struct ServiceFacts: Sendable, Equatable {
    public let name: String
    /// The name for people, in disco.
    public let title: String
    public let domains: [Domain]

    /// A face of the service.
    public struct Domain: Sendable, Equatable {
        public let name: String
        public let dialects: [DialectID]

        public init(name: String, dialects: [DialectID]) {
            self.name = name
            self.dialects = dialects
        }
    }

    public init(name: String, title: String, domains: [Domain]) {
        self.name = name
        self.title = title
        self.domains = domains
    }

    /// Whether `jid` is an address of the room with this local part, under any domain.
    public func isAddress(_ jid: JID, ofRoom local: String) -> Bool {
        jid.local == local && domains.contains { $0.name == jid.domain }
    }
}
