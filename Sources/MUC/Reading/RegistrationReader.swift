// Registering a nick with a room, and giving it back.

import DialectKit
import Rooms
import XML
import XMPP

/// Understands `jabber:iq:register` sent to a room (XEP-0045 §7.10, XEP-0077).
struct RegistrationReader {
    let inbound: Inbound
    let query: Element
    let room: Room

    func read() throws(StanzaError) -> Intent {
        guard room.isThere(for: inbound) else { throw StanzaError(.itemNotFound) }
        return inbound.stanza.type == .get ? try get() : try set()
    }

    /// The form, and before it what is registered already, so that it can be changed (MUC-214, MUC-215).
    private func get() throws(StanzaError) -> Intent {
        guard room.permissions.mayRegister(inbound.from) else { throw StanzaError(.notAllowed) }
        let nick = room.nicknames.reserved(for: inbound.from, in: room)
        let answer = Element("query", NS.register) {
            if let nick {
                Element("registered", NS.register)
                Element("username", NS.register) { nick }
            } else {
                Element("instructions", NS.register) { RegistrationForm.instructions }
            }
            RegistrationForm.asking(inbound.room, nick: nick).element
        }
        return .reply([inbound.stanza.result([answer])])
    }

    /// What an admin says to a request; who is one is for the room to say (MUC-225).
    static func answer(_ element: Element, _ inbound: Inbound, _ room: Room) throws(StanzaError) -> Intent {
        guard room.isThere(for: inbound) else { throw StanzaError(.itemNotFound) }
        guard let form = DataForm(reading: element), form.type == .submit,
            let jid = form.value(of: RegistrationForm.jid).flatMap({ try? JID($0) })
        else { return .ignore }
        let grants = form.flag(of: RegistrationForm.allows) ?? false
        return .change([.answerRegistration(of: jid, grants: grants, by: inbound.requester)])
    }

    private func set() throws(StanzaError) -> Intent {
        let answer = Intent.Answer(inbound.stanza.result())
        if query.child("remove", NS.register) != nil {
            return .change([.unregister(by: inbound.requester)], answer: answer)
        }
        guard let form = query.child("x", NS.dataForms).flatMap(DataForm.init(reading:)) else {
            throw StanzaError(.badRequest, text: "The form of this room is to be filled in.")
        }
        if form.type == .cancel { return .reply([inbound.stanza.result()]) }
        guard form.type == .submit, form.formType ?? NS.mucRegister == NS.mucRegister,
            let nick = form.value(of: RegistrationForm.nick), !nick.isEmpty
        else { throw StanzaError(.badRequest, text: "\(RegistrationForm.nick) is missing.") }
        return .change([.register(nick: nick, by: inbound.requester)], answer: answer)
    }
}
