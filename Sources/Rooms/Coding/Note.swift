// What `room why` tells: one coming or going of one seat, and its cause.

import XML
public import XMPP

/// One coming or going: a small row, kept for days, without anything of a presence (law 3).
public struct Note: Sendable, Equatable {
    /// What happened to a seat or its participant.
    public enum Kind: UInt8, Sendable, CaseIterable {
        case entered = 1
        case left = 2
        case renamed = 3
        case roleChanged = 4
        case shutDown = 5
        case joined = 6
        case withdrawn = 7
    }

    public let time: Moment
    /// The full JID of the seat, or the bare JID where a participant is meant.
    public let address: JID
    /// The dialect of the seat; nil where a participant is meant.
    public let dialect: DialectID?
    /// The nick as it is after the event.
    public let nick: String
    public let kind: Kind
    /// Why, or from what to what; empty where there is nothing to add.
    public let cause: String

    public init(time: Moment, address: JID, dialect: DialectID?, nick: String, kind: Kind, cause: String) {
        self.time = time
        self.address = address
        self.dialect = dialect
        self.nick = nick
        self.kind = kind
        self.cause = cause
    }

    /// The bare JID of who came or went.
    public var jid: JID { address.bare }

    /// The notes of an event, one for each seat or participant concerned; none for what is not noted.
    ///
    /// - Parameter now: the time of events that carry none.
    public static func notes(of event: Event, at now: Moment) -> [Note] {
        switch event {
        case .attendance(.entered(let arrival)):
            let cause = arrival.created ? "the room was created" : ""
            return [note(of: arrival.seat, arrival.person.nick, .entered, cause, arrival.time)]
        case .attendance(.left(let departure)):
            return departure.seats.map {
                note(of: $0, departure.person.nick, .left, departure.words, departure.time)
            }
        case .attendance(.renamed(let renaming)):
            let words = "\(renaming.oldNick) is now \(renaming.person.nick)"
            return [note(of: renaming.person, .renamed, words, renaming.time)]
        case .governance(.roleChanged(let change)):
            return change.person.map { [note(of: $0, .roleChanged, change.words, change.time)] } ?? []
        case .lifecycle(.shutDown(let seats, let nicks)):
            return seats.map { note(of: $0, nicks[$0.participant] ?? "", .shutDown, "", now) }
        case .membership(.joined(let joining)) where joining.isNew:
            return [note(of: joining.person, .joined, "", joining.stamp.time)]
        case .membership(.withdrawn(let withdrawal)) where withdrawal.enrolment.isParticipant:
            return [note(of: withdrawal.person, .withdrawn, withdrawal.cause.words, withdrawal.stamp.time)]
        case .lifecycle, .attendance, .conversation, .governance, .membership, .library: return []
        }
    }

    private static func note(
        of seat: Seat, _ nick: String, _ kind: Kind, _ cause: String, _ time: Moment
    ) -> Note {
        Note(time: time, address: seat.address, dialect: seat.dialect, nick: nick, kind: kind, cause: cause)
    }

    private static func note(of person: Person, _ kind: Kind, _ cause: String, _ time: Moment) -> Note {
        Note(time: time, address: person.jid, dialect: nil, nick: person.nick, kind: kind, cause: cause)
    }
}

// MARK: Words

extension Note {
    /// The note for people, for example `2026-11-21T08:00:00Z  bo@b.example/phone (muc) left: kicked by ada: "spam"`.
    ///
    /// Holds no character that could move a terminal's cursor, whatever nicks and reasons hold.
    public var sentence: String {
        let speaker = dialect.map { " (\($0))" } ?? ""
        let happening =
            switch kind {
            case .entered: "entered as \(nick)" + (cause.isEmpty ? "" : ", \(cause)")
            case .left: "left" + (cause.isEmpty ? "" : ": \(cause)")
            case .renamed: "changed nick: \(cause)"
            case .roleChanged: "has another role: \(cause)"
            case .shutDown: "left: the service was shut down"
            case .joined: "joined the channel" + (nick.isEmpty ? "" : " as \(nick)")
            case .withdrawn: "is no participant of the channel any more" + (cause.isEmpty ? "" : ": \(cause)")
            }
        return TerminalText.clean("\(time.xep0082)  \(address)\(speaker) \(happening)")
    }
}

extension Event.Departure {
    /// Why somebody left; of its own accord: what it said, or what its server said for it.
    fileprivate var words: String {
        guard cause == .own else { return cause.words }
        let status = payload.first { $0.is("status", NS.client) }?.text ?? ""
        return String(status.prefix(200))
    }
}

extension Event.Cause {
    /// Why somebody left, in words; empty where nothing needs to be said.
    fileprivate var words: String {
        switch self {
        case .own: ""
        case .kicked(let actor, let reason): "kicked" + Note.by(actor, reason)
        case .banned(let actor, let reason): "banned" + Note.by(actor, reason)
        case .lostMembership(let actor, let reason): "lost the right to be here" + Note.by(actor, reason)
        case .becameMembersOnly: "the room became members-only"
        case .missesFeature(let feature): "the room requires \(feature)"
        case .technical(let reason): reason
        }
    }
}

extension Event.RankChange {
    fileprivate var words: String {
        let former = formerRole.map { "\($0.token) to " } ?? ""
        return former + (person?.role.token ?? "") + Note.by(actor, reason, unknown: "")
    }
}

extension Note {
    fileprivate static func by(
        _ actor: Event.Actor?, _ reason: String?, unknown: String = " by the operator"
    ) -> String {
        let who = actor.map { " by \($0.nick ?? $0.jid.description)" } ?? unknown
        return who + (reason.map { ": \"\($0)\"" } ?? "")
    }
}
