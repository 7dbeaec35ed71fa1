// What is said in a room, as a groupchat 1.0 client can show it.

import DialectKit
import Rooms
import XML
import XMPP

/// Writes messages for one view.
struct MessageWriter {
    let room: Room
    let view: View
    let address: RoomAddress

    /// Something said; nil where there is nothing that this client could show: it would print an empty line (GC-043).
    func said(_ message: Event.Message, isHistory: Bool = false) -> Template? {
        guard Self.isReadable(message) else { return nil }
        return template(message, isHistory: isHistory)
    }

    static func isReadable(_ message: Event.Message) -> Bool {
        message.payload.contains { $0.is("body", NS.client) || $0.is("subject", NS.client) }
    }

    /// A change of subject, with a body in words (GC-047).
    func subject(_ message: Event.Message, isHistory: Bool = false) -> Template {
        let words = Phrasebook.of(view.language)
        let text = Subject.text(of: message)
        let nick = message.speaker.nick
        let body = text.isEmpty ? words.topicCleared.filled(nick) : words.topicSet.filled(nick, text)
        return template(message, isHistory: isHistory) { writer in
            writer.open("body", NS.client)
            writer.language(words.language)
            writer.text(body)
            writer.close()
        }
    }

    /// Nobody ever set a subject.
    var emptySubject: Template {
        Template(.message) { writer in
            writer.attribute("from", address.text)
            writer.attribute("type", StanzaType.groupchat.rawValue)
            writer.open("subject", NS.client)
            writer.close()
        }
    }

    /// The newest messages that can be shown, as many as the room gives (GC-049).
    var history: [Template] {
        let count = min(room.settings.newcomerMessages, room.limits.historyMessages)
        let readable = room.conversation.tail.filter(Self.isReadable)
        return readable.suffix(count).compactMap { said($0, isHistory: true) }
    }

    /// A private message (GC-044).
    func whisper(_ whisper: Event.Whisper) -> Template {
        let utterance = whisper.utterance
        return Template(.message) { writer in
            writer.attribute("from", address.occupant(whisper.from.nick))
            if let id = utterance.id { writer.attribute("id", id) }
            if let type = utterance.type.attribute { writer.attribute("type", type) }
            if let language = utterance.language { writer.language(language) }
            for child in utterance.payload { writer.element(child) }
        }
    }

    private func template(
        _ message: Event.Message, isHistory: Bool, _ addition: (inout XMLWriter) -> Void = { _ in }
    ) -> Template {
        Template(.message) { writer in
            writer.attribute("from", address.occupant(message.speaker.nick))
            writer.attribute("id", message.id)
            writer.attribute("type", StanzaType.groupchat.rawValue)
            if let language = message.language { writer.language(language) }
            for child in message.payload { writer.element(child) }
            addition(&writer)
            guard isHistory else { return }
            writer.delay(message.stamp.time, from: address)
            writer.open("x", NS.legacyDelay)
            writer.attribute("from", address.text)
            writer.attribute("stamp", message.stamp.time.legacyStamp)
            writer.close()
        }
    }
}
