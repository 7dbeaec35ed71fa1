// Groupchat 1.0: the way of 1999, where entering is a presence and everything else is words.

public import DialectKit
public import Rooms
public import XMPP

/// Groupchat 1.0 (XEP-0045 §7.2.18; XEP-0007): presence to `room/nick` enters, unavailable presence leaves, and what
/// such a client cannot read as XML it is told in words.
public struct GroupchatDialect: Dialect {
    /// The name of this dialect in configurations and seats.
    public static let id = DialectID("groupchat")

    public var id: DialectID { Self.id }
    /// What the service does with a presence that may be an entry; a room may choose otherwise.
    private let policy: JoinPolicy

    public init(policy: JoinPolicy = .auto) { self.policy = policy }

    // There never was a feature name in disco for this dialect (GC-009).
    public func face(of service: ServiceFacts, for asker: ServiceAsker) -> DiscoFace { Self.conference(service.title) }
    public func face(of room: Room, for inbound: Inbound) -> DiscoFace {
        Self.conference(room.settings.title.isEmpty ? room.name.local : room.settings.title)
    }
    public func register(in table: inout HandlerTable) {}

    private static func conference(_ name: String) -> DiscoFace {
        DiscoFace(identities: [DiscoInfo.Identity(category: "conference", type: "text", name: name)])
    }

    // MARK: Reading

    public func claim(_ inbound: Inbound, in room: Room) -> Claim {
        switch inbound.stanza.kind {
        case .presence: isEntry(inbound) ? .perhaps : .no
        case .iq: BrowseReader.isBrowse(inbound) ? .surely : .no
        case .message: .no
        }
    }

    /// Available presence to `room/nick` from an address that has no seat, without the mark of a younger dialect.
    private func isEntry(_ inbound: Inbound) -> Bool {
        inbound.seat == nil && inbound.stanza.type == .available && inbound.nick != nil
            && inbound.stanza.child("x", NS.muc) == nil
    }

    public func read(_ inbound: Inbound, in room: Room, now: Moment) throws(StanzaError) -> Intent {
        switch inbound.stanza.kind {
        case .presence:
            let policy = policy.inForce(in: room)
            return try PresenceReader(inbound: inbound, room: room, policy: policy, now: now).read()
        case .message: return try MessageReader(inbound: inbound, room: room).read()
        case .iq:
            guard BrowseReader.isBrowse(inbound) else {
                return try OccupantRequestReader(inbound: inbound, room: room).read()
            }
            return try BrowseReader(inbound: inbound, room: room, policy: policy.inForce(in: room)).read()
        }
    }

    public func refusal(_ refusal: Refusal, answering inbound: Inbound, in room: Room) -> Stanza? {
        guard inbound.stanza.isAnswerable else { return nil }
        // a service that makes no rooms for anybody has none of that name (GC-027)
        var error = refusal == .creationNotOffered ? StanzaError(.itemNotFound) : StanzaError(refusing: refusal)
        error.by = inbound.room
        return inbound.stanza.error(error)
    }

    // MARK: Writing

    public func facets(of event: Event, in room: Room) -> Facets {
        let sight: Facets = room.settings.groupchatWithoutRanks ? [] : .sight
        switch event {
        case .conversation(.said), .conversation(.whispered), .conversation(.invited), .conversation(.returned),
            .conversation(.voiceRequested), .conversation(.registrationRequested), .conversation(.retracted),
            .membership,
            .library:
            return []
        case .conversation(.subjectChanged), .conversation(.declined), .governance(.configured): return .language
        case .attendance(.presenceChanged): return sight.union(.relation)
        case .attendance, .governance, .lifecycle: return sight.union([.relation, .language])
        }
    }

    public func write(_ event: Event, in room: Room, for view: View) -> [Template] {
        EventWriter(room: room, view: view).write(event)
    }

    public func presence(of id: ParticipantID, in room: Room, for view: View) -> Template? {
        EventWriter(room: room, view: view).shown(id)
    }

    public func welcome(_ arrival: Event.Arrival, in room: Room, for view: View, others: [Template]) -> [Template] {
        EventWriter(room: room, view: view).welcome(arrival, others: others)
    }

    public func address(of person: Person, in room: Room, domain: String) -> JID? {
        try? JID(local: room.name.local, domain: domain, resource: person.nick)
    }

    public func language(for tag: String?, in room: Room) -> String {
        Phrasebook.best(for: [tag, room.settings.language]).language
    }
}
