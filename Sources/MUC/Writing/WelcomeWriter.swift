// All that a newcomer is told, in the order of XEP-0045 §7.1.

import DialectKit
import Rooms
import XML
import XMPP

/// Writes the entry sequence: the others, the newcomer itself, history, subject (MUC-106).
struct WelcomeWriter {
    let room: Room
    let view: View

    func write(_ arrival: Event.Arrival, others: [Template]) -> [Template] {
        let history = HistoryWriter(room, for: view).write(
            arrival.history, to: arrival.seat.address, at: arrival.time)
        return others + [own(arrival)] + history + [SubjectWriter(room, for: view).write()]
    }

    private func own(_ arrival: Event.Arrival) -> Template {
        PresenceWriter(room, for: view).own(arrival.seat, arrival.person) { presence in
            presence.id = arrival.answering
            if room.settings.isOpen { presence.statuses.insert(.jidsVisible) }
            if room.settings.isLoggedPublicly { presence.statuses.insert(.loggingOn) }
            if arrival.created { presence.statuses.insert(.created) }
            if arrival.nickAssigned { presence.statuses.insert(.nickAssigned) }
        }
    }
}
