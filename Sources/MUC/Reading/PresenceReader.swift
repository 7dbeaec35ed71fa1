// Presence to a room: entering, updates, nick changes, leaving.

import DialectKit
import Rooms
import XMPP

/// Understands presence (XEP-0045 §7.1, §7.2, §7.6, §7.7, §7.14).
struct PresenceReader {
    let inbound: Inbound
    let room: Room
    private let availability: AvailabilityReader

    init(inbound: Inbound, room: Room) {
        self.inbound = inbound
        self.room = room
        availability = AvailabilityReader(inbound: inbound, room: room)
    }

    func read() throws(StanzaError) -> Intent {
        switch inbound.stanza.type {
        case .available:
            if let request = EntryRequest(reading: inbound.stanza) { return try enter(request) }
            guard let seat = inbound.seat else { return try availability.outside() }
            return availability.stay(seat)
        case .unavailable: return availability.leave
        case .error: return Bounce.intent(of: inbound, in: room)
        default: return .ignore
        }
    }

    private func enter(_ request: EntryRequest) throws(StanzaError) -> Intent {
        guard let nick = inbound.nick else { throw StanzaError(.jidMalformed) }
        let entry = Entry(
            address: inbound.from, domain: inbound.domain, dialect: MUCDialect.id, nick: nick, tolerance: .orHeld,
            creation: .locked, password: request.password, presence: availability.presence,
            language: inbound.stanza.language, history: request.history,
            // a client that speaks MUC and whose features nobody resolved is trusted with those the room asks for
            features: inbound.features ?? room.settings.requiredFeatures, answering: inbound.stanza.id)
        return .change([.enter(entry)])
    }
}
