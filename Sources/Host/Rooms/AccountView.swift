// The archives of rooms as part of those of accounts: what somebody heard in a room is read there.

public import DialectKit
public import Rooms
public import Storage
import XML
public import XMPP

/// An account wants to read what it heard in a room: asked for by the account, permitted by the room.
struct AccountReading: Sendable {
    let account: JID
    let domain: String
    /// The dialect of the client that reads; nil: that in which the account joined.
    let dialect: DialectID?
    let done: @Sendable (ArchivePermit?) -> Void
}

/// What an account needs to read a room's journal: which room it is, and how it is shown to this reader.
public struct ArchivePermit: Sendable {
    /// The room's number in the store.
    public let room: RoomNumber
    /// The room's newest event.
    public let head: UInt64
    /// The stable id the account has in this room: of a stay under another one the room knows nothing.
    public let participant: ParticipantID
    /// The account takes part now.
    public let isMember: Bool
    private let secret: RoomSecret
    private let reader: ArchiveReader
    private let dialect: any Dialect

    fileprivate init?(_ state: RoomLoop.State, _ reading: AccountReading, _ dialects: [any Dialect]) {
        let (room, enrolment) = (state.room, state.room.enrolments[jid: reading.account])
        let tongues = [reading.dialect, enrolment?.dialect].compactMap { $0 }
        let readers = dialects.filter(\.readsArchive)
        guard let number = state.number, let first = readers.first else { return nil }
        dialect = tongues.lazy.compactMap { tongue in readers.first { $0.id == tongue } }.first ?? first
        self.room = number
        head = room.head
        participant = room.participantID(of: reading.account)
        isMember = enrolment?.isParticipant == true
        secret = room.secret
        reader = ArchiveReader(
            RoomAddress(room, reading.domain),
            seesAllJIDs: room.permissions.readsAllJIDs(Requester(jid: reading.account)),
            isOpen: room.settings.isOpen, room: room)
    }

    /// The archive id of an event.
    public func id(of seq: UInt64) -> String { secret.archiveID(of: seq) }

    /// The event with this archive id; nil of ids that are none of this room.
    public func seq(of id: String) -> UInt64? { secret.seq(of: id).flatMap { $0 <= head ? $0 : nil } }

    /// The result of a query (XEP-0313 §4.2), from the account.
    public func result(for message: RecalledMessage, of account: JID, queryID: String?) -> Template {
        Template(.message) { writer in
            writer.attribute("from", account.description)
            writer.archiveResult(message.archiveID, queryID: queryID, at: message.time) { writer in
                dialect.recall(message, for: reader, into: &writer)
            }
        }
    }
}

extension Shard {
    /// Asks a room of this house what an account needs to read it; `done` is called on the room's loop, and with nil
    /// where there is no such room.
    public func permitReading(
        of channel: JID, by account: JID, in dialect: DialectID?,
        _ done: @escaping @Sendable (ArchivePermit?) -> Void
    ) {
        guard case .rooms(let service)? = house.domains[channel.domain], let local = channel.local else {
            return done(nil)
        }
        let reading = AccountReading(
            account: account.bare, domain: channel.domain, dialect: dialect, done: done)
        ask(house.shard(ofLocal: local)) { shard in
            guard let hall = shard.hall(of: service) else { return done(nil) }
            hall.room(local, on: shard).post(.read(reading), on: shard)
        }
    }
}

extension RoomLoop {
    /// Who asks is an account of this house about itself: whether it heard anything here it knows, and the id by which
    /// it was known tells this room from others of the name.
    func permit(_ reading: AccountReading) {
        let dialects = service.tables[reading.domain]?.dialects ?? []
        reading.done(ArchivePermit(state, reading, dialects))
    }
}
