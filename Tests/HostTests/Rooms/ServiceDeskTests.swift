// What a service answers for itself: what it is, which rooms are public, and nothing twice.

import ScenarioKit
import Storage
import Testing
import XML
import XMPP

@testable import Host

@Suite struct ServiceDeskTests {
    private static let service = Guest.address(TestHouse.domain)

    private func items(_ guest: Guest, _ paging: Element? = nil) -> Element? {
        let query = Element("query", NS.discoItems) { paging }
        guest.send(.iq(type: .get, id: "i", to: Self.service, payload: [query]))
        return guest.ear.elements.last?.child("query", NS.discoItems)
    }

    private func names(_ query: Element?) -> [String] {
        query?.children.filter { $0.name == "item" }.compactMap { $0["jid"] } ?? []
    }

    @Test func listsPublicRoomsAPageAtATime() throws {
        let house = TestHouse()
        let ada = house.guest("ada")
        for (room, isPublic) in [("alpha", "1"), ("beta", "0"), ("gamma", "1"), ("delta", "1")] {
            ada.send(Guest.join(room, "ada"))
            ada.send(Guest.configure(room, ["muc#roomconfig_publicroom": isPublic]))
        }
        let all = ["alpha", "delta", "gamma"].map { "\($0)@\(TestHouse.domain)" }
        #expect(names(items(ada)) == all)
        let first = items(ada, Element("set", NS.rsm) { Element("max", NS.rsm) { "2" } })
        #expect(names(first) == Array(all.prefix(2)))
        let page = try #require(first?.child("set", NS.rsm))
        #expect(page.child("count", NS.rsm)?.text == "3")
        let last = try #require(page.child("last", NS.rsm)?.text)
        let next = Element("set", NS.rsm) {
            Element("max", NS.rsm) { "2" }
            Element("after", NS.rsm) { last }
        }
        #expect(names(items(ada, next)) == Array(all.suffix(1)))
        let count = items(ada, Element("set", NS.rsm) { Element("max", NS.rsm) { "0" } })
        #expect(names(count).isEmpty && count?.child("set", NS.rsm)?.child("count", NS.rsm)?.text == "3")
        #expect(ada.ear.completions == ada.sent)
    }

    @Test func tellsWhatItIsAndRefusesTheRest() {
        let house = TestHouse()
        let ada = house.guest("ada", on: 1)
        ada.send(.iq(type: .get, id: "1", to: Self.service, payload: [Element("query", NS.discoInfo)]))
        let info = ada.ear.elements.last?.child("query", NS.discoInfo)
        #expect(info?.child("identity", NS.discoInfo)?["category"] == "conference")
        #expect(info?.children.contains { $0["var"] == NS.muc } == true)
        ada.send(.iq(type: .get, id: "2", to: Self.service, payload: [Element("ping", NS.ping)]))
        #expect(ada.ear.elements.last?["type"] == "result")
        ada.send(.iq(type: .get, id: "3", to: Self.service, payload: [Element("query", NS.discoInfo, ["node": "n"])]))
        ada.send(.iq(type: .get, id: "4", to: Self.service, payload: [Element("query", "urn:x")]))
        ada.send(.iq(type: .set, id: "5", to: Self.service, payload: [Element("query", NS.discoInfo)]))
        ada.send(.message(to: Self.service, payload: [Element("body", NS.client) { "hi" }]))
        ada.send(.presence(to: Self.service))
        ada.send(.presence(type: .unavailable, to: Self.service))
        ada.send(.message(type: .error, to: Self.service))
        ada.send(.iq(type: .result, id: "6", to: Self.service))
        #expect(
            ada.ear.errors == [
                "item-not-found", "service-unavailable", "service-unavailable", "service-unavailable", "jid-malformed",
            ])
        #expect(ada.ear.completions == ada.sent)
    }

    @Test func aStoreThatDoesNotAnswerIsTold() {
        var storage = StorageLimits()
        storage.waitingReads = 0
        let house = TestHouse(storage: storage)
        let ada = house.guest("ada")
        _ = items(ada)
        #expect(ada.ear.errors == ["internal-server-error"])
        #expect(ada.ear.completions == ada.sent)
    }
}
