// Presence to a room: entering, updates, nick changes, leaving.

import DialectKit
import Rooms
import XML
import XMPP

/// Understands presence (XEP-0045 §7.1, §7.2, §7.6, §7.7, §7.14).
struct PresenceReader {
    let inbound: Inbound
    let room: Room

    func read() throws(StanzaError) -> Intent {
        switch inbound.stanza.type {
        case .available: return try available()
        case .unavailable:
            // the nick in the address may be an old one: the seat decides who leaves (MUC-240)
            guard let seat = inbound.seat else { return .ignore }
            return .change([.leave(seat.id, payload: payload)])
        case .error: return Bounce.intent(of: inbound)
        default: return .ignore
        }
    }

    private func available() throws(StanzaError) -> Intent {
        guard let request = EntryRequest(reading: inbound.stanza) else { return try withoutRequest() }
        guard let nick = inbound.nick else { throw StanzaError(.jidMalformed) }
        let entry = Entry(
            address: inbound.from, domain: inbound.domain, dialect: MUCDialect.id, nick: nick, tolerance: .orHeld,
            creation: .locked, password: request.password, presence: presence, language: inbound.stanza.language,
            history: request.history,
            // a client that speaks MUC and whose features nobody resolved is trusted with those the room asks for
            features: inbound.features ?? room.settings.requiredFeatures, answering: inbound.stanza.id)
        return .change([.enter(entry)])
    }

    /// Presence that asks for nothing: an update or a nick change, or a client that believes itself inside (MUC-086).
    private func withoutRequest() throws(StanzaError) -> Intent {
        guard let seat = inbound.seat else {
            guard inbound.nick != nil else { throw StanzaError(.jidMalformed) }
            guard room.state != .absent else { throw StanzaError(.itemNotFound) }
            return .reply([Desynchronised.answer(to: inbound)])
        }
        guard let nick = inbound.nick, nick != room.participant(at: seat.id)?.nick else {
            return .change([.updatePresence(seat.id, presence)])
        }
        let rename = Command.rename(seat.id, nick: nick)
        let isSame = seat.presence.payload == presence.payload && seat.presence.priority == presence.priority
        return .change(isSame ? [rename] : [rename, .updatePresence(seat.id, presence)])
    }

    private var payload: [Element] { RoomOnlyPayloads.strip(inbound.stanza.payload, for: inbound) }

    private var presence: SeatPresence { SeatPresence(payload: payload, priority: inbound.stanza.priority) }
}
