// IQ to an occupant: passed on, but for the self-ping that the room answers.

import DialectKit
import Rooms
import XML
import XMPP

/// Understands IQ addressed to `room/nick` (XEP-0045 §17.4, XEP-0410).
struct OccupantRequestReader {
    let inbound: Inbound
    let room: Room

    func read() throws(StanzaError) -> Intent {
        guard inbound.stanza.type == .get || inbound.stanza.type == .set else { return .relayed }
        guard let seat = inbound.seat, let own = room.participant(at: seat.id) else {
            throw isDisco ? StanzaError(.badRequest) : room.refusalForOutsider(inbound)
        }
        guard let nick = inbound.nick, let target = room.occupant(nick) else { throw StanzaError(.itemNotFound) }
        if target.id == own.id, inbound.stanza.child("ping", NS.ping) != nil {
            return .reply([inbound.stanza.result()])
        }
        return .relay(to: target.id, isForAccount ? .account : .shownSeat)
    }

    private var isDisco: Bool {
        let namespace = inbound.stanza.payload.first?.namespace
        return namespace == NS.discoInfo || namespace == NS.discoItems
    }

    /// vCards and PEP are answered by the target's server (MUC-172).
    private var isForAccount: Bool {
        switch inbound.stanza.payload.first?.namespace {
        case NS.vcard, NS.vcard4, NS.pubsub: true
        default: false
        }
    }
}
