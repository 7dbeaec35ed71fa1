// Somebody who joined a room and stays in it, online or not.

public import XMPP

/// Somebody who joined (XEP-0369 §7.1), by bare JID: durable, unlike a seat.
public struct Enrolment: Sendable, Equatable {
    /// The stable id **P**.
    public let id: ParticipantID
    /// The bare JID.
    public let jid: JID
    /// The nick, nil where the room lets people be without one.
    public var nick: String?
    public var topics: Topics
    public var preferences: Preferences
    /// What is spoken to places of this account that are not told apart: its own server, or clients that say nothing.
    public var dialect: DialectID
    /// The domain of the service under which it joined.
    public var domain: String
    /// False of somebody who only listens to nodes that are open to more than participants (XEP-0369 §7.1.2).
    public var isParticipant: Bool

    public init(
        id: ParticipantID, jid: JID, nick: String?, topics: Topics, preferences: Preferences = Preferences(),
        dialect: DialectID, domain: String, isParticipant: Bool = true
    ) {
        self.id = id
        self.jid = jid
        self.nick = nick
        self.topics = topics
        self.preferences = preferences
        self.dialect = dialect
        self.domain = domain
        self.isParticipant = isParticipant
    }
}
