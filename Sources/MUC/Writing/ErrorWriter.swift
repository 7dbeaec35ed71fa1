// Refusals and failures as errors, with what XEP-0045 has them repeat.

import DialectKit
import Rooms
import XML
import XMPP

/// Writes errors (XEP-0045 §7.2.17, §7.4–§7.6, §8–§10; MUC-410 … MUC-417).
struct ErrorWriter {
    let inbound: Inbound

    /// The error that a refusal is; nil where silence is the answer (MUC-416).
    func answer(_ refusal: Refusal) -> Stanza? {
        // a form with a nick that is none is a bad form (MUC-217)
        if inbound.stanza.payload.first?.namespace == NS.register, [.nickMalformed, .nickUnwanted].contains(refusal) {
            return answer(StanzaError(.badRequest, text: "Nobody can have this nick."))
        }
        return answer(StanzaError(refusing: refusal, calling: ConfigField.name))
    }

    /// The answer to a stanza that cannot be served; nil where silence is the answer.
    func answer(_ error: StanzaError) -> Stanza? {
        let stanza = inbound.stanza
        guard stanza.isAnswerable, stanza.kind != .presence || stanza.type == .available else { return nil }
        var error = error
        if inbound.nick != nil { error.by = inbound.room }
        var answer = stanza.error(error)
        if let echo { answer.payload.insert(echo, at: 0) }
        return answer
    }

    /// What is repeated to the sender: enough to know the request, never a password (MUC-420).
    private var echo: Element? {
        if inbound.stanza.kind == .presence { return Element("x", NS.muc) }
        guard let query = inbound.stanza.payload.first else { return nil }
        if query.is("query", NS.mucAdmin) { return query }
        return query.is("query", NS.mucOwner) ? Element("query", NS.mucOwner) : nil
    }
}
