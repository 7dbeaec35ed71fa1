// What is said in a channel, in the shape of each generation.

import DialectKit
import Rooms
import XML
import XMPP

/// Writes messages and retractions (XEP-0369 §7.1.6; MIX1-102, MIX2-193; rules ).
struct MessageWriter: Sendable {
    let reader: ChannelReader

    /// What every shape needs to know of something said.
    struct Words: Sendable {
        let archiveID: String
        let speaker: ParticipantID
        let nick: String
        let jid: JID
        /// The id that its sender gave it, for the sender's own account.
        let submitted: String?
        let isArchived: Bool
        let language: String?
        /// Whether the reader may see the sender's real address.
        let showsJID: Bool
    }

    /// Something said, in each shape that the reader's grammar has for it.
    ///
    /// - Parameter isOwn: the reader's account said it.
    func said(_ message: Event.Message, isOwn: Bool) -> [Template] {
        let words = Words(
            archiveID: message.archiveID, speaker: message.speaker.id, nick: message.speaker.nick,
            jid: message.speaker.jid, submitted: isOwn && message.id != message.archiveID ? message.id : nil,
            isArchived: message.isArchived, language: message.language, showsJID: reader.sees(message.speaker.id))
        return reader.grammar.words.map { shape in
            Template(.message) { writer in
                begin(words, shape, &writer)
                if shape == .event {
                    event(words, &writer) { writer in for child in message.payload { writer.element(child) } }
                } else {
                    for child in message.payload { writer.element(child) }
                    marks(words, &writer)
                }
                if words.isArchived { stanzaID(words.archiveID, &writer) }
            }
        }
    }

    private func begin(_ words: Words, _ shape: Grammar.Shape, _ writer: inout XMLWriter) {
        writer.attribute("from", address(words, shape))
        if shape != .event { writer.attribute("type", StanzaType.groupchat.rawValue) }
        writer.attribute("id", words.archiveID)
        if let language = words.language { writer.language(language) }
    }

    func address(_ words: Words, _ shape: Grammar.Shape) -> String {
        switch shape {
        case .stanza: "\(reader.channel)/\(words.speaker.text)"
        case .proxiedStanza: reader.proxy(words.speaker, at: words.jid)
        case .event: reader.channel
        }
    }

    /// The notification of 0.0.1: everything that was sent, in one item.
    func event(_ words: Words, _ writer: inout XMLWriter, _ payload: (inout XMLWriter) -> Void) {
        writer.open("event", NS.pubsubEvent)
        writer.open("items", NS.pubsubEvent)
        writer.attribute("node", NS.mixNodeMessages)
        writer.open("item", NS.pubsubEvent)
        writer.attribute("id", words.archiveID)
        writer.attribute("publisher", reader.publisher(words.speaker, words.jid, isShown: words.showsJID))
        payload(&writer)
        if let submitted = words.submitted {
            writer.open("submission-id", NS.mix0)
            writer.text(submitted)
            writer.close()
        }
        writer.close()
        writer.close()
        writer.close()
    }

    /// Who it was, for clients of today; the drafts' clients get both forms that their homes and libraries look for
    /// (rules ).
    func marks(_ words: Words, _ writer: inout XMLWriter) {
        let grammar = reader.grammar
        mark(
            grammar.isDraft ? NS.mixCore : grammar.core, words, &writer,
            jid: words.showsJID ? words.jid.bare.description : nil)
        guard grammar.isDraft else { return }
        mark(NS.mix0, words, &writer, jid: reader.proxy(words.speaker))
        guard let submitted = words.submitted else { return }
        writer.open("submission-id", NS.mix0)
        writer.text(submitted)
        writer.close()
    }

    private func mark(_ namespace: String, _ words: Words, _ writer: inout XMLWriter, jid: String?) {
        writer.open("mix", namespace)
        writer.open("nick", namespace)
        writer.text(words.nick)
        writer.close()
        if let jid {
            writer.open("jid", namespace)
            writer.text(jid)
            writer.close()
        }
        if let submitted = words.submitted, !(reader.grammar.isDraft && namespace == NS.mixCore) {
            writer.open("submission-id", namespace)
            writer.text(submitted)
            writer.close()
        }
        writer.close()
    }

    func stanzaID(_ id: String, _ writer: inout XMLWriter) {
        writer.open("stanza-id", NS.sid)
        writer.attribute("by", reader.channel)
        writer.attribute("id", id)
        writer.close()
    }

    // MARK: Taking back

    /// Something is taken back (rule X-18): to clients of today in both forms they know, to the drafts' as an event.
    func retracted(_ retraction: Event.Retraction, isOwn: Bool) -> Template {
        let words = Words(
            archiveID: retraction.archiveID, speaker: retraction.by.id, nick: retraction.by.nick,
            jid: retraction.by.jid, submitted: isOwn && retraction.id != retraction.archiveID ? retraction.id : nil,
            isArchived: retraction.isArchived, language: nil, showsJID: reader.sees(retraction.by.id))
        return Template(.message) { writer in
            guard !reader.grammar.isDraft else {
                writer.attribute("from", reader.channel)
                writer.attribute("id", retraction.archiveID)
                let event = PubSubEvent.retracted([retraction.target])
                return writer.element(event.element(about: NS.mixNodeMessages))
            }
            begin(words, .stanza, &writer)
            self.retract(retraction, &writer)
            marks(words, &writer)
            if words.isArchived { stanzaID(words.archiveID, &writer) }
        }
    }

    func retract(_ retraction: Event.Retraction, _ writer: inout XMLWriter) {
        for namespace in [NS.mixMisc, NS.retraction] {
            writer.open("retract", namespace)
            writer.attribute("id", retraction.target)
            if namespace == NS.retraction, retraction.isModeration { moderated(retraction, &writer) }
            writer.close()
        }
    }

    /// It was not the author: a client that knows XEP-0424 alone would ignore it, one of XEP-0425 would not.
    private func moderated(_ retraction: Event.Retraction, _ writer: inout XMLWriter) {
        writer.open("moderated", NS.moderation)
        writer.attribute("by", "\(reader.channel)/\(retraction.by.id.text)")
        writer.close()
        guard let reason = retraction.reason else { return }
        writer.open("reason", NS.retraction)
        writer.text(reason)
        writer.close()
    }

    // MARK: To one

    /// A private message, from the proxy address of whoever sends it (XEP-0404 §3.2; MIX2-217, rule X-05).
    func letter(_ whisper: Event.Whisper, to jid: JID) -> Stanza? {
        guard let from = try? JID(reader.proxy(whisper.from.id, at: whisper.from.jid)) else { return nil }
        let words = whisper.utterance
        var stanza = Stanza.message(type: words.type, id: words.id, from: from, to: jid, payload: words.payload)
        stanza.language = words.language
        return stanza
    }
}
