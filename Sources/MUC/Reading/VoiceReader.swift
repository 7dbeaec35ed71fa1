// Requests for voice, and what moderators answer to them.

import DialectKit
import Rooms
import XML
import XMPP

/// Understands submitted muc#request forms (XEP-0045 §7.13, §8.6).
struct VoiceReader {
    let inbound: Inbound
    let room: Room

    func read(_ element: Element) throws(StanzaError) -> Intent {
        guard let seat = inbound.seat else { throw room.refusalForOutsider(inbound) }
        guard let form = DataForm(reading: element) else { throw StanzaError(.badRequest) }
        switch form.type {
        case .cancel: return .ignore
        case .form, .result: throw StanzaError(.badRequest)
        case .submit: break
        }
        if form.field(VoiceForm.allows) != nil || form.field(VoiceForm.jid) != nil { return try answer(form) }
        guard form.value(of: VoiceForm.role) == Role.participant.token else { throw StanzaError(.badRequest) }
        return .change([.requestVoice(seat.id)])
    }

    /// Only a moderator has such a form to send back; who is one is for the room to say (MUC-232, MUC-233).
    private func answer(_ form: DataForm) throws(StanzaError) -> Intent {
        guard let text = form.value(of: VoiceForm.jid), let jid = try? JID(text) else { throw StanzaError(.badRequest) }
        guard let grants = form.field(VoiceForm.allows).map(\.flag) ?? false else { throw StanzaError(.badRequest) }
        return .change([.answerVoiceRequest(of: jid, grants: grants, by: inbound.requester)])
    }
}
