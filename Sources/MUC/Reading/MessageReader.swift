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
        if let intent = try SpeechReader(inbound: inbound, room: room).read() { return takingBack(intent) }
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

    /// Words that take something back (XEP-0424 §3); what is not known here may be known to whoever reads them, and is
    /// passed on (MUCX-054).
    private func takingBack(_ intent: Intent) -> Intent {
        guard case .change(let commands, _) = intent, let words = commands.first, case .say = words,
            let id = inbound.stanza.child("retract", NS.retraction)?["id"], !id.isEmpty
        else { return intent }
        return .retract(Intent.Retraction(archiveID: id, id: inbound.stanza.id, otherwise: words))
    }
}
