// What happened in a room, told with everything a reader of any dialect, today or in ten years, needs to know of it.

public import XML
public import XMPP

/// What happened. Fat on purpose: nicks, ranks and payload are those of the moment; it can be rendered later (law 4).
public enum Event: Sendable, Equatable {
    case lifecycle(Lifecycle)
    case attendance(Attendance)
    case conversation(Conversation)
    case governance(Governance)
    case membership(Membership)
    case library(Library)

    /// Whether the event is written, noted or only told (law 3).
    public enum Durability: Sendable { case kept, noted, passing }

    /// The beginning, opening and end of the room.
    public enum Lifecycle: Sendable, Equatable {
        case created(Creation)
        case unlocked(Stamp)
        case destroyed(Ending)
        /// The service goes down; everybody is out, the room stays.
        case shutDown([Seat], nicks: [ParticipantID: String])
    }

    /// Coming, going and availability.
    public enum Attendance: Sendable, Equatable {
        case entered(Arrival)
        case resynced(Arrival)
        case presenceChanged(PresenceChange)
        case visibilityChanged(VisibilityChange)
        case renamed(Renaming)
        case left(Departure)
    }

    /// What is said.
    public enum Conversation: Sendable, Equatable {
        case said(Message)
        case subjectChanged(Message)
        /// A private message: told to its target, kept nowhere.
        case whispered(Whisper)
        case invited(InvitationSent)
        case declined(DeclineSent)
        /// A private message or an invitation came back.
        case returned(Returned)
        /// Somebody asks to be registered, and so to become a member.
        case registrationRequested(RegistrationRequest)
        /// Somebody without voice asks for it.
        case voiceRequested(VoiceRequest)
        /// What was said is taken back.
        case retracted(Retraction)
    }

    /// Ranks and rules.
    public enum Governance: Sendable, Equatable {
        case roleChanged(RankChange)
        case affiliationChanged(RankChange)
        case configured(Reconfiguration)
    }

    /// The room is no more after it: it is told in the room as it was.
    public var isEnding: Bool { if case .lifecycle(.destroyed) = self { true } else { false } }

    public var durability: Durability {
        switch self {
        case .lifecycle(.created), .lifecycle(.unlocked), .lifecycle(.destroyed): .kept
        case .lifecycle(.shutDown): .noted
        case .attendance(.renamed(let renaming)): renaming.stamp == nil ? .noted : .kept
        case .attendance(.entered), .attendance(.left): .noted
        case .attendance(.resynced), .attendance(.presenceChanged), .attendance(.visibilityChanged): .passing
        case .conversation(.said(let message)): message.isKept ? .kept : .passing
        case .conversation(.subjectChanged), .conversation(.retracted): .kept
        case .membership(.listening), .membership(.deafened), .membership(.retuned), .membership(.invited),
            .membership(.sighted), .membership(.vanished):
            .passing
        case .membership, .library: .kept
        case .conversation(.whispered), .conversation(.invited), .conversation(.declined),
            .conversation(.returned), .conversation(.voiceRequested), .conversation(.registrationRequested):
            .passing
        case .governance(.affiliationChanged), .governance(.configured): .kept
        case .governance(.roleChanged): .noted
        }
    }

    /// The journal position of a kept event.
    public var stamp: Stamp? {
        switch self {
        case .lifecycle(.created(let creation)): creation.stamp
        case .lifecycle(.unlocked(let stamp)): stamp
        case .lifecycle(.destroyed(let ending)): ending.stamp
        case .conversation(.said(let message)): message.isKept ? message.stamp : nil
        case .conversation(.subjectChanged(let message)): message.stamp
        case .governance(.affiliationChanged(let change)): change.stamp
        case .governance(.configured(let change)): change.stamp
        case .conversation(.retracted(let retraction)): retraction.stamp
        case .attendance(.renamed(let renaming)): renaming.stamp
        case .membership(.joined(let joining)): joining.stamp
        case .membership(.changed(let change)): change.stamp
        case .membership(.withdrawn(let withdrawal)): withdrawal.stamp
        case .membership(.placed(let placing)): placing.stamp
        case .library(let happening): happening.stamp
        default: nil
        }
    }

