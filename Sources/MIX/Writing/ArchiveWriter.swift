// What was said, out of the archive, in the reader's grammar.

import DialectKit
import Rooms
import XML
import XMPP

/// Writes the forwarded message of a result (rule X-17): plain today, wrapped as in publish-subscribe in the drafts.
struct ArchiveWriter: Sendable {
    private let reader: ChannelReader
    private let archive: ArchiveReader

    init(_ room: Room, _ grammar: Grammar, domain: String, _ archive: ArchiveReader) {
        // even whoever sees every address reads here what everybody may (XEP-0404 §2.3)
        reader = ChannelReader(room, grammar, domain: domain, seesAll: false)
        self.archive = archive
    }

    func write(_ message: RecalledMessage, into writer: inout XMLWriter) {
        let grammar = reader.grammar
        let jid = (try? JID(message.jid)) ?? reader.room.nobody
        let words = MessageWriter.Words(
            archiveID: message.archiveID, speaker: message.speaker, nick: message.nick, jid: jid, submitted: nil,
            isArchived: false, language: message.language, showsJID: archive.isOpen && message.wasOpen)
        let messages = MessageWriter(reader: reader)
        writer.open("message", NS.client)
        let shape: Grammar.Shape = grammar == .v001 ? .event : grammar.isDraft ? .proxiedStanza : .stanza
        writer.attribute("from", messages.address(words, shape))
        if shape != .event { writer.attribute("type", StanzaType.groupchat.rawValue) }
        writer.attribute("id", message.archiveID)
        if let language = message.language { writer.language(language) }
        if grammar.isDraft {
            wrapped(message, words, messages, &writer)
        } else {
            plain(message, words, messages, &writer)
        }
        writer.close()
    }

    private func plain(
        _ message: RecalledMessage, _ words: MessageWriter.Words, _ messages: MessageWriter,
        _ writer: inout XMLWriter
    ) {
        if message.isRetracted {
            for element in tombstone(message) { writer.element(element) }
            return
        }
        for child in message.payload { writer.written(child, in: NS.client) }
        if let retraction = message.retraction { messages.retract(retraction, &writer) }
        messages.marks(words, &writer)
    }

    private func wrapped(
        _ message: RecalledMessage, _ words: MessageWriter.Words, _ messages: MessageWriter,
        _ writer: inout XMLWriter
    ) {
        if let retraction = message.retraction {
            return writer.element(PubSubEvent.retracted([retraction.target]).element(about: NS.mixNodeMessages))
        }
        let children = message.isRetracted ? tombstone(message) : message.payload.compactMap(Self.element)
        messages.event(words, &writer) { writer in for child in children { writer.element(child) } }
    }

    private static func element(_ bytes: ArraySlice<UInt8>) -> Element? {
        try? Element(parsing: Array(bytes), in: NS.client)
    }

    /// What is left of something that was taken back (XEP-0407 §4, XEP-0424 §5; MIXC-423).
    private func tombstone(_ message: RecalledMessage) -> [Element] {
        guard let stored = message.payload.first.flatMap(Self.element) else { return [] }
        let by = ParticipantID(stored["by"] ?? "")
        let time = stored["stamp"]
        let author = message.retractor(by, in: reader)
        return [
            Element("retracted", reader.grammar.isDraft ? NS.mix0 : NS.mixMisc, ["by": author, "time": time]),
            Element("retracted", NS.retraction, ["id": stored["id"], "stamp": time]),
        ]
    }
}

extension RecalledMessage {
    /// Whoever took it back: the real address only where everybody sees them, and did then (rules X-18, T-20).
    fileprivate func retractor(_ id: ParticipantID, in reader: ChannelReader) -> String {
        if reader.room.settings.isOpen, wasOpen, let jid = reader.room.participant(id)?.jid { return jid.description }
        return reader.proxy(id)
    }
}

extension Room {
    /// An address that nobody has, where a stored one cannot be read.
    fileprivate var nobody: JID {
        guard let jid = try? JID("nobody.invalid") else { preconditionFailure("a domain is an address") }
        return jid
    }
}
