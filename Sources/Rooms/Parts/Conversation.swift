// What is said: voice, limits, what is archived and what newcomers are shown.

import XML
import XMPP

/// The last archived messages of a room, so that a join reads no disk; and the rules of speaking.
public struct Conversation: Sendable, Equatable {
    private var kept = MessageTail()

    public init() {}

    /// The newest messages that newcomers are shown, oldest first; bounded by `RoomLimits.tailEvents` and `tailBytes`.
    public var tail: [Event.Message] { kept.messages }

    var tailBytes: Int { kept.bytes }

    // MARK: Deciding

    func say(
        _ utterance: Utterance, at seat: SeatID, in room: Room, _ context: Context
    ) throws(Refusal) -> [Event] {
        guard let speaker = room.speaker(of: utterance, at: seat) else { throw .notSeated }
        guard room.settings.nodes.contains(.messages) else { throw .nodeMissing }
        guard !speaker.nick.isEmpty else { throw .nickRequired }
        guard speaker.role >= .participant else { throw .noVoice }
        if room.settings.flag(.presenceRequired), !room.seating.isPresent(speaker.id) { throw .presenceRequired }
        let size = Self.bytes(of: utterance.payload)
        guard size <= context.limits.messageBytes else { throw .tooLarge(limit: "messageBytes") }
        let message = room.message(utterance, by: speaker, isSubject: false, context)
        guard message.isHistory, case .locked = room.state else { return [.conversation(.said(message))] }
        var draft = Draft(room)
        draft.add(.conversation(.said(message)))
        draft.takeAsItIs(context)
        return draft.events
    }

    func whisper(
        _ utterance: Utterance, to target: ParticipantID, at seat: SeatID, in room: Room, _ context: Context
    ) throws(Refusal) -> [Event] {
        guard let speaker = room.speaker(of: utterance, at: seat) else { throw .notSeated }
        let member = room.enrolments[target].flatMap { $0.isParticipant ? $0 : nil }
        guard member != nil || room.roster[target] != nil else { throw .noSuchOccupant }
        if member?.preferences.takesLetters == false, speaker.id != target { throw .lettersBlocked }
        if speaker.id != target {
            guard let least = room.settings.whisperers, speaker.role >= least else {
                throw .privateMessagesForbidden
            }
        }
        let size = Self.bytes(of: utterance.payload)
        guard size <= context.limits.messageBytes else { throw .tooLarge(limit: "messageBytes") }
        return [.conversation(.whispered(Event.Whisper(from: speaker, to: target, utterance: utterance)))]
    }

    /// Wire size of children, near enough for a limit: names and values without markup.
    static func bytes(of payload: [Element]) -> Int {
        payload.reduce(0) { $0 + $1.byteCount }
    }

    // MARK: Applying

    mutating func apply(_ retraction: Event.Retraction) { kept.remove(retraction.targetSeq) }

    mutating func apply(_ message: Event.Message, _ limits: RoomLimits) {
        guard message.isHistory else { return }
        kept.append(message)
        while kept.count > limits.tailEvents || (kept.bytes > limits.tailBytes && kept.count > 1) {
            kept.removeFirst()
        }
    }

    /// Puts messages of the archive where they belong among those that are here.
    mutating func restore(_ messages: [Event.Message], _ limits: RoomLimits) {
        var bySeq: [UInt64: Event.Message] = [:]
        for message in messages + tail { bySeq[message.stamp.seq] = message }
        self = Conversation()
        for message in bySeq.values.sorted(by: { $0.stamp.seq < $1.stamp.seq }) { apply(message, limits) }
    }
}

extension Room {
    /// Who speaks, with the address it speaks from.
    func speaker(of utterance: Utterance, at seat: SeatID) -> Person? {
        utterance.sender.flatMap { person(acting: $0) } ?? person(at: seat)
    }

    /// Makes the message of an utterance. One that is not kept takes no place in the journal: it bears the position
    /// after which it was said, and an id by which nothing will ever be found.
    func message(
        _ utterance: Utterance, by speaker: Person, isSubject: Bool, _ context: Context
    ) -> Event.Message {
        let hints = Hints(utterance.payload)
        let isArchived = settings.isArchived && hints.isArchived
        let isKept = isSubject || isArchived || hints.isHistory
        let stamp = isKept ? nextStamp(context) : Stamp(seq: head, time: context.now)
        let archiveID = isKept ? secret.archiveID(of: stamp.seq) : Base32.encode(context.randomBytes(16))
        return Event.Message(
            stamp: stamp, archiveID: archiveID, speaker: speaker, id: utterance.id ?? archiveID,
            language: utterance.language, payload: utterance.payload,
            isArchived: isArchived, isHistory: hints.isHistory && !isSubject, wasOpen: settings.isOpen)
    }
}

/// What the children of a message say of keeping it (XEP-0334, MUC-130).
private struct Hints {
    var isArchived = false
    var isHistory = false

    init(_ payload: [Element]) {
        var refuses = false
        for child in payload {
            switch (child.name, child.namespace) {
            case ("no-store", NS.hints), ("no-permanent-store", NS.hints): refuses = true
            case ("body", NS.client), ("store", NS.hints), ("encryption", NS.encryption):
                isHistory = true
                isArchived = true
            case (_, NS.chatStates), (_, NS.hints), (_, NS.receipts), ("origin-id", NS.sid), ("thread", NS.client):
                continue
            default: isArchived = true  // markers, reactions and the like: in the archive, not in the history
            }
        }
        if refuses {
            isHistory = false
            isArchived = false
        }
    }
}
