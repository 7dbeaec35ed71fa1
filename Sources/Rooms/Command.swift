// What somebody may ask a room to change.

public import XML
public import XMPP

/// What somebody asks to change. `Room.decide` answers with events or a `Refusal`.
public enum Command: Sendable {
    case enter(Entry)
    /// Makes the room, open and persistent, without entering it (SIG-022), with these settings besides the defaults.
    case found(by: Requester, with: [Setting: SettingValue] = [:])
    /// Joining for good, and what follows from it.
    case membership(Membership)
    /// Takes back something that was said.
    case retract(RetractionWish)
    /// Nodes of the room's own, and what is published in them.
    case library(Library)
    case resync(SeatID, dialect: DialectID, history: HistoryRequest, presence: SeatPresence, answering: String?)
    case updatePresence(SeatID, SeatPresence)
    case rename(SeatID, nick: String)
    case leave(SeatID, payload: [Element])
    /// A seat is gone without having said so (XEP-0045 §18.1.2); the text says how that is known.
    case remove(SeatID, because: String)
    case say(SeatID, Utterance)
    case whisper(SeatID, to: ParticipantID, Utterance)
    case setSubject(SeatID, Utterance)
    case setRoles([RoleChange], by: Requester)
    case setAffiliations([AffiliationChange], by: Requester)
    /// Takes everybody off the list of those with this affiliation, by one act (XEP-0060 §8.5).
    case clearAffiliations(Affiliation, by: Requester)
    /// Asks the moderators for voice (XEP-0045 §7.13).
    case requestVoice(SeatID)
    /// What a moderator answers to whoever asked from this address (XEP-0045 §8.6).
    case answerVoiceRequest(of: JID, grants: Bool, by: Requester)
    /// Has a nick kept for the requester, who may become a member by it (XEP-0045 §7.10); an empty one: the room makes
    /// it.
    case register(nick: String, by: Requester)
    /// What an admin answers to whoever asked to be registered (XEP-0045 §9.9).
    case answerRegistration(of: JID, grants: Bool, by: Requester)
    /// Gives that nick back, and a membership that came with it.
    case unregister(by: Requester)
    case invite(Invitation, by: Requester)
    case decline(Decline, by: JID)
    /// Something that the room carried to this address came back with an error.
    case giveBack(id: String, from: JID, isInvitation: Bool, StanzaError)
    case configure(Configuration, by: Requester)
    /// Gives up a room whose configuration was never accepted (XEP-0045 §10.1.3).
    case abandon(by: Requester)
    case destroy(Destruction, by: Requester)
    /// The time of `Room.nextDeadline` has come.
    case deadlineReached
    /// The service goes down (XEP-0045 §11.2).
    case shutDown
}

/// Who asks: a bare or full JID, and the seat if the stanza came from one.
public struct Requester: Sendable, Equatable {
    public var jid: JID
    public var seat: SeatID?
    /// The operator of the server, who stands above every rank.
    public var isOperator: Bool

    public init(jid: JID, seat: SeatID? = nil, isOperator: Bool = false) {
        self.jid = jid
        self.seat = seat
        self.isOperator = isOperator
    }
}

/// The wish to take a seat.
public struct Entry: Sendable {
    /// What to do when a participant who holds a nick asks for another one with a further seat (rules T-16, T-33).
    public enum NickTolerance: Sendable { case orHeld, exactly }

    /// What entering a room that is not there means.
    public enum Creation: Sendable { case locked, open, never }

    public var address: JID
    public var domain: String
    public var dialect: DialectID
    public var nick: String
    public var tolerance: NickTolerance
    public var creation: Creation
    public var password: String?
    public var presence: SeatPresence
    public var language: String?
    public var history: HistoryRequest
    /// Feature names this reader is known to support, for rooms that require some (XEP-0007; GC-023).
    public var features: [String]
    /// The id of the entering stanza, kept in the reader's own copy (MUC-092).
    public var answering: String?

    public init(
        address: JID, domain: String, dialect: DialectID, nick: String, tolerance: NickTolerance, creation: Creation,
        password: String? = nil, presence: SeatPresence = SeatPresence(payload: []), language: String? = nil,
        history: HistoryRequest = HistoryRequest(), features: [String] = [], answering: String? = nil
    ) {
        self.address = address
        self.domain = domain
        self.dialect = dialect
        self.nick = nick
        self.tolerance = tolerance
        self.creation = creation
        self.password = password
        self.presence = presence
        self.language = language
        self.history = history
        self.features = features
        self.answering = answering
    }
}

