// What somebody may ask who joins a room for good, or has joined.

public import XML
public import XMPP

extension Command {
    /// Requests about a membership (XEP-0369 §7.1).
    public enum Membership: Sendable {
        case join(Joining)
        case leave(JID)
        /// Subscriptions that are added and taken back.
        case subscribe(JID, add: Topics, remove: Topics, dialect: DialectID, domain: String)
        case prefer(JID, Preferences)
        /// Another nick; nil: one that the room makes.
        case rename(JID, nick: String?)
        /// A client of a participant listens from now on.
        case listen(JID, dialect: DialectID, domain: String, showsPresence: Bool)
        case deafen(JID)
        /// A client of a participant is available, or says something else of its availability. `seated` is where it
        /// is told; nil: its own server listens for it.
        case appear(JID, SeatPresence, dialect: DialectID, domain: String, isHeardFor: Bool)
        /// It is not available any more.
        case vanish(JID, payload: [Element])
        /// A participant is removed by an admin (rule mix-0.2.1 O-27).
        case expel(ParticipantID, by: Requester)
        /// An invitation is made for somebody, for the requester to pass on (XEP-0407 §6).
        case invite(JID, by: Requester)
        /// From what it says it is known which draft somebody speaks (rule X-03).
        case pin(JID, DialectID)
        /// Somebody who takes no part shows itself.
        case look(Glance)
    }

    /// Presence of somebody who takes no part.
    public struct Glance: Sendable {
        public var address: JID
        /// Nil: it is not available any more.
        public var presence: SeatPresence?
        /// What it calls itself.
        public var nick: String?
        public var dialect: DialectID
        public var domain: String

        public init(address: JID, presence: SeatPresence?, nick: String? = nil, dialect: DialectID, domain: String) {
            self.address = address
            self.presence = presence
            self.nick = nick
            self.dialect = dialect
            self.domain = domain
        }
    }

    /// The wish to join.
    public struct Joining: Sendable {
        /// Whoever asks: a full JID, or the bare one where the account asks for all its clients.
        public var address: JID
        public var domain: String
        public var dialect: DialectID
        /// The nodes asked for, in order; empty sets are nodes that nobody knows.
        public var asked: [Topics]
        public var nick: String?
        /// A nick is made where none is given (rule X-11).
        public var assignsNick: Bool
        public var preferences: Preferences?
        /// What an inviter was given for this invitee (XEP-0407 §6).
        public var invitation: ChannelInvitation?
        /// Clients that listen once this is done.
        public var listeners: [Listening]

        /// A client that will listen.
        public struct Listening: Sendable {
            public var address: JID
            public var dialect: DialectID
            public var showsPresence: Bool

            public init(address: JID, dialect: DialectID, showsPresence: Bool) {
                self.address = address
                self.dialect = dialect
                self.showsPresence = showsPresence
            }
        }

        public init(
            address: JID, domain: String, dialect: DialectID, asked: [Topics], nick: String? = nil,
            assignsNick: Bool = false, preferences: Preferences? = nil, invitation: ChannelInvitation? = nil,
            listeners: [Listening] = []
        ) {
            self.address = address
            self.domain = domain
            self.dialect = dialect
            self.asked = asked
            self.nick = nick
            self.assignsNick = assignsNick
            self.preferences = preferences
            self.invitation = invitation
            self.listeners = listeners
        }
    }
}
