// Who listens where: seats by id, by address and by participant.

public import XMPP

/// The seats of a room. Empty after every start: recovery knows nobody's seat (law 3).
public struct Seating: Sendable, Equatable {
    private var seats: [SeatID: Seat] = [:]
    private(set) var byAddress: [JID: SeatID] = [:]
    private(set) var byParticipant: [ParticipantID: [SeatID]] = [:]
    private(set) var next: UInt64 = 1
    private(set) var presences: UInt64 = 0

    public subscript(_ id: SeatID) -> Seat? { seats[id] }

    /// The seat at this full JID.
    public subscript(address address: JID) -> Seat? { byAddress[address].flatMap { seats[$0] } }

    public var count: Int { seats.count }
    public var isEmpty: Bool { seats.isEmpty }

    /// All seats, in the order in which they were taken.
    public var all: [Seat] { seats.values.sorted { $0.id < $1.id } }

    /// The seats of a participant, in the order in which they were taken.
    public func seats(of participant: ParticipantID) -> [Seat] {
        (byParticipant[participant] ?? []).compactMap { seats[$0] }
    }

    /// The seat whose presence the others see: highest priority, of equals the latest (T-17, MUC-342).
    public func shown(of participant: ParticipantID) -> Seat? {
        seats(of: participant).filter(\.isPresent).max {
            ($0.presence.priority, $0.presence.order) < ($1.presence.priority, $1.presence.order)
        }
    }

    /// Whether somebody is available on one of its seats.
    public func isPresent(_ participant: ParticipantID) -> Bool {
        (byParticipant[participant] ?? []).contains { seats[$0]?.isPresent == true }
    }

    /// The id the next seat gets.
    public var nextID: SeatID { SeatID(next) }

    /// Whether `presence` on `seat` would be what the others see.
    func wouldShow(_ presence: SeatPresence, on seat: SeatID, of participant: ParticipantID) -> Bool {
        !seats(of: participant).contains {
            $0.id != seat && $0.isPresent && $0.presence.priority > presence.priority
        }
    }

    mutating func take(_ seat: Seat) {
        var seat = seat
        presences += 1
        seat.presence.order = presences
        seats[seat.id] = seat
        byAddress[seat.address] = seat.id
        byParticipant[seat.participant, default: []].append(seat.id)
        next = max(next, seat.id.number + 1)
    }

    mutating func setPresence(_ presence: SeatPresence, of id: SeatID) {
        presences += 1
        seats[id]?.presence = presence
        seats[id]?.presence.order = presences
    }

    /// A presence of somebody who has no seat.
    mutating func countPresence() { presences += 1 }

    /// A seat of a listener: available from now on with this presence, or no more.
    mutating func appear(_ seat: Seat) {
        presences += 1
        seats[seat.id] = seat
        seats[seat.id]?.presence.order = presences
    }

    /// A seat that was heard for elsewhere listens itself from now on.
    mutating func tune(_ seat: Seat) { seats[seat.id]?.kind = seat.kind }

    mutating func vanish(_ id: SeatID) {
        seats[id]?.isPresent = false
        seats[id]?.presence.payload = []
        seats[id]?.presence.priority = 0
    }

    mutating func setDialect(_ dialect: DialectID, of id: SeatID) { seats[id]?.dialect = dialect }

    mutating func leave(_ id: SeatID) {
        guard let seat = seats.removeValue(forKey: id) else { return }
        if byAddress[seat.address] == id { byAddress[seat.address] = nil }
        byParticipant[seat.participant]?.removeAll { $0 == id }
        if byParticipant[seat.participant]?.isEmpty == true { byParticipant[seat.participant] = nil }
    }

    /// Numbers of seats are not used again, so a seat of an ended room is never taken for one of its successor.
    mutating func continueNumbering(after other: Seating) { next = other.next }

    mutating func clear() {
        seats = [:]
        byAddress = [:]
        byParticipant = [:]
    }
}
