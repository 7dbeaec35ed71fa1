// Occupants' presences for one view: the pieces from which all that happens to people is told.

import DialectKit
import Rooms
import XML
import XMPP

/// Writes presences of occupants (XEP-0045 §7.2.2, §17.3): each has one muc#user child, and an occupant-id.
struct PresenceWriter {
    let room: Room
    let address: RoomAddress
    /// Whether the reader may see real JIDs.
    let seesJIDs: Bool

    init(_ room: Room, for view: View) {
        self.room = room
        address = RoomAddress(room, view.domain)
        seesJIDs = view.seesJIDs || room.settings.isOpen
    }

    /// What somebody's readers see while it is there: the presence of the shown seat.
    func shown(_ person: Person, _ adjust: (inout OccupantPresence) -> Void = { _ in }) -> Template {
        let payload = room.seating.shown(of: person.id)?.presence.payload ?? []
        var presence = OccupantPresence(from: address.occupant(person.nick), payload: payload)
        presence.item = OccupantPresence.Item(person, showsJID: seesJIDs)
        presence.occupantID = person.id
        adjust(&presence)
        return presence.template
    }

    /// What a seat is told of its own participant: that seat's own presence and address, and status 110 (MUC-344).
    func own(_ seat: Seat, _ person: Person, _ adjust: (inout OccupantPresence) -> Void = { _ in }) -> Template {
        var presence = OccupantPresence(from: address.occupant(person.nick), payload: seat.presence.payload)
        presence.item = ownItem(seat, person, role: person.role)
        presence.occupantID = person.id
        presence.statuses = [.selfPresence]
        adjust(&presence)
        return presence.template
    }

    /// What somebody's readers see when it is there no more, or no more under this nick.
    func gone(_ person: Person, role: Role = .none, _ adjust: (inout OccupantPresence) -> Void) -> Template {
        var presence = OccupantPresence(from: address.occupant(person.nick), isAvailable: false)
        presence.item = OccupantPresence.Item(person, role: role, showsJID: seesJIDs)
        presence.occupantID = person.id
        adjust(&presence)
        return presence.template
    }

    /// What a seat is told when its own participant is there no more, or no more under this nick.
    func ownGone(
        _ seat: Seat, _ person: Person, role: Role = .none, _ adjust: (inout OccupantPresence) -> Void
    ) -> Template {
        var presence = OccupantPresence(from: address.occupant(person.nick), isAvailable: false)
        presence.item = ownItem(seat, person, role: role)
        presence.occupantID = person.id
        presence.statuses = [.selfPresence]
        adjust(&presence)
        return presence.template
    }

    /// How newcomers are shown somebody; nil for those whose role is not broadcast (MUC-138).
    func forNewcomers(_ id: ParticipantID) -> Template? {
        guard let person = room.person(id), room.settings.presenceBroadcast.contains(person.role) else { return nil }
        return shown(person)
    }

    private func ownItem(_ seat: Seat, _ person: Person, role: Role) -> OccupantPresence.Item {
        OccupantPresence.Item(affiliation: person.affiliation, role: role, jid: seat.address)
    }
}
