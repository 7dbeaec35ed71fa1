// The presences by which a groupchat 1.0 client knows who is there.

import DialectKit
import Rooms
import XML
import XMPP

/// Writes presences for one view. What MUC says of an occupant stays in: a client that does not know it ignores it,
/// unless the room leaves it out for this dialect (GC-013).
struct PresenceWriter {
    let room: Room
    let view: View
    let address: RoomAddress

    /// The reader's own seat, where the news is about its own participant.
    var ownSeat: SeatID? { if case .own(let seat) = view.relation { seat } else { nil } }

    /// Somebody present, as newcomers see it; nil where the room does not show its role (MUC-138).
    func shown(_ id: ParticipantID) -> Template? {
        guard let person = room.person(id), room.settings.presenceBroadcast.contains(person.role) else { return nil }
        return here(person)
    }

    /// Somebody is there: the presence of its shown seat, or in a seat's own copy of that seat (MUC-344).
    func here(_ person: Person) -> Template {
        let seat = ownSeat.flatMap { room.seating[$0] } ?? room.seating.shown(of: person.id)
        return here(person, seat?.presence.payload ?? [])
    }

    /// Somebody is there, with this presence.
    func here(
        _ person: Person, _ payload: [Element], codes: Set<StatusCode> = [], answering id: String? = nil
    ) -> Template {
        var presence = OccupantPresence(from: address.occupant(person.nick), payload: payload)
        presence.id = id
        presence.statuses = own(codes)
        presence.item = item(person, person.role)
        return finished(presence)
    }

    /// Somebody goes; `adjust` says how.
    func gone(
        _ person: Person, role: Role = .none, codes: Set<StatusCode> = [],
        _ adjust: (inout OccupantPresence) -> Void = { _ in }
    ) -> Template {
        var presence = OccupantPresence(from: address.occupant(person.nick), isAvailable: false)
        presence.statuses = own(codes)
        presence.item = item(person, role)
        adjust(&presence)
        return finished(presence)
    }

    /// The reader is out because the room is no more, and its rules with it (GC-063).
    func ended(nick: String, _ destruction: Destruction) -> Template {
        var presence = OccupantPresence(from: address.occupant(nick), isAvailable: false)
        presence.item = OccupantPresence.Item(affiliation: .none, role: .none)
        presence.destruction = destruction
        return finished(presence)
    }

    /// Codes of a presence, and 110 on those about the reader itself.
    private func own(_ codes: Set<StatusCode>) -> Set<StatusCode> {
        ownSeat == nil ? codes : codes.union([.selfPresence])
    }

    private func item(_ person: Person, _ role: Role) -> OccupantPresence.Item {
        var item = OccupantPresence.Item(person, role: role, showsJID: view.seesJIDs)
        // in a seat's own copy its own address, not that of the shown seat (XD-033)
        if let own = ownSeat { item.jid = room.seating[own]?.address ?? person.jid }
        return item
    }

    /// What the room says of an occupant is left out where these rules say so (GC-013).
    private func finished(_ presence: OccupantPresence) -> Template {
        var presence = presence
        if room.settings.groupchatWithoutRanks { presence.item = nil }
        return presence.template
    }
}
