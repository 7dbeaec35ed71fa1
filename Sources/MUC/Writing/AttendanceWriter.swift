// Coming, changing and going, as occupants read it.

import DialectKit
import Rooms
import XML
import XMPP

/// Writes what happens to people's presence (XEP-0045 §7.2, §7.6, §7.7, §7.14, §8.2, §9.1, §11.1).
struct AttendanceWriter {
    let room: Room
    let view: View
    private let presences: PresenceWriter

    init(_ room: Room, for view: View) {
        self.room = room
        self.view = view
        presences = PresenceWriter(room, for: view)
    }

    func write(_ happening: Event.Attendance) -> [Template] {
        switch happening {
        case .entered(let arrival), .resynced(let arrival): entered(arrival)
        case .presenceChanged(let change): changed(change)
        case .visibilityChanged(let change): seen(change)
        case .renamed(let renaming): renamed(renaming)
        case .left(let departure): left(departure)
        }
    }

    /// The arriving seat is told by its welcome; this is for everybody else.
    private func entered(_ arrival: Event.Arrival) -> [Template] {
        guard arrival.isFirst || arrival.changesShown else { return [] }
        switch view.relation {
        case .own(arrival.seat.id): return []
        case .own(let id): return own(id, of: arrival.person)
        case .other: return [presences.shown(shownPerson(arrival.person))]
        }
    }

    private func changed(_ change: Event.PresenceChange) -> [Template] {
        switch view.relation {
        case .own(let id): change.changesShown || id == change.seat ? own(id, of: change.person) : []
        case .other: change.changesShown ? [presences.shown(shownPerson(change.person))] : []
        }
    }

    /// Others see somebody from now on or no more; it itself is where it was (MUC-140).
    private func seen(_ change: Event.VisibilityChange) -> [Template] {
        switch view.relation {
        case .own(let id): own(id, of: change.person)
        case .other: [change.isShown ? presences.shown(change.person) : presences.gone(change.person) { _ in }]
        }
    }

    private func renamed(_ renaming: Event.Renaming) -> [Template] {
        let new = renaming.person
        let old = Person(
            id: new.id, jid: new.jid, nick: renaming.oldNick, affiliation: new.affiliation, role: new.role)
        let mark = { (presence: inout OccupantPresence) -> Void in
            presence.item?.nick = new.nick
            presence.statuses.insert(.renamed)
        }
        switch view.relation {
        case .own(let id):
            guard let seat = room.seating[id] else { return [] }
            return [presences.ownGone(seat, old, role: old.role, mark), presences.own(seat, new)]
        case .other:
            let (old, new) = (shownPerson(old), shownPerson(new))
            return [presences.gone(old, role: old.role, mark), presences.shown(new)]
        }
    }

    private func left(_ departure: Event.Departure) -> [Template] {
        let mark = { (presence: inout OccupantPresence) -> Void in
            presence.payload = departure.payload
            presence.mark(departure.cause, in: room)
        }
        switch view.relation {
        case .own(let id):
            if let seat = departure.seats.first(where: { $0.id == id }) {
                return [presences.ownGone(seat, departure.person, mark)]
            }
            return departure.changesShown ? own(id, of: departure.person) : []
        case .other:
            if departure.isLast { return [presences.gone(departure.person, mark)] }
            return departure.changesShown ? [presences.shown(shownPerson(departure.person))] : []
        }
    }

    /// The reader's own presence once more (MUC-344).
    private func own(_ id: SeatID, of person: Person) -> [Template] {
        guard let seat = room.seating[id] else { return [] }
        return [presences.own(seat, person)]
    }

    /// `person` with the address of the seat that is shown, which need not be the one that acted (MUC-342).
    private func shownPerson(_ person: Person) -> Person {
        let jid = room.seating.shown(of: person.id)?.address ?? person.jid
        return Person(id: person.id, jid: jid, nick: person.nick, affiliation: person.affiliation, role: person.role)
    }
}
