// A dialect with a fault, to see whether it is found.

import DialectKit
import Rooms
import XMPP

/// A dialect around another one that does something else at one place.
struct PlantedDialect: Dialect {
    private let dialect: any Dialect
    private let view: @Sendable (View) -> View
    private let write: @Sendable (Event, [Template]) -> [Template]
    private let welcome: @Sendable ([Template]) -> [Template]
    private let refusal: @Sendable (Stanza?) -> Stanza?

    init(
        _ dialect: any Dialect, view: @escaping @Sendable (View) -> View = { $0 },
        write: @escaping @Sendable (Event, [Template]) -> [Template] = { $1 },
        welcome: @escaping @Sendable ([Template]) -> [Template] = { $0 },
        refusal: @escaping @Sendable (Stanza?) -> Stanza? = { $0 }
    ) {
        self.dialect = dialect
        self.view = view
        self.write = write
        self.welcome = welcome
        self.refusal = refusal
    }

    var id: DialectID { dialect.id }
    var serviceFeatures: [String] { dialect.serviceFeatures }
    func roomFeatures(_ room: Room) -> [String] { dialect.roomFeatures(room) }
    func register(in table: inout HandlerTable) { dialect.register(in: &table) }
    func claim(_ inbound: Inbound, in room: Room) -> Claim { dialect.claim(inbound, in: room) }
    func read(_ inbound: Inbound, in room: Room, now: Moment) throws(StanzaError) -> Intent {
        try dialect.read(inbound, in: room, now: now)
    }
    func facets(of event: Event, in room: Room) -> Facets { dialect.facets(of: event, in: room) }
    func write(_ event: Event, in room: Room, for view: View) -> [Template] {
        write(event, dialect.write(event, in: room, for: self.view(view)))
    }
    func presence(of id: ParticipantID, in room: Room, for view: View) -> Template? {
        dialect.presence(of: id, in: room, for: self.view(view))
    }
    func welcome(_ arrival: Event.Arrival, in room: Room, for view: View, others: [Template]) -> [Template] {
        welcome(dialect.welcome(arrival, in: room, for: view, others: others))
    }
    func refusal(_ refusal: Refusal, answering inbound: Inbound, in room: Room) -> Stanza? {
        self.refusal(dialect.refusal(refusal, answering: inbound, in: room))
    }
    func address(of person: Person, in room: Room, domain: String) -> JID? {
        dialect.address(of: person, in: room, domain: domain)
    }
}
