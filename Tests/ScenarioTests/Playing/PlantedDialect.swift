// A dialect with a fault, to see whether it is found.

import DialectKit
import Rooms
import XML
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
    func face(of service: ServiceFacts, for asker: ServiceAsker) -> DiscoFace { dialect.face(of: service, for: asker) }
    func face(of room: Room, for inbound: Inbound) throws(StanzaError) -> DiscoFace {
        try dialect.face(of: room, for: inbound)
    }
    func nodes(of room: Room, named node: String?, for inbound: Inbound) throws(StanzaError) -> [DiscoItems.Item] {
        try dialect.nodes(of: room, named: node, for: inbound)
    }
    func serve(_ element: Element, _ asker: ServiceAsker, in service: ServiceFacts) -> ServiceIntent? {
        dialect.serve(element, asker, in: service)
    }
    func register(in table: inout HandlerTable) { dialect.register(in: &table) }
    func claim(_ inbound: Inbound, in room: Room) -> Claim { dialect.claim(inbound, in: room) }
    func read(_ inbound: Inbound, in room: Room, now: Moment) throws(StanzaError) -> Intent {
        try dialect.read(inbound, in: room, now: now)
    }
    var tellsSessions: Bool { dialect.tellsSessions }
    func seesAddresses(_ participant: ParticipantID, in room: Room) -> Bool {
        dialect.seesAddresses(participant, in: room)
    }
    func letter(_ whisper: Event.Whisper, to enrolment: Enrolment, in room: Room) -> Stanza? {
        dialect.letter(whisper, to: enrolment, in: room)
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
    func outward(_ event: Event, in room: Room, from domain: String) -> [Stanza] {
        dialect.outward(event, in: room, from: domain)
    }
    func address(of person: Person, in room: Room, domain: String) -> JID? {
        dialect.address(of: person, in: room, domain: domain)
    }
    var readsArchive: Bool { dialect.readsArchive }
    func checkReading(_ node: String?, in room: Room, by requester: Requester) throws(StanzaError) {
        try dialect.checkReading(node, in: room, by: requester)
    }
    func recall(_ message: RecalledMessage, for reader: ArchiveReader, into writer: inout XMLWriter) {
        dialect.recall(message, for: reader, into: &writer)
    }
    func language(for tag: String?, in room: Room) -> String { dialect.language(for: tag, in: room) }
}
