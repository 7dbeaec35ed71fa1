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

    /// What this dialect says of a service.
    func face(of service: ServiceFacts, for asker: ServiceAsker) -> DiscoFace

    /// What this dialect says of a room.
    ///
    /// - Throws: `StanzaError`: whoever asks may not know of it.
    func face(of room: Room, for inbound: Inbound) throws(StanzaError) -> DiscoFace

    /// The nodes of a room that disco#items names to this asker.
    func nodes(of room: Room, named node: String?, for inbound: Inbound) throws(StanzaError) -> [DiscoItems.Item]

    /// Serves a request to a service itself; nil: not of this dialect.
    func serve(_ element: Element, _ asker: ServiceAsker, in service: ServiceFacts) -> ServiceIntent?

    /// What somebody is told who hears of the rooms of a service: those it may find, and those it may find no more.
    func news(of rooms: [DiscoItems.Item], without gone: [JID], from domain: String) -> [Template]

    /// Puts the requests that this dialect answers into the table.
    func register(in table: inout HandlerTable)

    /// Whether a message or presence is spoken in this dialect, from its own look; seats are considered elsewhere.
    func claim(_ inbound: Inbound, in room: Room) -> Claim

    /// What a stanza bears that lets its sender into a room that nobody finds; nil: nothing.
    func key(in inbound: Inbound) -> DoorKey?

    /// Understands a message or presence, or an IQ to an occupant.
    ///
    /// - Throws: `StanzaError`: the answer to a stanza that wants something impossible.
    func read(_ inbound: Inbound, in room: Room, now: Moment) throws(StanzaError) -> Intent

    /// Whether readers of this dialect know every session of a participant apart.
    var tellsSessions: Bool { get }

    /// Whether a participant who reads this dialect may see everybody's real address.
    func seesAddresses(_ participant: ParticipantID, in room: Room) -> Bool

    /// A private message to somebody who joined, and whose account's server delivers it.
    func letter(_ whisper: Event.Whisper, to enrolment: Enrolment, in room: Room) -> Stanza?

    /// Which properties of a reader make a difference to the bytes of `event`.
    func facets(of event: Event, in room: Room) -> Facets

    /// Writes `event` for a view; empty where this dialect says nothing of it. `room` is the state after the event, and
    /// of a room that ends with it the state before.
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

    /// Whether this requester may ask for it.
    func checkReading(_ node: String?, in room: Room, by requester: Requester) throws(StanzaError)

    /// Writes a message of the archive as readers of this dialect know it, in `jabber:client` and without `to`.
    func recall(_ message: RecalledMessage, for reader: ArchiveReader, into writer: inout XMLWriter)

    /// Writes what a kept event was to the subscribers of a node, in `jabber:client` and without `to` (XEP-0442 §3);
    /// nil: nothing.
    func recall(_ event: Event, of node: String, for reader: ArchiveReader) -> Element?

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
    public func key(in inbound: Inbound) -> DoorKey? { nil }
    public func recall(_ event: Event, of node: String, for reader: ArchiveReader) -> Element? { nil }
    public var tellsSessions: Bool { false }
    public func nodes(
        of room: Room, named node: String?, for inbound: Inbound
    ) throws(StanzaError) -> [DiscoItems.Item] { [] }
    public func seesAddresses(_ participant: ParticipantID, in room: Room) -> Bool {
        room.permissions.seesJIDs(participant)
    }
    public func letter(_ whisper: Event.Whisper, to enrolment: Enrolment, in room: Room) -> Stanza? { nil }
    public func serve(_ element: Element, _ asker: ServiceAsker, in service: ServiceFacts) -> ServiceIntent? { nil }
    public func news(of rooms: [DiscoItems.Item], without gone: [JID], from domain: String) -> [Template] { [] }
    public func checkReading(_ node: String?, in room: Room, by requester: Requester) throws(StanzaError) {
        guard node == nil else { throw StanzaError(.itemNotFound) }
        do throws(Refusal) {
            try room.permissions.checkReading(by: requester)
        } catch {
            throw StanzaError(refusing: error)
        }
    }
    public func recall(_ message: RecalledMessage, for reader: ArchiveReader, into writer: inout XMLWriter) {}
    public func outward(_ event: Event, in room: Room, from domain: String) -> [Stanza] { [] }
}
