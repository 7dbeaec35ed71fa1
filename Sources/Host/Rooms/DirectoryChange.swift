// Rooms that come, go and change their names, for those who hear of such things.

import DialectKit
import Rooms
import XML
import XMPP

/// The directory shows something else of a room, or shows it to others (rule mix-0.0.1 O-02).
struct DirectoryChange: Sendable {
    let room: RoomName
    private let former: DirectoryFace
    private let present: DirectoryFace

    /// What a change of a room means here; nil: nothing that anybody could find.
    init?(_ room: Room, since former: DirectoryFace) {
        let present = DirectoryFace(room)
        guard former.title != present.title || former.isMembersOnly != present.isMembersOnly else { return nil }
        guard room.name.local != Lobby.ownRoom else { return nil }
        self.room = room.name
        self.former = former
        self.present = present
    }

    /// What somebody finds now that it did not find before.
    enum News: Sendable, Hashable {
        case shown(as: String)
        case gone
    }

    /// What it means for somebody; nil: nothing.
    func news(for jid: JID) -> News? {
        let (before, now) = (former.title(for: jid), present.title(for: jid))
        return before == now ? nil : now.map(News.shown) ?? .gone
    }
}

extension Shard {
    /// Hands work to the room in which a service keeps what is its own.
    func ownRoom(of service: String, _ work: @escaping @Sendable (RoomLoop, isolated Shard) -> Void) {
        let target = house.shard(ofLocal: Lobby.ownRoom)
        ask(target) { shard in
            if let hall = shard.hall(of: service) { work(hall.room(Lobby.ownRoom, on: shard), shard) }
        }
    }

    /// Tells those who hear of the rooms of a service.
    func announce(_ change: DirectoryChange) {
        guard let service = house.services[change.room.service], service.keepsOwnRoom else { return }
        ownRoom(of: change.room.service) { room, shard in room.post(.news(change), on: shard) }
    }

    /// Shows somebody who hears of rooms from now on those that it can find: as many as the directory has on a page.
    func introduce(_ seat: Seat, to service: String) {
        guard let service = house.services[service] else { return }
        lookUp(DirectoryWish(asker: seat.address, domain: seat.domain), in: service) { page, shard in
            guard case .success(let page) = page, !page.items.isEmpty else { return }
            shard.ownRoom(of: service.facts.name) { room, shard in
                room.post(.directory(page.items, seat.id), on: shard)
            }
        }
    }

    /// A registered nick counts on every loop, and in every channel of whoever has it (MIXC-413).
    func spread(_ jid: JID, _ nick: String?, of service: String) {
        for index in house.shards.indices {
            ask(index) { shard in shard.hall(of: service)?.register(jid, nick, on: shard) }
        }
    }
}

extension Service {
    /// Whether channels are spoken of on any of its domains: then it keeps nicks and tells of rooms.
    var keepsOwnRoom: Bool { tables.values.contains { $0.dialects.contains(where: \.tellsSessions) } }
}

extension RoomLoop {
    /// What was registered before a start is at hand on every loop from now on.
    func spreadRegistry(on shard: isolated Shard) {
        let (registry, service) = (NickRegistry(of: state.room), name.service)
        for index in shard.house.shards.indices { shard.ask(index) { $0.hall(of: service)?.take(registry) } }
    }

    /// Tells those who hear of rooms that one can be found, is called something else, or cannot be found any more.
    func tell(_ change: DirectoryChange) {
        for seat in state.room.seating.all where seat.listens {
            guard let news = change.news(for: seat.address),
                let room = try? JID(local: change.room.local, domain: seat.domain, resource: nil)
            else { continue }
            switch news {
            case .shown(let title): show([DiscoItems.Item(jid: room, name: title)], at: seat.id)
            case .gone: show([], without: [room], at: seat.id)
            }
        }
    }

    /// Shows rooms to one of those who hear of them, in its dialect.
    func show(_ rooms: [DiscoItems.Item], without gone: [JID] = [], at seat: SeatID) {
        guard let seat = state.room.seating[seat], let dialect = dialect(of: seat),
            let port = state.plan.port(of: seat.id), let hole = state.plan.hole(of: seat.id)
        else { return }
        outbox.add(.told(dialect.news(of: rooms, without: gone, from: seat.domain), hole, port))
    }
}
