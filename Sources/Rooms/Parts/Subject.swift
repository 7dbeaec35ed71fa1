// The subject: one value in all dialects, with its setter and its time.

import XML
import XMPP

/// The subject of a room; nil `change` until somebody sets one.
public struct Subject: Sendable, Equatable {
    /// The message that set the subject last, emptied subjects included.
    public private(set) var change: Event.Message?

    /// The text in the first language given; empty where none was set or it was cleared.
    public var text: String { change.map(Self.text) ?? "" }

    /// The first subject text of a message.
    public static func text(of message: Event.Message) -> String {
        message.payload.first { $0.is("subject", NS.client) }?.text ?? ""
    }

    func set(_ utterance: Utterance, at seat: SeatID, in room: Room, _ context: Context) throws(Refusal) -> [Event] {
        guard let speaker = room.speaker(of: utterance, at: seat), let setter = room.participant(speaker.id) else {
            throw .notSeated
        }
        guard !setter.nick.isEmpty else { throw .nickRequired }
        guard room.permissions.maySetSubject(setter) else { throw .subjectForbidden }
        let subjects = utterance.payload.filter { $0.is("subject", NS.client) }
        guard Conversation.bytes(of: subjects) <= context.limits.subjectBytes else {
            throw .tooLarge(limit: "subjectBytes")
        }
        guard Conversation.bytes(of: utterance.payload) <= context.limits.messageBytes else {
            throw .tooLarge(limit: "messageBytes")
        }
        return [.conversation(.subjectChanged(room.message(utterance, by: speaker, isSubject: true, context)))]
    }

    mutating func apply(_ message: Event.Message) { change = message }
}
