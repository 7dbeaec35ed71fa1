// A client of an account of this server, as a place where a room is heard.

public import Rooms
public import XMPP

/// A resource that wants what its account hears of a channel (rule X-15).
public struct ListeningClient: Sendable {
    /// The full JID.
    public let address: JID
    /// The outlet that is told.
    public let port: Port
    /// What it speaks.
    public let dialect: DialectID
    /// Its presence follows: it is shown who is there when that comes.
    public let showsPresence: Bool

    public init(_ address: JID, at port: Port, dialect: DialectID, showsPresence: Bool) {
        self.address = address
        self.port = port
        self.dialect = dialect
        self.showsPresence = showsPresence
    }
}

extension Shard {
    /// A resource of a participant's account listens to a room of this house from now on.
    public func listen(_ listener: ListeningClient, to channel: JID) {
        order(channel) { room, shard in room.post(.listens(listener, domain: channel.domain), on: shard) }
    }

    /// It hears of it in another dialect from now on.
    public func tune(_ address: JID, to channel: JID, in dialect: DialectID) {
        order(channel) { room, shard in room.post(.tuned(address, dialect), on: shard) }
    }

    /// It does not any more. A room that is not in memory is heard by nobody.
    public func deafen(_ address: JID, to channel: JID) {
        order(channel, ifKnown: true) { room, shard in room.post(.deafened(address), on: shard) }
    }

    private func order(
        _ channel: JID, ifKnown: Bool = false, _ work: @escaping @Sendable (RoomLoop, isolated Shard) -> Void
    ) {
        guard case .rooms(let service)? = house.domains[channel.domain] else { return }
        // the service itself speaks through the room that is its own
        let local = channel.local ?? Lobby.ownRoom
        let target = house.shard(ofLocal: local)
        let enter = { @Sendable (shard: isolated Shard) in
            guard let hall = shard.hall(of: service) else { return }
            if let room = ifKnown ? hall.known(local) : hall.room(local, on: shard) { work(room, shard) }
        }
        if target == index { enter(self) } else { ask(target, enter) }
    }
}
