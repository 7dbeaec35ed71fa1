// The rooms of one service on one shard: finds or loads the room a stanza is for, and lets go of those nobody uses.

import DialectKit
import Logging
package import Rooms
import Storage
import XMPP

/// The rooms of one service that live on one shard.
public final class RoomHall: Resident {
    private let service: Service
    private let desk: ServiceDesk
    private var rooms: [String: RoomLoop] = [:]
    private var ready: [RoomLoop] = []
    private var isClosing = false
    private var instances: UInt64 = 0
    /// The nicks registered with the service.
    private(set) var registry = NickRegistry()
    /// When rooms end that are not in memory.
    private var ends = AwaitedEnds()
    private var endAlarm: (at: Moment, Cancellation)?

    init(_ service: Service) {
        self.service = service
        desk = ServiceDesk(service)
    }

    public func receive(_ envelope: Envelope, on shard: isolated Shard) {
        guard let address = envelope.to.local else { return desk.receive(envelope, on: shard) }
        let (local, participant) = ProxyName.split(address)
        guard participant == nil || service.hasChannels(at: envelope.to.domain) else {
            return refuseName(envelope, on: shard)
        }
        guard !isClosing else {
            if envelope.stanza.isAnswerable {
                shard.reply(envelope.stanza.error(StanzaError(.serviceUnavailable, type: .wait)), to: envelope)
            }
            return shard.complete(envelope)
        }
        room(local, on: shard).receive(envelope, on: shard)
    }

    /// Where nobody is addressed by a proxy, this would be the name of a room, and no room has such a one (rule T-29).
    private func refuseName(_ envelope: Envelope, on shard: isolated Shard) {
        if envelope.stanza.isAnswerable {
            let error = StanzaError(envelope.stanza.kind == .presence ? .jidMalformed : .itemNotFound)
            shard.reply(envelope.stanza.error(error), to: envelope)
        }
        shard.complete(envelope)
    }

    /// A nick was registered, or given back: its holder has it in every channel from now on, unless another is there
    /// who had it before (MIXC-413).
    func register(_ jid: JID, _ nick: String?, on shard: isolated Shard) {
        registry.set(jid, nick)
        guard let nick else { return }
        for room in rooms.values where room.state.room.enrolments[jid: jid]?.isParticipant == true {
            room.order(.membership(.rename(jid, nick: nick)), on: shard)
        }
    }

    /// Takes up the nicks that were registered before, and wakes rooms that have something to do.
    func open(on shard: isolated Shard) {
        wakeRooms(after: nil, on: shard)
        guard service.keepsOwnRoom, shard.house.shard(ofLocal: Lobby.ownRoom) == shard.index else { return }
        shard.ownRoom(of: service.facts.name) { room, shard in room.post(.command(.deadlineReached), on: shard) }
    }

    private func wakeRooms(after name: String?, on shard: isolated Shard) {
        let (home, service) = (shard.house.shards[shard.index], service.facts.name)
        let limit = shard.house.limits.directoryPage
        shard.house.store.roomsToWake(of: service, after: name, limit: limit) { found in
            home.loop.execute {
                home.assumeIsolated { shard in shard.hall(of: service)?.wake(found, on: shard) }
            }
        }
    }

    private func wake(_ found: Result<[String], StorageFault>, on shard: isolated Shard) {
        switch found {
        case .failure(let fault):
            shard.house.log.error("rooms that should wake are asleep", metadata: ["reason": "\(fault)"])
        case .success(let names):
            for name in names where shard.house.shard(ofLocal: name) == shard.index {
                room(name, on: shard).post(.woken, on: shard)
            }
            if let last = names.last { wakeRooms(after: last, on: shard) }
        }
    }

    /// What the service's own room keeps is at hand on every loop.
    func take(_ registry: NickRegistry) { self.registry = registry }

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

    /// Nobody uses this room: it is on disk, and comes back when somebody asks for it, or when it has to end.
    func letGo(_ room: RoomLoop, until end: Moment?, on shard: isolated Shard) {
        guard rooms[room.name.local] === room else { return }
        rooms[room.name.local] = nil
        ends.set(room.name.local, end, limit: shard.house.limits.awaitedEnds)
        setEndAlarm(on: shard)
    }

    /// This room could not be read: it is read again when somebody asks for it.
    func giveUp(_ room: RoomLoop) {
        if rooms[room.name.local] === room { rooms[room.name.local] = nil }
    }

    // MARK: Rooms that end while they are not in memory

    private func setEndAlarm(on shard: isolated Shard) {
        guard ends.next != endAlarm?.at else { return }
        endAlarm?.1.cancel()
        endAlarm = nil
        guard let next = ends.next, !isClosing else { return }
        let (home, service) = (shard.house.shards[shard.index], service.facts.name)
        let cancellation = shard.loop.schedule(after: max(.zero, next - shard.loop.now)) {
            home.assumeIsolated { shard in shard.hall(of: service)?.endAlarmRang(at: next, on: shard) }
        }
        endAlarm = (next, cancellation)
    }

    private func endAlarmRang(at time: Moment, on shard: isolated Shard) {
        guard endAlarm?.at == time, !isClosing else { return }
        endAlarm = nil
        let (now, limits) = (shard.loop.now, shard.house.limits)
        for name in ends.take(at: now, most: limits.directoryPage) {
            // a room that is here has an alarm of its own, but one that is being read may yet fail to come
            if let room = rooms[name], room.phase != .loading { continue }
            ends.set(name, now + .seconds(limits.retrySeconds), limit: limits.awaitedEnds)
            _ = room(name, on: shard)
        }
        setEndAlarm(on: shard)
    }

    public func endTick(on shard: isolated Shard) {
        let taken = ready
        ready = []
        for room in taken { room.turn(on: shard) }
    }

    public func shutDown(on shard: isolated Shard) {
        isClosing = true
        endAlarm?.1.cancel()
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
    /// The bare JIDs of owners and admins, present or not.
    public let rulers: [String]
    /// Everybody who takes part, present or not, and whom others are told of.
    public let participants: [Participant]

    /// Somebody who takes part.
    public struct Participant: Sendable, Equatable {
        public let id: String
        /// Empty of somebody who has none.
        public let nick: String
    }

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
