// Messages to a room and to occupants: speech, subject, private messages, invitations, requests for voice.

import DialectKit
import Rooms
import XML
import XMPP

/// Understands messages (XEP-0045 §7.4, §7.5, §7.8, §7.13, §8.1).
struct MessageReader {
    let inbound: Inbound
    let room: Room

    func read() throws(StanzaError) -> Intent {
        if let intent = try SpeechReader(inbound: inbound, room: room).read() { return intent }
        if let user = inbound.stanza.child("x", NS.mucUser) {
            if let intent = try InvitationReader(inbound: inbound, room: room).read(user) { return intent }
        }
        if let form = VoiceForm.element(in: inbound.stanza) {
            return try VoiceReader(inbound: inbound, room: room).read(form)
        }
        if let form = RegistrationForm.element(in: inbound.stanza) {
            return try RegistrationReader.answer(form, inbound, room)
        }
        // what has words expects to be heard; the rest is noise from clients (MUC-151)
        guard inbound.stanza.body != nil else { return .ignore }
        throw StanzaError(.badRequest)
    }
}
