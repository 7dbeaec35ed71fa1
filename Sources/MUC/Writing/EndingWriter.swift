// The end of a room or of the service, as each occupant is told of its own.

import DialectKit
import Rooms
import XML
import XMPP

/// Writes destruction (XEP-0045 §10.9) and shutdown (§11.2): one unavailable presence for each seat, about itself.
struct EndingWriter {
    let room: Room
    let view: View

    func destroyed(_ ending: Event.Ending) -> [Template] {
        guard let destruction = ending.destruction else { return [] }
        return farewell(ending.seats, { room.roster[$0]?.nick }) { presence, _ in
            presence.item = OccupantPresence.Item(affiliation: .none, role: .none)
            presence.destruction = destruction
            presence.statuses = [.selfPresence]
        }
    }

    func shutDown(_ seats: [Seat], _ nicks: [ParticipantID: String]) -> [Template] {
        farewell(seats, { nicks[$0] }) { presence, seat in
            let affiliation = room.affiliations.affiliation(of: seat.address)
            presence.item = OccupantPresence.Item(affiliation: affiliation, role: .none, jid: seat.address)
            presence.statuses = [.selfPresence, .shutDown]
        }
    }

    private func farewell(
        _ seats: [Seat], _ nick: (ParticipantID) -> String?, _ fill: (inout OccupantPresence, Seat) -> Void
    ) -> [Template] {
        guard case .own(let id) = view.relation, let seat = seats.first(where: { $0.id == id }),
            let nick = nick(seat.participant)
        else { return [] }
        let address = RoomAddress(room, view.domain)
        var presence = OccupantPresence(from: address.occupant(nick), isAvailable: false)
        presence.occupantID = seat.participant
        fill(&presence, seat)
        return [presence.template]
    }
}
