// Service discovery of a room: features follow from what is served and from its dialects.

import Rooms
import Testing
import XML
import XMPP

@testable import DialectKit

@Suite struct RoomDiscoTests {
    private func room(locked: Bool = false) throws -> Room {
        var room = Room(name: RoomName(service: "main", local: "cellar"))
        let entry = Entry(
            address: try JID("ada@a.example/desk"), domain: "rooms.example", dialect: DialectID("odd"), nick: "ada",
            tolerance: .orHeld, creation: locked ? .locked : .open)
        let context = Context(
            now: Moment(milliseconds: 1_700_000_000_000), randomBytes: { [UInt8](repeating: 7, count: $0) })
        for event in try room.decide(.enter(entry), in: context) { room.apply(event) }
        return room
    }

    private func ask(_ room: Room, from: String = "bo@b.example/phone", _ dialects: [any Dialect]) throws -> DiscoInfo {
        let address = try JID("cellar@rooms.example")
        let stanza = Stanza.iq(
            type: .get, id: "d", from: try JID(from), to: address, payload: [Element("query", NS.discoInfo)])
        let service = ServiceFacts(name: "main", title: "", domains: [])
        let inbound = Inbound(stanza, from: try JID(from), to: address, service: service)
        guard case .reply(let answers) = try DialectTable(dialects).handlers.answer(inbound, in: room) else {
            Issue.record("no answer")
            return DiscoInfo(node: nil, identities: [], features: [])
        }
        return try #require(answers.first?.payload.first.flatMap { DiscoInfo(reading: $0) })
    }

    @Test("What has a handler with a feature is advertised, and what dialects add, each once")
    func features() throws {
        let kit = [NS.discoInfo, NS.discoItems, NS.ping]
        #expect(try ask(room(), []).features == kit)
        #expect(try ask(room(), [Odd()]).features == kit + ["urn:odd:served", "urn:odd:said"])
    }

    @Test("A locked room is there for its owner only (MUC-076)")
    func locked() throws {
        let room = try room(locked: true)
        #expect(throws: StanzaError(.itemNotFound)) { try ask(room, []) }
        #expect(try ask(room, from: "ada@a.example/pad", [Odd()]).identities.first?.name == "cellar")
    }
}

/// A dialect that serves one request and says of a room something known and something new.
private struct Odd: Dialect {
    var id: DialectID { DialectID("odd") }
    func face(of service: ServiceFacts, for asker: ServiceAsker) -> DiscoFace { DiscoFace() }
    func face(of room: Room, for inbound: Inbound) -> DiscoFace {
        let odd = DiscoInfo.Identity(category: "conference", type: "odd", name: room.name.local)
        return DiscoFace(identities: [odd], features: [NS.ping, "urn:odd:said"])
    }
    func register(in table: inout HandlerTable) {
        table.on(.get, "odd", "urn:odd", feature: "urn:odd:served") { _, _ in .ignore }
        table.on(.set, "odd", "urn:odd", feature: "urn:odd:served") { _, _ in .ignore }
        table.on(.get, "even", "urn:odd") { _, _ in .ignore }
    }
    func claim(_ inbound: Inbound, in room: Room) -> Claim { .no }
    func read(_ inbound: Inbound, in room: Room, now: Moment) -> Intent { .ignore }
    func facets(of event: Event, in room: Room) -> Facets { [] }
    func write(_ event: Event, in room: Room, for view: View) -> [Template] { [] }
    func presence(of id: ParticipantID, in room: Room, for view: View) -> Template? { nil }
    func welcome(_ arrival: Event.Arrival, in room: Room, for view: View, others: [Template]) -> [Template] { [] }
    func refusal(_ refusal: Refusal, answering inbound: Inbound, in room: Room) -> Stanza? { nil }
    func address(of person: Person, in room: Room, domain: String) -> JID? { nil }
}
