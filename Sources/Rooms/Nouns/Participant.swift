// Somebody the room knows, by bare JID.

public import XMPP

/// Somebody the room knows: outlives every seat, has one nick in all dialects (rule T-33).
public struct Participant: Sendable, Equatable {
    /// The stable id **P**.
    public let id: ParticipantID
    /// The bare JID.
    public let jid: JID
    /// The nick as its owner spells it.
    public internal(set) var nick: String
    /// The role of this visit, shared by all seats (MUC-345).
    public internal(set) var role: Role
}

/// Who did something, as it was at that moment: what an event says of a participant, readable for ever.
public struct Person: Sendable, Equatable {
    public let id: ParticipantID
    /// The real address: the full JID of the seat that acted or is shown, else the bare JID.
    public let jid: JID
    public let nick: String
    public let affiliation: Affiliation
    public let role: Role

    public init(id: ParticipantID, jid: JID, nick: String, affiliation: Affiliation, role: Role) {
        self.id = id
        self.jid = jid
        self.nick = nick
        self.affiliation = affiliation
        self.role = role
    }

    func with(role: Role) -> Person {
        Person(id: id, jid: jid, nick: nick, affiliation: affiliation, role: role)
    }

    func with(nick: String) -> Person {
        Person(id: id, jid: jid, nick: nick, affiliation: affiliation, role: role)
    }
}