/// How much of the past a newcomer asks for (XEP-0045 §7.2.14): all given limits hold together.
public struct HistoryRequest: Sendable, Equatable {
    /// Characters of the complete stanzas, as sent.
    public var characters: Int?
    /// Number of stanzas.
    public var stanzas: Int?
    /// Not older than so many seconds.
    public var seconds: Int?
    /// Not older than this moment.
    public var since: Moment?

    public init(characters: Int? = nil, stanzas: Int? = nil, seconds: Int? = nil, since: Moment? = nil) {
        self.characters = characters
        self.stanzas = stanzas
        self.seconds = seconds
        self.since = since
    }
}

/// Something said: the sender's id and all children, freed of what only a room may assert (rule T-34).
public struct Utterance: Sendable, Equatable {
    public var id: String?
    public var type: StanzaType
    public var language: String?
    public var payload: [Element]
    /// The client that speaks, where its account's server listens for it; nil: the one that sits there.
    public var sender: JID?
    /// The one client of several that a private message is for, by its opaque resource (rule X-05).
    public var target: String?

    public init(id: String?, type: StanzaType, language: String? = nil, payload: [Element], sender: JID? = nil) {
        self.id = id
        self.type = type
        self.language = language
        self.payload = payload
        self.sender = sender
    }
}

/// A role asked for somebody present, by nick (XEP-0045 §8).
public struct RoleChange: Sendable, Equatable {
    public var nick: String
    public var role: Role
    public var reason: String?

    public init(nick: String, role: Role, reason: String? = nil) {
        self.nick = nick
        self.role = role
        self.reason = reason
    }
}

/// An affiliation asked for a bare JID or a domain, or for the bare JID of a present occupant (XEP-0045 §9).
public struct AffiliationChange: Sendable, Equatable {
    /// Whom: by address, or as the one present under a nick.
    public enum Target: Sendable, Equatable { case jid(JID), nick(String) }

    public var target: Target
    public var affiliation: Affiliation
    /// The nick to reserve; empty clears a reservation; nil leaves it.
    public var nick: String?
    public var reason: String?

    public init(target: Target, affiliation: Affiliation, nick: String? = nil, reason: String? = nil) {
        self.target = target
        self.affiliation = affiliation
        self.nick = nick
        self.reason = reason
    }
}

/// A mediated invitation (XEP-0045 §7.8.2).
public struct Invitation: Sendable, Equatable {
    public var invitees: [JID]
    public var reason: String?
    /// The child `<continue/>`, carried as it is.
    public var continuation: Element?
    public var id: String?

    public init(invitees: [JID], reason: String? = nil, continuation: Element? = nil, id: String? = nil) {
        self.invitees = invitees
        self.reason = reason
        self.continuation = continuation
        self.id = id
    }
}

/// The answer "no" to a mediated invitation (XEP-0045 §7.8.2 example 58).
public struct Decline: Sendable, Equatable {
    /// The inviter: by address, or as the one present under a nick.
    public enum Target: Sendable, Equatable { case jid(JID), nick(String) }

    public var target: Target
    public var reason: String?
    public var id: String?

    public init(target: Target, reason: String? = nil, id: String? = nil) {
        self.target = target
        self.reason = reason
        self.id = id
    }
}

/// A submitted configuration: only what is named changes.
public struct Configuration: Sendable, Equatable {
    public var settings: [Setting: SettingValue]
    /// The full list of owners, if given (MUC-313).
    public var owners: [JID]?
    /// The full list of admins, if given.
    public var admins: [JID]?
    /// The node of a list comes or goes, which is for those to say who keep the list (XEP-0406 §2.1).
    public var isOfLists: Bool
    /// It is the node of rights that is written, which is for whom the channel says (0.2.1 §3.6.7).
    public var isOfRights = false

    public init(
        settings: [Setting: SettingValue] = [:], owners: [JID]? = nil, admins: [JID]? = nil, isOfLists: Bool = false
    ) {
        self.settings = settings
        self.owners = owners
        self.admins = admins
        self.isOfLists = isOfLists
    }
}

/// The end of a room (XEP-0045 §10.9).
public struct Destruction: Sendable, Equatable {
    public var alternate: JID?
    public var password: String?
    public var reason: String?

    public init(alternate: JID? = nil, password: String? = nil, reason: String? = nil) {
        self.alternate = alternate
        self.password = password
        self.reason = reason
    }
}
