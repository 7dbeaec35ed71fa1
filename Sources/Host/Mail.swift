// What travels between loops: collected per target and handed over once a tick.

import DialectKit
public import Rooms
public import XMPP

/// A stanza on its way, with where it came from.
public struct Envelope: Sendable {
    public let stanza: Stanza
    /// The real sender: what `stanza.from` was stamped with.
    public let from: JID
    public let to: JID
    /// The outlet that is owed the completion (law 3), and where answers go without a detour; nil: nobody is owed
    /// one, and answers go through the router.
    public let origin: Port?
    /// What the completion says at `origin`: the number of the stanza among those of its session, from 1.
    public let ticket: UInt64
    /// Features the sender's client is known to have; nil: unknown.
    public let features: [String]?
    /// What the sender's client is known to speak to channels; nil: nothing is known of it.
    public let tongue: DialectID?
    /// The clients that will listen if this joins a channel: an account joins for all of them (XEP-0405 §2.7).
    public let listeners: [ListeningClient]

    /// - Precondition: `stanza.from` is `from`. `to` is `stanza.to`, or the room at a service that was asked for it.
    public init(
        _ stanza: Stanza, from: JID, to: JID, origin: Port? = nil, ticket: UInt64 = 0, features: [String]? = nil,
        tongue: DialectID? = nil, listeners: [ListeningClient] = []
    ) {
        self.stanza = stanza
        self.from = from
        self.to = to
        self.origin = origin
        self.ticket = ticket
        self.features = features
        self.tongue = tongue
        self.listeners = listeners
    }
}

/// Templates for everybody on a list.
struct Fan: Sendable {
    let templates: [Template]
    let roll: Roll
    /// A participant's number on the list who is told otherwise; 0: nobody.
    let except: UInt32
}

/// Something for another loop.
enum Mail: Sendable {
    case envelope(Envelope)
    case fan(Fan)
    case told([Template], AddressHole, Port)
    case direct(Port, [UInt8])
    case completed(Port, ticket: UInt64)
    case work(@Sendable (isolated Shard) -> Void)
}

/// The seats of one view on one loop: who gets the same bytes with another address.
struct Roll: Sendable {
    struct Entry: Sendable {
        let seat: SeatID
        let member: UInt32
        let slot: UInt32
        let generation: UInt32
        let hole: AddressHole
    }

    var entries: ContiguousArray<Entry> = []
}
