// Requests to a participant's proxy address: passed on to the account, or to one of its clients.

import DialectKit
import Rooms
import XML
import XMPP

/// Understands IQ to `P#coven@mix` (XEP-0403 §4.5, §4.6; rule mix-0.2.1 O-22).
struct ProxyRequestReader {
    let speaker: Speaker

    func read() throws(StanzaError) -> Intent {
        let inbound = speaker.inbound
        guard inbound.stanza.type == .get || inbound.stanza.type == .set else { return .relayed }
        guard speaker.room.isThere(for: inbound) else { throw StanzaError(.itemNotFound) }
        guard let target = inbound.proxy else { throw StanzaError(.serviceUnavailable) }
        guard speaker.isMember else { throw StanzaError(.forbidden) }
        guard let participant = speaker.room.participant(target) else { throw StanzaError(.itemNotFound) }
        let namespace = inbound.stanza.payload.first?.namespace
        if namespace == NS.vcard || namespace == NS.vcard4 {
            let wish = speaker.room.enrolments[target]?.preferences ?? Preferences()
            guard wish.showsVCard || participant.jid == inbound.from.bare else { throw StanzaError(.forbidden) }
            return .relay(to: target, .account)
        }
        guard let mask = inbound.nick else { throw StanzaError(.serviceUnavailable) }
        guard let seat = speaker.room.seat(of: target, masked: mask) else { throw StanzaError(.itemNotFound) }
        return .relay(to: target, .seat(seat.id))
    }
}