    /// Whose doing it is, by real address; nil where nobody's.
    public var author: JID? {
        switch self {
        case .lifecycle(.created(let creation)): creation.owner
        case .conversation(.said(let message)), .conversation(.subjectChanged(let message)): message.speaker.jid
        case .governance(.affiliationChanged(let change)): change.actor?.jid
        case .governance(.configured(let change)): change.by.jid
        case .conversation(.retracted(let retraction)): retraction.by.jid
        case .attendance(.renamed(let renaming)): renaming.person.jid
        case .membership(.joined(let joining)): joining.enrolment.jid
        case .membership(.changed(let change)): change.enrolment.jid
        case .membership(.withdrawn(let withdrawal)): withdrawal.enrolment.jid
        default: nil
        }
    }

    /// Whether archive readers see it.
    public var isArchived: Bool {
        switch self {
        case .conversation(.said(let message)), .conversation(.subjectChanged(let message)): message.isArchived
        case .conversation(.retracted(let retraction)): retraction.isArchived
        default: false
        }
    }
}

/// Where a kept event stands in the journal of its room.
public struct Stamp: Sendable, Equatable {
    /// Rises by one with every kept event of the room.
    public let seq: UInt64
    /// Rises strictly within a room, so that start and end are a binary search over `seq`.
    public let time: Moment

    public init(seq: UInt64, time: Moment) {
        self.seq = seq
        self.time = time
    }
}

extension Event {
    /// A room came to be.
    public struct Creation: Sendable, Equatable {
        public let stamp: Stamp
        public let secret: RoomSecret
        /// The bare JID of the first owner.
        public let owner: JID
        public let isLocked: Bool
        /// What differs from the service's defaults is not known later: all settings, as they were.
        public let settings: Settings
        /// When a locked room opens by itself with these settings (MUC-305).
        public let opensAt: Moment?
    }

    /// A room is no more.
    public struct Ending: Sendable, Equatable {
        public let stamp: Stamp
        /// Why: an owner's words, or nil where an empty temporary room simply went.
        public let destruction: Destruction?
        /// Who was inside.
        public let seats: [Seat]
        /// What is left of the room.
        public internal(set) var tombstone: Tombstone?
        /// Who had joined, present or not; as little written as the seats are.
        public internal(set) var enrolments: [Enrolment] = []
    }

    /// Somebody took a seat, or asked to be told everything anew.
    public struct Arrival: Sendable, Equatable {
        public let person: Person
        public let seat: Seat
        /// The participant was not shown before: the others learn of somebody new.
        public let isFirst: Bool
        /// The shown presence of the participant is another one now.
        public let changesShown: Bool
        /// The room was created by this entry (status 201).
        public let created: Bool
        /// The nick is not the one asked for (status 210).
        public let nickAssigned: Bool
        public let history: HistoryRequest
        /// The id of the entering stanza.
        public let answering: String?
        public let time: Moment
    }

    /// A seat said something new of its availability.
    public struct PresenceChange: Sendable, Equatable {
        public let person: Person
        public let seat: SeatID
        public let presence: SeatPresence
        /// Others see this presence, or another seat of the participant is shown from now on.
        public let changesShown: Bool
        /// Nothing is said: its readers may see more of whoever it is, or less.
        public internal(set) var changesSight = false
    }

    /// The room tells other roles' presence than before: others see somebody from now on, or no more (MUC-140).
    public struct VisibilityChange: Sendable, Equatable {
        public let person: Person
        public let isShown: Bool
    }

    /// A participant has another nick, in all dialects at once.
    public struct Renaming: Sendable, Equatable {
        /// With the new nick.
        public let person: Person
        public let oldNick: String
        public let time: Moment
        /// Set where the nick belongs to somebody who joined, and so is kept.
        public internal(set) var stamp: Stamp?
    }

    /// One or more seats of one participant are empty now.
    public struct Departure: Sendable, Equatable {
        /// As it was before leaving; role as before.
        public let person: Person
        public let seats: [Seat]
        /// No seat of the participant is left: the others see somebody go.
        public let isLast: Bool
        /// Another seat of the participant is shown from now on.
        public let changesShown: Bool
        public let cause: Cause
        /// Children of the leaving presence, such as `<status/>`.
        public let payload: [Element]
        public let time: Moment
        /// It is no participant any more, however it came to be one.
        public var isForGood = false
    }

    /// Why somebody left, as `room why` tells it.
    public enum Cause: Sendable, Equatable {
        case own
        case kicked(by: Actor?, reason: String?)
        case banned(by: Actor?, reason: String?)
        /// Lost membership of a members-only room (status 321).
        case lostMembership(by: Actor?, reason: String?)
        /// The room became members-only (status 322).
        case becameMembersOnly
        /// The room now requires a feature which this dialect has not (GC-070).
        case missesFeature(String)
        /// Removed for a technical reason (status 333); the text says which.
        case technical(String)
    }

