// Which seats get the same bytes: the audience of a room by view and loop, kept up to date seat by seat.

import DialectKit
import Rooms

/// The seats of a room grouped by view, and within a view by the loop of their outlets.
///
/// It is a fold over what happens; tests compare it with the audience computed from the room.
struct SeatingPlan: Sendable {
    /// One view and its seats on each shard.
    struct Group: Sendable {
        var view: View
        var rolls: [Int: Roll] = [:]
    }

    private struct Place: Sendable {
        let view: View
        let shard: Int
        let entry: Roll.Entry
    }

    private(set) var groups: [Group] = []
    private var places: [SeatID: Place] = [:]
    private var ports: [SeatID: Port] = [:]
    private var members: [ParticipantID: Member] = [:]
    private var lastMember: UInt32 = 0

    private struct Member: Sendable {
        let number: UInt32
        var seats: Int
    }

    var seats: Int { places.count }

    /// Whether any client of this server, or a link to another, is told something here.
    var hasOutlets: Bool { ports.values.contains { !$0.isRouted } }

    func port(of seat: SeatID) -> Port? { ports[seat] }

    func view(of seat: SeatID) -> View? { places[seat]?.view }

    func hole(of seat: SeatID) -> AddressHole? { places[seat]?.entry.hole }

    /// The number under which a participant's seats stand on the lists; 0: has none.
    func member(_ participant: ParticipantID) -> UInt32 { members[participant]?.number ?? 0 }

    /// Seats somebody; a seat that is there already has another outlet from now on.
    mutating func take(_ seat: Seat, at port: Port, view: View) {
        if members[seat.participant] == nil {
            lastMember += 1
            members[seat.participant] = Member(number: lastMember, seats: 0)
        }
        if places[seat.id] == nil { members[seat.participant]?.seats += 1 }
        let entry = Roll.Entry(
            seat: seat.id, member: member(seat.participant), slot: port.slot, generation: port.generation,
            hole: AddressHole(seat.address))
        if let former = places[seat.id] { lift(former) }
        ports[seat.id] = port
        place(Place(view: view, shard: Int(port.shard), entry: entry))
    }

    /// Another view from now on: the seat may see more or less, or speaks another dialect.
    mutating func move(_ seat: SeatID, to view: View) {
        guard let place = places[seat], place.view != view else { return }
        lift(place)
        self.place(Place(view: view, shard: place.shard, entry: place.entry))
    }

    mutating func leave(_ seat: Seat) {
        guard let place = places.removeValue(forKey: seat.id) else { return }
        lift(place)
        ports[seat.id] = nil
        members[seat.participant]?.seats -= 1
        if members[seat.participant]?.seats == 0 { members[seat.participant] = nil }
    }

    private mutating func place(_ place: Place) {
        places[place.entry.seat] = place
        if let index = groups.firstIndex(where: { $0.view == place.view }) {
            groups[index].rolls[place.shard, default: Roll()].entries.append(place.entry)
        } else {
            groups.append(Group(view: place.view, rolls: [place.shard: Roll(entries: [place.entry])]))
        }
    }

    private mutating func lift(_ place: Place) {
        guard let index = groups.firstIndex(where: { $0.view == place.view }),
            let position = groups[index].rolls[place.shard]?.entries.firstIndex(where: { $0.seat == place.entry.seat })
        else { return }
        groups[index].rolls[place.shard]?.entries.remove(at: position)
        if groups[index].rolls[place.shard]?.entries.isEmpty == true { groups[index].rolls[place.shard] = nil }
        if groups[index].rolls.isEmpty { groups.remove(at: index) }
    }
}
