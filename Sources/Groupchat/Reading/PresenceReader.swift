// Presence to a room: entering, another nick, availability, leaving.

import DialectKit
import Rooms
import XMPP

/// Understands presence (GC-001 … GC-008, GC-030 … GC-039).
struct PresenceReader {
    let inbound: Inbound
    let room: Room
    let policy: JoinPolicy
    let now: Moment

    func read() throws(StanzaError) -> Intent {
        switch inbound.stanza.type {
        case .available:
            guard let seat = inbound.seat else { return try knock() }
            return stay(seat)
        case .unavailable:
            // whatever nick it names, and also the room itself: the seat decides who leaves (GC-035)
            guard let seat = inbound.seat else { return .ignore }
            return .change([.leave(seat.id, payload: presence.payload)])
        case .error: return Bounce.intent(of: inbound)
        default: return .ignore  // probes and subscriptions never enter (GC-007)
        }
    }

    private func knock() throws(StanzaError) -> Intent {
        guard let nick = inbound.nick else { throw StanzaError(.jidMalformed) }
        let isMarked = inbound.stanza.child("x", NS.muc) != nil  // MUC's entry, where only this dialect is spoken
        guard isMarked || policy.admits(inbound, to: room, now: now) else {
            guard room.state != .absent else { throw StanzaError(.itemNotFound) }
            return .reply([Desynchronised.answer(to: inbound)])
        }
        // no features: where any is required, those who speak only this dialect do not take part (GC-023)
        let entry = Entry(
            address: inbound.from, domain: inbound.domain, dialect: GroupchatDialect.id, nick: nick,
            tolerance: .exactly, creation: .open, presence: presence, language: inbound.stanza.language,
            answering: inbound.stanza.id)
        return .change([.enter(entry)])
    }

    private func stay(_ seat: Seat) -> Intent {
        guard let nick = inbound.nick, nick != room.participant(at: seat.id)?.nick else {
            return .change([.updatePresence(seat.id, presence)])
        }
        let rename = Command.rename(seat.id, nick: nick)
        let isSame = seat.presence.payload == presence.payload && seat.presence.priority == presence.priority
        return .change(isSame ? [rename] : [rename, .updatePresence(seat.id, presence)])
    }

    private var presence: SeatPresence {
        SeatPresence(
            payload: RoomOnlyPayloads.strip(inbound.stanza.payload, for: inbound), priority: inbound.stanza.priority)
    }
}
