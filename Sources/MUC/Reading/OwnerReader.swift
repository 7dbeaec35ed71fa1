// The owner's requests: the configuration form, and the end of the room.

import DialectKit
import Rooms
import XML
import XMPP

/// Understands `http://jabber.org/protocol/muc#owner` (XEP-0045 §10.1, §10.2, §10.9).
struct OwnerReader {
    let inbound: Inbound
    let query: Element
    let room: Room

    func get() throws(StanzaError) -> Intent {
        try check()
        let form = RoomConfigForm(room, inbound.room).form.element
        return .reply([inbound.stanza.result([Element("query", NS.mucOwner) { form }])])
    }

    func set() throws(StanzaError) -> Intent {
        if room.state == .absent, let wish = try submission() { return found(wish) }
        try check()
        if let destroy = query.child("destroy", NS.mucOwner) { return try destruction(destroy) }
        let result = inbound.stanza.result()
        if let wish = try submission() {
            return .change([.configure(wish, by: inbound.requester)], answer: Intent.Answer(result))
        }
        guard form?.type == .cancel else { throw StanzaError(.badRequest) }
        return .change([.abandon(by: inbound.requester)], answer: Intent.Answer(result, .after))
    }

    private var form: DataForm? { query.child("x", NS.dataForms).flatMap(DataForm.init(reading:)) }

    /// What a submitted form wants; nil where none was submitted.
    private func submission() throws(StanzaError) -> Configuration? {
        guard let form, form.type == .submit else { return nil }
        return try ConfigSubmission(form, for: room).configuration
    }

    /// A room is made without entering it, by whoever may create one; it stays while nobody is in it (SIG-022, GC-060).
    private func found(_ wish: Configuration) -> Intent {
        var wish = wish
        wish.settings[.isPersistent] = nil
        return .change(
            [.found(by: inbound.requester), .configure(wish, by: inbound.requester)],
            answer: Intent.Answer(inbound.stanza.result()))
    }

    /// Nobody but an owner learns anything here, not even what a good form is (MUC-309).
    private func check() throws(StanzaError) {
        guard room.isThere(for: inbound) else { throw StanzaError(.itemNotFound) }
        guard room.permissions.rank(of: inbound.requester) == .owner else { throw StanzaError(.forbidden) }
    }

    private func destruction(_ element: Element) throws(StanzaError) -> Intent {
        var alternate: JID?
        if let text = element["jid"], !text.isEmpty {
            guard let jid = try? JID(text) else { throw StanzaError(.jidMalformed) }
            alternate = jid
        }
        let wish = Destruction(
            alternate: alternate, password: element.child("password", NS.mucOwner)?.text,
            reason: element.child("reason", NS.mucOwner)?.text)
        return .change(
            [.destroy(wish, by: inbound.requester)], answer: Intent.Answer(inbound.stanza.result(), .after))
    }
}
