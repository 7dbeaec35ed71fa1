// The subject as a newcomer is told it: the stanza by which clients know that they are inside.

import DialectKit
import Rooms
import XML
import XMPP

/// Writes the subject on entry (XEP-0045 §7.2.15): always one message, empty where there is no subject.
struct SubjectWriter {
    let room: Room
    let messages: MessageWriter

    init(_ room: Room, for view: View) {
        self.room = room
        messages = MessageWriter(room, for: view)
    }

    func write() -> Template {
        let subjects = room.subject.change?.payload.filter { $0.is("subject", NS.client) } ?? []
        guard let change = room.subject.change, subjects.contains(where: { !$0.text.isEmpty }) else {
            return empty(since: room.subject.change?.stamp.time)
        }
        return Template(.message) { writer in
            messages.begin(&writer, change)
            for subject in subjects { writer.element(subject) }
            writer.delay(change.stamp.time, from: messages.address)
            messages.sign(&writer, change)
        }
    }

    /// - Parameter time: when it was cleared; nil: nobody ever set one (MUC-135).
    private func empty(since time: Moment?) -> Template {
        Template(.message) { writer in
            writer.attribute("from", messages.address.text)
            writer.attribute("type", StanzaType.groupchat.rawValue)
            writer.open("subject", NS.client)
            writer.close()
            if let time { writer.delay(time, from: messages.address) }
        }
    }
}
