// The rooms of one service on one shard: finds or loads the room a stanza is for, and lets go of those nobody uses.

import DialectKit
package import Rooms
import XMPP

/// The rooms of one service that live on one shard.
public final class RoomHall: Resident {
    private let service: Service
    private let desk: ServiceDesk
    private var rooms: [String: RoomLoop] = [:]
    private var ready: [RoomLoop] = []
    private var isClosing = false
    private var instances: UInt64 = 0

    init(_ service: Service) {
        self.service = service
        desk = ServiceDesk(service)
    }

    public func receive(_ envelope: Envelope, on shard: isolated Shard) {
        guard let local = envelope.to.local else { return desk.receive(envelope, on: shard) }
        guard !isClosing else {
            if envelope.stanza.isAnswerable {
                shard.reply(envelope.stanza.error(StanzaError(.serviceUnavailable, type: .wait)), to: envelope)
            }
            return shard.complete(envelope)
        }
        room(local, on: shard).receive(envelope, on: shard)
    }

    /// The room of this name, loaded if it was not here.
    func room(_ local: String, on shard: isolated Shard) -> RoomLoop {
        if let known = rooms[local] { return known }
        instances += 1
        let name = RoomName(service: service.facts.name, local: local)
        let loop = RoomLoop(name, service, self, instance: instances, on: shard)
        rooms[local] = loop
        loop.load(on: shard)
        return loop
    }

    /// The room of this name, if it is in memory.
    func known(_ local: String) -> RoomLoop? { rooms[local] }

    /// A room in memory as a value, with what waits for it; nil if it is on disk. For checks in tests.
    package func inspect(_ local: String) -> (room: Room, waiting: Int)? {
        rooms[local].map { ($0.state.room, $0.mailbox.count) }
    }

    /// A room has mail that it can take.
    func isReady(_ room: RoomLoop) { ready.append(room) }

    /// Nobody uses this room: it is on disk, and comes back when somebody asks for it.
    func letGo(_ room: RoomLoop) {
        if rooms[room.name.local] === room { rooms[room.name.local] = nil }
    }

    public func endTick(on shard: isolated Shard) {
        let taken = ready
        ready = []
        for room in taken { room.turn(on: shard) }
    }

    public func shutDown(on shard: isolated Shard) {
        isClosing = true
        for room in rooms.values.sorted(by: { $0.name.local < $1.name.local }) { room.shutDown(on: shard) }
    }

    public func isQuiet(on shard: isolated Shard) -> Bool { ready.isEmpty && rooms.values.allSatisfy(\.isQuiet) }

    /// What is in memory, for the operator.
    public func describe(on shard: isolated Shard) -> [RoomDescription] {
        rooms.values.map(\.description).sorted { $0.name < $1.name }
    }
}

/// A room in memory, as the operator's commands show it.
public struct RoomDescription: Sendable, Equatable {
    public let name: String
    public let state: String
    public let title: String
    public let occupants: [Occupant]
    /// Whether everybody sees everybody's real address.
    public let showsAddresses: Bool
    /// Roles whose presence the others are told.
    public let shownRoles: [String]
    public let head: UInt64
    public let archived: UInt64

    /// Somebody present.
    public struct Occupant: Sendable, Equatable {
        public let nick: String
        public let jid: String
        public let affiliation: String
        public let role: String
        /// Full JID and dialect of each seat.
        public let seats: [String]
        /// Full JID of the seat whose presence the others see.
        public let shown: String
    }
}

extension Shard {
    /// The hall of a service on this shard.
    public func hall(of service: String) -> RoomHall? { resident(.rooms(service: service)) as? RoomHall }
}
