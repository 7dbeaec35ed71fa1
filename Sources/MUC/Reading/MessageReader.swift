// Messages to a room and to occupants: speech, subject, private messages, invitations.

import DialectKit
import Rooms
import XML
import XMPP

/// Understands messages (XEP-0045 §7.4, §7.5, §7.8, §8.1).
struct MessageReader {
    let inbound: Inbound
    let room: Room

    func read() throws(StanzaError) -> Intent {
        if inbound.stanza.type == .error { return Bounce.intent(of: inbound) }
        if let nick = inbound.nick { return try privately(to: nick) }
        if inbound.stanza.type == .groupchat { return try publicly() }
        if let user = inbound.stanza.child("x", NS.mucUser) {
            if let intent = try InvitationReader(inbound: inbound, room: room).read(user) { return intent }
        }
        // what has words expects to be heard; the rest is noise from clients (MUC-151)
        guard inbound.stanza.body != nil else { return .ignore }
        throw StanzaError(.badRequest)
    }

    private func publicly() throws(StanzaError) -> Intent {
        guard let seat = inbound.seat else { throw room.refusalForOutsider(inbound) }
        let utterance = utterance(RoomOnlyPayloads.strip(inbound.stanza.payload, for: inbound))
        let setsSubject =
            inbound.stanza.child("subject", NS.client) != nil && inbound.stanza.child("body", NS.client) == nil
            && inbound.stanza.child("thread", NS.client) == nil
        return .change([setsSubject ? .setSubject(seat.id, utterance) : .say(seat.id, utterance)])
    }

    private func privately(to nick: String) throws(StanzaError) -> Intent {
        guard inbound.stanza.type != .groupchat else { throw StanzaError(.badRequest) }
        guard let seat = inbound.seat else { throw room.refusalForOutsider(inbound) }
        guard let target = room.occupant(nick) else { throw StanzaError(.itemNotFound) }
        let payload = RoomOnlyPayloads.strip(inbound.stanza.payload, for: inbound).filter { !revealsSender($0) }
        return .change([.whisper(seat.id, to: target.id, utterance(payload))])
    }

    /// Elements in which clients or their servers name the sender's real JID (MUC-167).
    private func revealsSender(_ element: Element) -> Bool {
        switch element.namespace {
        case NS.addresses: true
        case NS.delay, NS.legacyDelay:
            element["from"].flatMap { try? JID($0) }?.bare == inbound.from.bare
        default: false
        }
    }

    private func utterance(_ payload: [Element]) -> Utterance {
        Utterance(
            id: inbound.stanza.id, type: inbound.stanza.type, language: inbound.stanza.language, payload: payload)
    }
}

extension Room {
    /// What somebody without a seat is told, who wants something that only occupants may (MUC-148, MUC-150, MUC-163).
    func refusalForOutsider(_ inbound: Inbound) -> StanzaError {
        isThere(for: inbound) ? StanzaError(.notAcceptable, type: .cancel) : StanzaError(.itemNotFound)
    }

    /// Whether this requester may know that there is a room: a locked one is there for its owner only (MUC-076).
    func isThere(for inbound: Inbound) -> Bool {
        switch state {
        case .absent: false
        case .open: true
        case .locked: permissions.rank(of: inbound.requester) == .owner
        }
    }
}
