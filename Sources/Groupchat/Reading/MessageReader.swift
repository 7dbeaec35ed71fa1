// Messages to a room and to occupants: speech, subject, private messages.

import DialectKit
import Rooms
import XMPP

/// Understands messages (GC-040 … GC-048).
struct MessageReader {
    let inbound: Inbound
    let room: Room

    func read() throws(StanzaError) -> Intent {
        switch (inbound.stanza.type, inbound.nick) {
        case (.error, _): return Bounce.intent(of: inbound)
        case (.groupchat, nil): return try publicly()
        case (.groupchat, _?): throw StanzaError(.badRequest)
        case (_, let nick?): return try privately(to: nick)
        // invitations and requests for voice have a mark by which MUC claims them (GC-042)
        case (_, nil): throw StanzaError(.badRequest)
        }
    }

    /// A subject with a body is a message: GC clients quote back the copy they got (T-18).
    private func publicly() throws(StanzaError) -> Intent {
        guard let seat = inbound.seat else { throw room.refusalForOutsider(inbound) }
        let isSubject =
            inbound.stanza.child("subject", NS.client) != nil && inbound.stanza.child("body", NS.client) == nil
            && inbound.stanza.child("thread", NS.client) == nil
        let utterance = Utterance(publicly: inbound)
        return .change([isSubject ? .setSubject(seat.id, utterance) : .say(seat.id, utterance)])
    }

    private func privately(to nick: String) throws(StanzaError) -> Intent {
        guard let seat = inbound.seat else { throw room.refusalForOutsider(inbound) }
        guard let target = room.occupant(nick) else { throw StanzaError(.itemNotFound) }
        return .change([.whisper(seat.id, to: target.id, Utterance(privately: inbound))])
    }
}
