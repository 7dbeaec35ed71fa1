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

    private var availability: AvailabilityReader { AvailabilityReader(inbound: inbound, room: room) }

    func read() throws(StanzaError) -> Intent {
        switch inbound.stanza.type {
        case .available:
            guard let seat = inbound.seat else { return try knock() }
            return availability.stay(seat)
        case .unavailable: return availability.leave
        case .error: return Bounce.intent(of: inbound, in: room)
        default: return .ignore  // probes and subscriptions never enter (GC-007)
        }
    }

    private func knock() throws(StanzaError) -> Intent {
        let isMarked = inbound.stanza.child("x", NS.muc) != nil  // MUC's entry, where only this dialect is spoken
        guard let nick = inbound.nick, isMarked || policy.admits(inbound, to: room, now: now) else {
            return try availability.outside()
        }
        // no features: where any is required, those who speak only this dialect do not take part (GC-023)
        let entry = Entry(
            address: inbound.from, domain: inbound.domain, dialect: GroupchatDialect.id, nick: nick,
            tolerance: .exactly, creation: .open, presence: availability.presence, language: inbound.stanza.language,
            answering: inbound.stanza.id)
        return .change([.enter(entry)])
    }
}
