// Taking back what was said: by whoever said it, or by those who keep order.

import XML
import XMPP

/// The wish to take something back (rule X-18).
public struct RetractionWish: Sendable {
    /// What is to be taken back.
    public var target: Event.Message
    /// Who wants that.
    public var requester: Requester
    /// The client's own id of the request.
    public var id: String?
    /// As one who keeps order, with the reason given; nil: as whoever said it, or by rank.
    public var moderation: Moderation?
    /// Whoever said it may take it back, whatever the option of MIX says (MUCX-054, XD-176).
    public var isAuthorsRight: Bool

    /// How one who keeps order takes back what others said.
    public struct Moderation: Sendable, Equatable {
        public var reason: String?

        public init(reason: String?) { self.reason = reason }
    }

    public init(
        target: Event.Message, requester: Requester, id: String? = nil, moderation: Moderation? = nil,
        isAuthorsRight: Bool = false
    ) {
        self.target = target
        self.requester = requester
        self.id = id
        self.moderation = moderation
        self.isAuthorsRight = isAuthorsRight
    }
}

extension Event {
    /// Something was taken back: what it said is erased where it stands, and this stands at the end.
    public struct Retraction: Sendable, Equatable {
        public let stamp: Stamp
        /// The archive id of this.
        public let archiveID: String
        /// The client's own id of the request, or the archive id.
        public let id: String
        /// What was taken back.
        public let target: String
        public let targetSeq: UInt64
        /// The id its sender had given it.
        public let targetID: String
        /// The P of whoever had said it.
        public let speaker: ParticipantID
        /// Who takes it back.
        public let by: Person
        /// Done by one who keeps order.
        public let isModeration: Bool
        public let reason: String?
        public let isArchived: Bool
        /// Whether everybody could see real JIDs then (law 7).
        public let wasOpen: Bool
        /// What stands in the place of what was said; nil of what is recovered: it stands there already.
        public internal(set) var tombstone: Message?
    }
}

extension Room {
    /// Something among the newest messages by its archive id; older ones are the store's to find.
    public func recent(_ archiveID: String) -> Event.Message? {
        conversation.tail.last { $0.archiveID == archiveID }
    }

    func retract(_ wish: RetractionWish, _ context: Context) throws(Refusal) -> [Event] {
        let target = wish.target
        guard (wish.moderation?.reason?.utf8.count ?? 0) <= context.limits.reasonBytes else {
            throw .tooLarge(limit: "reasonBytes")
        }
        let isOwn = target.speaker.jid.bare == wish.requester.jid.bare
        guard let person = person(acting: wish.requester.jid) ?? person(ruling: wish.requester) else {
            throw wish.moderation == nil ? .notSeated : .forbidden
        }
        if wish.moderation != nil {
            guard person.role == .moderator || permissions.rank(of: wish.requester) >= .admin else { throw .forbidden }
        } else if isOwn, person.role < .participant {
            throw .noVoice  // MUCX-055
        } else if !(isOwn && (wish.isAuthorsRight || settings.flag(.ownRetraction))) {
            let needed = settings.choice(.adminRetraction)
            guard needed != "nobody",
                permissions.rank(of: wish.requester) >= (needed == "admins" ? .admin : .owner)
            else { throw .retractionForbidden }
        }
        guard !target.isRetracted else {
            if wish.moderation != nil { return [] }  // it is as asked for already (MUCX-063)
            throw .messageMissing
        }
        let stamp = nextStamp(context)
        let archiveID = secret.archiveID(of: stamp.seq)
        var retraction = Event.Retraction(
            stamp: stamp, archiveID: archiveID, id: wish.id ?? archiveID, target: target.archiveID,
            targetSeq: target.stamp.seq, targetID: target.id, speaker: target.speaker.id, by: person,
            isModeration: wish.moderation != nil || !isOwn, reason: wish.moderation?.reason,
            isArchived: settings.isArchived, wasOpen: settings.isOpen)
        retraction.tombstone = target.tombstone(retraction)
        return [.conversation(.retracted(retraction))]
    }

    /// Somebody who rules the room without being in it.
    private func person(ruling requester: Requester) -> Person? {
        let rank = permissions.rank(of: requester)
        guard rank >= .admin else { return nil }
        return Person(
            id: participantID(of: requester.jid), jid: requester.jid, nick: "", affiliation: rank, role: .moderator)
    }
}

extension Event.Message {
    /// Nothing is left of what it said.
    public var isRetracted: Bool { payload.contains { $0.is("retracted", NS.retraction) } }

    /// The same with nothing left but that it was taken back (XEP-0424 §5): by whom, called what then, and by which
    /// message, whose id was `as` where ids are the client's.
    public func tombstone(_ retraction: Event.Retraction) -> Event.Message {
        let moderator = retraction.by.id.text
        let note = Element(
            "retracted", NS.retraction,
            [
                "id": retraction.archiveID, "as": retraction.id, "stamp": retraction.stamp.time.xep0082,
                "by": moderator, "nick": retraction.by.nick.isEmpty ? nil : retraction.by.nick,
            ]
        ) {
            if retraction.isModeration {
                Element("moderated", NS.moderation) { Element("occupant-id", NS.occupantID, ["id": moderator]) }
                if let reason = retraction.reason { Element("reason", NS.retraction) { reason } }
            }
        }
        return Event.Message(
            stamp: stamp, archiveID: archiveID, speaker: speaker, id: id, language: nil, payload: [note],
            isArchived: isArchived, isHistory: false, wasOpen: wasOpen)
    }
}
