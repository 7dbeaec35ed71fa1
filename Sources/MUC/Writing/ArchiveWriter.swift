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
        for child in message.payload { writer.written(child, in: NS.client) }
        if reader.seesJID(of: message) { identify(message, &writer) }
        writer.occupantID(message.speaker)
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
