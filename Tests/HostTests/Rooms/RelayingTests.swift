// IQs passed on through a room: other addresses, another id, an answer for everybody who gives none.

import Rooms
import ScenarioKit
import Testing
import XML
import XMPP

@testable import Host

@Suite struct RelayingTests {
    private func coven(_ limits: HostLimits = HostLimits()) -> (TestHouse, ada: Guest, bo: Guest) {
        let house = TestHouse(limits: limits)
        let (ada, bo) = (house.guest("ada", on: 0), house.guest("bo", on: 1))
        ada.send(Guest.join("coven", "ada"))
        bo.send(Guest.join("coven", "bo"))
        _ = (ada.ear.news(), bo.ear.news())
        return (house, ada, bo)
    }

    private func question(_ id: String, to nick: String) -> Stanza {
        .iq(type: .get, id: id, to: Guest.room("coven", nick), payload: [Element("query", NS.version)])
    }

    @Test func passesOnAndBack() throws {
        let (_, ada, bo) = coven()
        ada.send(question("v1", to: "bo"))
        let asked = try #require(bo.ear.elements.last)
        #expect(asked["from"] == "coven@conference.example/ada" && asked["to"] == "bo@example/r")
        #expect(asked["id"] != "v1")
        #expect(!(bo.ear.heard.last ?? "").contains("ada@example"))
        bo.send(
            .iq(
                type: .result, id: asked["id"] ?? "", to: Guest.room("coven", "ada"),
                payload: [Element("query", NS.version) { Element("name", NS.version) { "cauldron" } }]))
        let answer = try #require(ada.ear.elements.last)
        #expect(answer["id"] == "v1" && answer["type"] == "result" && answer["from"] == "coven@conference.example/bo")
        #expect(!(ada.ear.heard.last ?? "").contains("bo@example"))
        #expect(ada.ear.completions == ada.sent && bo.ear.completions == bo.sent)
    }

    @Test func answersForWhoeverIsSilent() {
        let (house, ada, bo) = coven()
        ada.send(question("v1", to: "bo"))
        house.scheduler.advance(by: .seconds(HostLimits().relaySeconds - 1))
        #expect(ada.ear.heard.isEmpty)
        house.scheduler.advance(by: .seconds(2))
        #expect(ada.ear.errors == ["remote-server-timeout"])
        let late = bo.ear.elements.last?["id"] ?? ""
        bo.send(.iq(type: .result, id: late, to: Guest.room("coven", "ada")))
        #expect(ada.ear.heard.count == 1)
        #expect(house.room("coven") { room, _ in room.state.relays.isEmpty } == true)
    }

    @Test func answersForWhoeverLeaves() {
        let (house, ada, bo) = coven()
        ada.send(question("v1", to: "bo"))
        bo.send(question("v2", to: "ada"))
        bo.send(Guest.leave("coven", "bo"))
        #expect(ada.ear.errors == ["item-not-found"])
        #expect(bo.ear.errors == ["not-acceptable"])
        #expect(house.room("coven") { room, _ in room.state.relays.isEmpty } == true)
    }

    @Test func answersForEverybodyWhenTheServiceEnds() {
        let (house, ada, bo) = coven()
        ada.send(question("v1", to: "bo"))
        house.on(house.house.shard(ofLocal: "coven")) { $0.shutDown(accounts: false) }
        #expect(house.room("coven") { _, _ in true } != true || bo.ear.heard.count > 1)
        #expect(house.room("coven") { room, _ in room.state.relays.isEmpty } != false)
    }

    @Test func boundsWhatOneSeatHasOpen() {
        var limits = HostLimits()
        limits.openRelaysPerSeat = 2
        let (_, ada, bo) = coven(limits)
        for number in 0..<3 { ada.send(question("v\(number)", to: "bo")) }
        #expect(ada.ear.errors == ["resource-constraint"])
        let id = bo.ear.elements.first?["id"] ?? ""
        bo.send(.iq(type: .result, id: id, to: Guest.room("coven", "ada")))
        ada.send(question("v3", to: "bo"))
        #expect(bo.ear.elements.count == 3)
    }

    @Test func strangersCannotAnswer() {
        let (house, ada, bo) = coven()
        let eve = house.guest("eve")
        eve.send(Guest.join("coven", "eve"))
        _ = ada.ear.news()
        ada.send(question("v1", to: "bo"))
        let id = bo.ear.elements.last?["id"] ?? ""
        eve.send(.iq(type: .result, id: id, to: Guest.room("coven", "ada")))
        #expect(ada.ear.heard.isEmpty)
        #expect(eve.ear.completions == eve.sent)
    }
}
