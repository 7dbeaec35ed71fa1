// What is said, to everybody or to one: built straight into bytes, because nothing is written more often.

import DialectKit
import Rooms
import XML
import XMPP

/// Writes messages of occupants (XEP-0045 §7.4, §7.5, §8.1).
struct MessageWriter {
    let address: RoomAddress

    init(_ room: Room, for view: View) { address = RoomAddress(room, view.domain) }

    /// Something said, or a subject: as the sender wrote it, from its address here, with the room's ids.
    func said(_ message: Event.Message) -> Template {
        Template(.message) { writer in
            begin(&writer, message)
            for child in message.payload { writer.element(child) }
            sign(&writer, message)
        }
    }

    /// The same for newcomers, with the time at which it was said (MUC-120).
    func recalled(_ message: Event.Message) -> Template {
        Template(.message) { writer in
            begin(&writer, message)
            for child in message.payload { writer.element(child) }
            if !Self.bringsItsOwnTime(message) { writer.delay(message.stamp.time, from: address) }
            sign(&writer, message)
        }
    }

    /// A private message: no stanza-id, because nobody archives it here (MUC-158, MUC-166).
    func whispered(_ whisper: Event.Whisper) -> Template {
        Template(.message) { writer in
            writer.attribute("from", address.occupant(whisper.from.nick))
            if let type = whisper.utterance.type.attribute { writer.attribute("type", type) }
            if let id = whisper.utterance.id { writer.attribute("id", id) }
            if let language = whisper.utterance.language { writer.language(language) }
            for child in whisper.utterance.payload { writer.element(child) }
            writer.open("x", NS.mucUser)
            writer.close()
            writer.occupantID(whisper.from.id)
        }
    }

    /// Something is taken back: by its author from its address, else by the room (XEP-0424 §5, XEP-0425 §5; XD-163).
    func retracted(_ retraction: Event.Retraction) -> Template {
        Template(.message) { writer in
            writer.attribute(
                "from", retraction.isModeration ? address.text : address.occupant(retraction.by.nick))
            writer.attribute("type", StanzaType.groupchat.rawValue)
            writer.attribute("id", retraction.id)
            writer.open("retract", NS.retraction)
            writer.attribute("id", retraction.target)
            if retraction.isModeration {
                writer.open("moderated", NS.moderation)
                if !retraction.by.nick.isEmpty { writer.attribute("by", address.occupant(retraction.by.nick)) }
                writer.occupantID(retraction.by.id)
                writer.close()
                if let reason = retraction.reason {
                    writer.open("reason", NS.retraction)
                    writer.text(reason)
                    writer.close()
                }
            }
            writer.close()
            if retraction.isArchived { writer.stanzaID(retraction.archiveID, by: address) }
            if !retraction.isModeration { writer.occupantID(retraction.by.id) }
        }
    }

    func begin(_ writer: inout XMLWriter, _ message: Event.Message) {
        writer.attribute("from", address.occupant(message.speaker.nick))
        writer.attribute("type", StanzaType.groupchat.rawValue)
        writer.attribute("id", message.id)
        if let language = message.language { writer.language(language) }
    }

    /// The stanza-id only where an archive reader would find it (XEP-0313 §3.5).
    func sign(_ writer: inout XMLWriter, _ message: Event.Message) {
        if message.isArchived { writer.stanzaID(message.archiveID, by: address) }
        writer.occupantID(message.speaker.id)
    }

    /// An owner who brings an earlier conversation along says when its messages were sent (MUC-131); nobody else is
    /// believed.
    private static func bringsItsOwnTime(_ message: Event.Message) -> Bool {
        message.speaker.affiliation == .owner && message.payload.contains { $0.is("delay", NS.delay) }
    }
}
