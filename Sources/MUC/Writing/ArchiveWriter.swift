// A message of the archive as MUC readers know it.

import DialectKit
import Rooms
import XML
import XMPP

/// Writes the forwarded message of a result (XEP-0313 §6.1.2).
struct ArchiveWriter {
    private let reader: ArchiveReader

    init(_ reader: ArchiveReader) { self.reader = reader }

    /// Without `to`, and from the occupant as it was called then; its children are the bytes they were stored as.
    func write(_ message: RecalledMessage, into writer: inout XMLWriter) {
        writer.open("message", NS.client)
        writer.attribute("from", reader.address.occupant(message.nick))
        writer.attribute("type", StanzaType.groupchat.rawValue)
        writer.attribute("id", message.id)
        if let language = message.language { writer.language(language) }
        if message.isRetracted {
            if let tombstone = tombstone(message) { writer.element(tombstone) }
        } else {
            for child in message.payload { writer.written(child, in: NS.client) }
        }
        if let retraction = message.retraction { write(retraction, &writer) }
        if reader.seesJID(of: message) { identify(message, &writer) }
        writer.occupantID(message.speaker)
        writer.close()
    }

    /// What is left of something that was taken back (MUCX-056, MUCX-065).
    private func tombstone(_ message: RecalledMessage) -> Element? {
        guard let bytes = message.payload.first, let stored = try? Element(parsing: Array(bytes), in: NS.client)
        else { return nil }
        let occupant = stored["nick"].map { reader.address.occupant($0) }
        return Element(
            "retracted", NS.retraction, ["id": stored["as"] ?? stored["id"], "stamp": stored["stamp"]]
        ) {
            if let moderated = stored.child("moderated", NS.moderation) {
                Element("moderated", NS.moderation, ["by": occupant]) { Array(moderated.children) }
            }
            if let reason = stored.child("reason", NS.retraction) { reason }
        }
    }

    private func write(_ retraction: Event.Retraction, _ writer: inout XMLWriter) {
        writer.open("retract", NS.retraction)
        writer.attribute("id", retraction.target)
        if retraction.isModeration {
            writer.open("moderated", NS.moderation)
            writer.occupantID(retraction.by.id)
            writer.close()
        }
        writer.close()
    }

    /// Who it was, for those who may know.
    private func identify(_ message: RecalledMessage, _ writer: inout XMLWriter) {
        writer.open("x", NS.mucUser)
        writer.open("item", NS.mucUser)
        writer.attribute("affiliation", message.affiliation.token)
        writer.attribute("jid", message.jid)
        writer.attribute("role", message.role.token)
        writer.close()
        writer.close()
    }
}
