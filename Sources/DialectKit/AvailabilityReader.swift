// Presence that is no entry: availability, another nick, leaving, and clients that believe themselves inside.

public import Rooms
import XML
public import XMPP

/// Understands presence of people who are inside, or think so (XEP-0045 §7.6, §7.7, §7.14, §7.2.18).
public struct AvailabilityReader {
    private let inbound: Inbound
    private let room: Room

    public init(inbound: Inbound, room: Room) {
        self.inbound = inbound
        self.room = room
    }

    /// What the sender says of its availability, freed of what only a room may say.
    public var presence: SeatPresence {
        SeatPresence(
            payload: RoomOnlyPayloads.strip(inbound.stanza.payload, for: inbound), priority: inbound.stanza.priority)
    }

    /// Somebody inside is available: an update, another nick, or both.
    public func stay(_ seat: Seat) -> Intent {
        let update = Command.updatePresence(seat.id, presence)
        guard let nick = inbound.nick, nick != room.participant(at: seat.id)?.nick else { return .change([update]) }
        let rename = Command.rename(seat.id, nick: nick)
        let isSame = seat.presence.payload == presence.payload && seat.presence.priority == presence.priority
        return .change(isSame ? [rename] : [rename, update])
    }

    /// The nick in the address may be an old one, or none: the seat decides who leaves (MUC-240, GC-035).
    public var leave: Intent {
        guard let seat = inbound.seat else { return .ignore }
        return .change([.leave(seat.id, payload: presence.payload)])
    }

    /// Somebody outside is available and does not ask to enter: it lost its room (MUC-086, GC-002).
    ///
    /// - Throws: `StanzaError`: it names no nick, or there is no such room.
    public func outside() throws(StanzaError) -> Intent {
        guard inbound.nick != nil else { throw StanzaError(.jidMalformed) }
        guard room.isThere(for: inbound) else { throw StanzaError(.itemNotFound) }
        return .reply([Desynchronised.answer(to: inbound)])
    }
}