    /// Who acted on somebody: the nick if present, the bare JID for those who may see it.
    public struct Actor: Sendable, Equatable {
        public let nick: String?
        public let jid: JID
    }

    /// Something said to the room, or its subject.
    public struct Message: Sendable, Equatable {
        /// Its place in the journal; of a message that is only told, the place after which it was said.
        public let stamp: Stamp
        /// The archive id A, the same in every dialect (rule X-06); to be shown as such only where `isArchived`.
        public let archiveID: String
        public let speaker: Person
        /// The sender's id, or A where it gave none (MUC-144).
        public let id: String
        public let language: String?
        public let payload: [Element]
        public let isArchived: Bool
        /// Belongs to what newcomers are shown (MUC-130).
        public let isHistory: Bool
        /// Whether everybody could see real JIDs when this was said (law 7).
        public let wasOpen: Bool

        /// Whether something said is written: chat states and what asks not to be stored are only told (law 3).
        public var isKept: Bool { isArchived || isHistory }
    }

    /// A private message between two participants.
    public struct Whisper: Sendable, Equatable {
        public let from: Person
        public let to: ParticipantID
        public let utterance: Utterance
    }

    /// An invitation the room relays.
    public struct InvitationSent: Sendable, Equatable {
        /// The inviter; its nick is nil where it is not present.
        public let inviter: Actor
        public let invitee: JID
        public let invitation: Invitation
        public let password: String?
        public let time: Moment
    }

    /// A declined invitation the room relays.
    public struct DeclineSent: Sendable, Equatable {
        public let decliner: JID
        public let to: Decline.Target
        public let decline: Decline
    }

    /// An error that answers what the room carried for somebody.
    public struct Returned: Sendable, Equatable {
        /// From whom it comes back; nil where that is the room: an invitation.
        public let from: Person?
        /// Who had sent it.
        public let to: ParticipantID
        /// To whom it had gone, by bare JID.
        public let addressee: JID
        /// The id it had been sent with.
        public let id: String
        public let error: StanzaError
    }

    /// The wish for a nick of one's own, and membership with it.
    public struct RegistrationRequest: Sendable, Equatable {
        /// The bare JID.
        public let jid: JID
        public let nick: String
        public let time: Moment
    }

    /// The wish to be heard in a moderated room.
    public struct VoiceRequest: Sendable, Equatable {
        /// With the address of the seat that asks.
        public let person: Person
        public let time: Moment
    }

    /// Somebody has another affiliation or role, or both by one act (MUC-430).
    public struct RankChange: Sendable, Equatable {
        /// Set for affiliation changes, which are kept.
        public let stamp: Stamp?
        /// The bare JID or the domain concerned.
        public let jid: JID
        /// The participant as it is afterwards, if present.
        public let person: Person?
        public let formerRole: Role?
        public let affiliation: Affiliation
        public let actor: Actor?
        public let reason: String?
        /// The nick reserved by this; empty: a reservation was cleared; nil: left alone.
        public let reservedNick: String?
        /// The former and the new affiliation are the same: only reason or nick changed (MUC-063).
        public let isSilent: Bool
        /// The change is followed by the removal of the present participant, who is told of it there.
        public let removes: Bool
        public let time: Moment
        /// The membership came with a nick that its owner registered, and goes with it (MUC-223).
        public internal(set) var registers = false
        /// What it was before.
        public internal(set) var former = Affiliation.none
        /// The whole list is cleared, which is told of it at the end.
        public internal(set) var isOfPurge = false
        /// More of the same request follows: what is shown as a whole is shown then.
        public internal(set) var isContinued = false

        /// Owners or administrators are others than before.
        public var touchesRulers: Bool { affiliation >= .admin || former >= .admin }

        /// Somebody comes to be a member or banned, or ceases to.
        public var touchesLists: Bool {
            [affiliation, former].contains(.member) || [affiliation, former].contains(.outcast)
        }
    }

    /// Settings changed.
    public struct Reconfiguration: Sendable, Equatable {
        public let stamp: Stamp
        public let changed: [Setting: SettingValue]
        /// The first configuration of a locked room: nobody is there to be told (MUC-308).
        public let isFirst: Bool
        public let by: Actor
        /// Nodes that the room had before.
        public internal(set) var removedNodes: Topics = []
        /// Owners or administrators change by the same request, which follows.
        public internal(set) var isContinued = false
    }
}
