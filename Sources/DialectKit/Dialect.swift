// One generation of group chat as a way of speaking to a room.

public import Rooms
public import XML
public import XMPP

/// A dialect understands stanzas into intents and writes events for a view. It remembers nothing.
///
/// What must be remembered about a speaker is a trait of its seat or participant, changed by events. Dialects never
/// import each other and never ask for permission: the room decides, the dialect translates the refusal.
public protocol Dialect: Sendable {
    var id: DialectID { get }

    /// What this dialect adds to the disco#info features of a service, and to those of a room.
    var serviceFeatures: [String] { get }
    func roomFeatures(_ room: Room) -> [String]

    /// Puts the requests that this dialect answers into the table.
    func register(in table: inout HandlerTable)

    /// Whether a message or presence is spoken in this dialect, from its own look; seats are considered elsewhere.
    func claim(_ inbound: Inbound, in room: Room) -> Claim

    /// Understands a message or presence, or an IQ to an occupant.
    ///
    /// - Throws: `StanzaError`: the answer to a stanza that wants something impossible.
    func read(_ inbound: Inbound, in room: Room, now: Moment) throws(StanzaError) -> Intent

    /// Which properties of a reader make a difference to the bytes of `event`.
    func facets(of event: Event, in room: Room) -> Facets

    /// Writes `event` for a view; empty where this dialect says nothing of it. `room` is the state after the event.
    func write(_ event: Event, in room: Room, for view: View) -> [Template]

    /// How newcomers are shown somebody present; nil: not at all. Kept rendered per view.
    func presence(of id: ParticipantID, in room: Room, for view: View) -> Template?

    /// All that a newcomer is told, in order; `others` are the presences of the other occupants.
    func welcome(_ arrival: Event.Arrival, in room: Room, for view: View, others: [Template]) -> [Template]

    /// Stanzas that leave the room for somebody without a seat, such as invitations.
    func outward(_ event: Event, in room: Room, from domain: String) -> [Stanza]

    /// Translates a refusal; nil: silence.
    func refusal(_ refusal: Refusal, answering inbound: Inbound, in room: Room) -> Stanza?

    /// The address of somebody in the room, as readers of this dialect know it.
    func address(of person: Person, in room: Room, domain: String) -> JID?

    /// Whether readers of this dialect can ask for what was said (XEP-0313).
    var readsArchive: Bool { get }

    /// Writes a message of the archive as readers of this dialect know it, in `jabber:client` and without `to`.
    func recall(_ message: RecalledMessage, for reader: ArchiveReader, into writer: inout XMLWriter)

    /// The language this dialect would use for a reader with that tag; empty where it uses none.
    func language(for tag: String?, in room: Room) -> String
}

/// How sure a dialect is that a stanza is its own.
public enum Claim: Int, Sendable, Comparable {
    case no = 0
    case perhaps = 1
    case surely = 2

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension Dialect {
    public func language(for tag: String?, in room: Room) -> String { "" }
    public var readsArchive: Bool { false }
    public func recall(_ message: RecalledMessage, for reader: ArchiveReader, into writer: inout XMLWriter) {}
    public func outward(_ event: Event, in room: Room, from domain: String) -> [Stanza] { [] }
}
