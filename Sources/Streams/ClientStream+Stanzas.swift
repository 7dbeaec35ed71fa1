// Stanzas of a bound client: checked, stamped with their sender and passed on (RFC 6120 §8).

import XML
import XMPP

extension ClientStream {
    /// Passes a stanza on.
    func pass(_ element: Element, from jid: JID) {
        guard Stanza.Kind(rawValue: element.name) != nil, element.namespace == NS.client else {
            return reject(element)
        }
        var stanza: Stanza
        do throws(StanzaFault) {
            stanza = try Stanza(reading: element)
        } catch {
            // A sender that cannot be read is a wrong one, and that is fatal whatever else is wrong.
            if let from = element["from"], !isOwn(try? JID(from), jid) { return fail(StreamError(.invalidFrom)) }
            return actions.append(.malformedStanza(element, error))
        }
        if stanza.from != nil, !isOwn(stanza.from, jid) { return fail(StreamError(.invalidFrom)) }
        if stanza.kind == .iq, stanza.type == .set, answer(stanza, of: jid) { return }
        stanza.from = isSubscription(stanza) ? jid.bare : jid
        if stanza.language == nil { stanza.language = language }
        actions.append(.stanza(stanza))
    }

    /// What a client may claim as its own address: the full JID or the bare one (RFC 6120 §8.1.2.1).
    private func isOwn(_ from: JID?, _ jid: JID) -> Bool {
        from == jid || from == jid.bare
    }

    /// Subscriptions are between accounts, so they come from the bare JID (RFC 6121 §3.1.2).
    private func isSubscription(_ stanza: Stanza) -> Bool {
        guard stanza.kind == .presence else { return false }
        switch stanza.type {
        case .subscribe, .subscribed, .unsubscribe, .unsubscribed: return true
        default: return false
        }
    }

    /// Requests to the stream itself: a second binding, which is refused, and the session of RFC 3921.
    private func answer(_ request: Stanza, of jid: JID) -> Bool {
        if let to = request.to, to.description != configuration.domain, to != jid.bare { return false }
        if request.child("bind", NS.bind) != nil {
            reply(request.error(StanzaError(.notAllowed)))
        } else if request.child("session", NS.session) != nil {
            reply(request.result([]))
        } else {
            return false
        }
        return true
    }

    private func reply(_ stanza: Stanza) {
        if case .closing = state { return }
        actions.append(.answered(stanza.bytes))
    }

    /// A first-level element that has no place here ends the stream (RFC 6120 §4.9.3).
    func reject(_ element: Element) {
        if element.is("error", NS.stream) {
            end()
        } else if Stanza.Kind(rawValue: element.name) == nil {
            fail(StreamError(.unsupportedStanzaType))
        } else {
            fail(StreamError(element.namespace == NS.client ? .notAuthorized : .invalidNamespace))
        }
    }
}
