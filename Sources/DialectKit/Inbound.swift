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
    /// The participant whom the sender addressed by a proxy address of the room (rule X-05).
    public let proxy: ParticipantID?
    /// What the service is, under all its domains.
    public let service: ServiceFacts
    /// The sender's seat, filled in by the room's loop when the stanza's turn comes.
    public var seat: Seat?
    /// Features the sender's client is known to have; nil: unknown (XEP-0115 caps that nobody resolved).
    public let features: [String]?
    /// A client of this server sent it itself: its account does not speak for it.
    public var isFromClient = true
    /// What the sender's client is known to speak to channels; nil: nothing is known of it.
    public var tongue: DialectID?
    /// The domains of this house's accounts; nil: no account is known to be on another server.
    public var homes: Set<String>?
    /// The clients that will listen if this joins.
    public let listeners: [Command.Joining.Listening]

    /// - Precondition: `stanza.from` and `stanza.to` are set and `to` has a local part.
    public init(
        _ stanza: Stanza, from: JID, to: JID, service: ServiceFacts, features: [String]? = nil,
        listeners: [Command.Joining.Listening] = []
    ) {
        self.stanza = stanza
        self.from = from
        let address = Self.split(to, service)
        room = address.room
        proxy = address.participant
        nick = to.resource
        self.listeners = listeners
        self.service = service
        self.features = features
    }

    /// Only where a channel is spoken of has a local part two halves; elsewhere it is the room's whole name.
    private static func split(_ to: JID, _ service: ServiceFacts) -> (room: JID, participant: ParticipantID?) {
        guard let local = to.local, service.hasChannels(at: to.domain) else { return (to.bare, nil) }
        let (name, participant) = ProxyName.split(local)
        guard let participant, let room = try? JID(local: name, domain: to.domain, resource: nil) else {
            return (to.bare, nil)
        }
        return (room, participant)
    }

    /// The domain under which the sender speaks to the room.
    public var domain: String { room.domain }

    /// The sender's account is on another server.
    public var isFromElsewhere: Bool { homes.map { !$0.contains(from.domain) } ?? false }

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

    /// Whether rooms are channels under a domain, with addresses of their participants (rule X-05).
    public func hasChannels(at domain: String) -> Bool {
        domains.contains { face in face.name == domain && face.dialects.contains { $0.text.hasPrefix("mix") } }
    }

    /// The name of the room that an address leads to.
    public func room(at address: JID) -> String? {
        address.local.map { hasChannels(at: address.domain) ? ProxyName.split($0).room : $0 }
    }

    /// The first domain where one of these is spoken: the mirror of the others (XEP-0408 §2).
    public func mirror(speaking dialects: Set<String>, notAt domain: String) -> String? {
        domains.first { face in face.name != domain && face.dialects.contains { dialects.contains($0.text) } }?.name
    }

    /// Whether rooms are known under this domain.
    public func isOwn(_ domain: String) -> Bool { domains.contains { $0.name == domain } }

    /// Whether `jid` is an address of the room with this local part, under any domain.
    public func isAddress(_ jid: JID, ofRoom local: String) -> Bool {
        jid.local == local && domains.contains { $0.name == jid.domain }
    }
}
