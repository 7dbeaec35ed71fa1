// The presence of somebody in a room as XEP-0045 writes it, shared by the dialects that show people by presence.

public import Rooms
public import XML
public import XMPP

/// A presence that a room sends from an occupant's address: what the occupant said of itself, then what the room says
/// of it (XEP-0045 §7.2.2, §17.3).
public struct OccupantPresence: Sendable {
    /// The occupant's address, `room@service/nick`.
    public var from: String
    /// Whether the occupant is there; false is `type='unavailable'`.
    public var isAvailable: Bool
    /// The id of the presence that this one answers.
    public var id: String?
    /// What the occupant said of itself.
    public var payload: [Element]
    /// Rank and perhaps real address; nil leaves out everything the room says.
    public var item: Item?
    /// The end of the room, inside what the room says (XEP-0045 §10.9).
    public var destruction: Destruction?
    /// Status codes; they are written in rising order.
    public var statuses: Set<StatusCode>
    /// The stable id of the occupant (XEP-0421).
    public var occupantID: ParticipantID?

    public init(from: String, isAvailable: Bool = true, payload: [Element] = []) {
        self.from = from
        self.isAvailable = isAvailable
        self.payload = payload
        statuses = []
    }

    /// The presence, with a hole for the address.
    public var template: Template {
        Template(.presence) { writer in
            writer.attribute("from", from)
            if let id { writer.attribute("id", id) }
            if !isAvailable { writer.attribute("type", StanzaType.unavailable.rawValue) }
            for child in payload { writer.element(child) }
            if let item { write(item, into: &writer) }
            if let occupantID { writer.occupantID(occupantID) }
        }
    }

    private func write(_ item: Item, into writer: inout XMLWriter) {
        writer.open("x", NS.mucUser)
        item.write(into: &writer)
        if let destruction { Self.write(destruction, into: &writer) }
        writer.statuses(statuses)
        writer.close()
    }

    private static func write(_ destruction: Destruction, into writer: inout XMLWriter) {
        writer.open("destroy", NS.mucUser)
        if let alternate = destruction.alternate { writer.attribute("jid", alternate.description) }
        if let password = destruction.password {
            writer.open("password", NS.mucUser)
            writer.text(password)
            writer.close()
        }
        if let reason = destruction.reason {
            writer.open("reason", NS.mucUser)
            writer.text(reason)
            writer.close()
        }
        writer.close()
    }
}

extension OccupantPresence {
    /// The one `<item/>` of such a presence.
    public struct Item: Sendable, Equatable {
        public var affiliation: Affiliation
        public var role: Role
        /// The real address, for readers who may see it.
        public var jid: JID?
        /// The new nick, where the old one goes (status 303).
        public var nick: String?
        /// The nick of whoever acted.
        public var actorNick: String?
        /// The bare JID of whoever acted, for readers who may see it.
        public var actorJID: JID?
        public var reason: String?

        public init(affiliation: Affiliation, role: Role, jid: JID? = nil, nick: String? = nil) {
            self.affiliation = affiliation
            self.role = role
            self.jid = jid
            self.nick = nick
        }

        /// What a reader is told of `person`.
        public init(_ person: Person, role: Role? = nil, showsJID: Bool) {
            self.init(
                affiliation: person.affiliation, role: role ?? person.role, jid: showsJID ? person.jid : nil)
        }

        /// Writes the element into an open muc#user element.
        public func write(into writer: inout XMLWriter) {
            writer.open("item", NS.mucUser)
            writer.attribute("affiliation", affiliation.token)
            if let jid { writer.attribute("jid", jid.description) }
            if let nick { writer.attribute("nick", nick) }
            writer.attribute("role", role.token)
            if actorNick != nil || actorJID != nil {
                writer.open("actor", NS.mucUser)
                if let actorJID { writer.attribute("jid", actorJID.description) }
                if let actorNick { writer.attribute("nick", actorNick) }
                writer.close()
            }
            if let reason {
                writer.open("reason", NS.mucUser)
                writer.text(reason)
                writer.close()
            }
            writer.close()
        }
    }
}
