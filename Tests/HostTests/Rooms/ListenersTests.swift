// Clients of the house that listen to a channel: over which outlet, and what is left when the last of them goes.

import Rooms
import ScenarioKit
import Storage
import Testing
import XML
import XMPP

@testable import Host

@Suite struct ListenersTests {
    private static let coven = Guest.address("coven@\(TestHouse.channels)")

    /// A channel that everybody may hear, in which ada is.
    private func channel(_ house: TestHouse) -> Guest {
        let ada = house.guest("ada")
        ada.send(Guest.join("coven", "ada"))
        ada.send(Guest.configure("coven", ["muc#roomconfig_persistentroom": "1"]))
        house.on(house.house.shard(ofLocal: "coven")) { shard in
            shard.hall(of: "main")?.known("coven")?.order(
                .configure(
                    Configuration(settings: [.messagesReaders: .choice("anyone")]),
                    by: Requester(jid: Guest.room("coven"), isOperator: true)), on: shard)
        }
        return ada
    }

    private func subscribe(_ guest: Guest) {
        let subscribe = Element(
            "subscribe", NS.pubsub, ["node": NS.mixNodeMessages, "jid": guest.jid.bare.description])
        guest.send(.iq(type: .set, id: "s", to: Self.coven, payload: [Element("pubsub", NS.pubsub) { subscribe }]))
    }

    private func deafen(_ guest: Guest, in house: TestHouse) {
        let jid = guest.jid
        house.on(0) { $0.deafen(jid, to: Self.coven) }
    }

    private func enrolled(_ house: TestHouse) -> [String]? {
        house.room("coven") { room, _ in room.state.room.enrolments.all.map(\.jid.description).sorted() }
    }

    private func seats(_ house: TestHouse) -> [String]? {
        house.room("coven") { room, _ in
            room.state.room.seating.all.filter { $0.kind == .listener }.map(\.address.description)
        }
    }

    @Test func aPlainSubscriptionEndsWithTheLastWhoListens() {  // MIXC-058
        let house = TestHouse()
        let ada = channel(house)
        let (desk, phone) = (Guest("bo", at: 0, in: house), Guest("bo", at: 1, in: house, resource: "phone"))
        subscribe(desk)
        subscribe(phone)
        #expect(enrolled(house) == ["bo@example"])
        deafen(desk, in: house)
        #expect(enrolled(house) == ["bo@example"] && seats(house) == ["bo@example/phone"])
        deafen(phone, in: house)
        #expect(enrolled(house) == [] && seats(house) == [])
        ada.send(Guest.say("anybody?", in: "coven"))
        #expect(desk.ear.said == [] && phone.ear.said == [])
        subscribe(phone)
        ada.send(Guest.say("again", in: "coven"))
        #expect(phone.ear.said == ["again"])
    }

    @Test func membershipsLast() {
        let house = TestHouse()
        _ = channel(house)
        let bo = house.guest("bo")
        let join = Element("join", NS.mixCore) {
            Element("subscribe", NS.mixCore, ["node": NS.mixNodeMessages])
            Element("nick", NS.mixCore) { "bo" }
        }
        bo.send(.iq(type: .set, id: "j", to: Self.coven, payload: [join]))
        deafen(bo, in: house)
        #expect(enrolled(house) == ["bo@example"])
    }

    @Test func aFailedCommitKeepsNoSubscription() {
        let house = TestHouse()
        _ = channel(house)
        let bo = house.guest("bo")
        subscribe(bo)
        house.disk.failCommits(1, with: .full)
        deafen(bo, in: house)
        house.scheduler.advance(by: .seconds(60))
        #expect(enrolled(house) == [] && seats(house) == [])
    }

    @Test func nobodyListensAfterARestart() {  // MIXC-058
        let house = TestHouse()
        _ = channel(house)
        subscribe(house.guest("bo"))
        #expect(enrolled(house) == ["bo@example"])
        var generator = SeededGenerator(seed: 1)
        let next = house.restarted(dropping: &generator)
        let cy = next.guest("cy")
        cy.send(Guest.join("coven", "cy"))
        #expect(enrolled(next) == [])
    }

    @Test func whoeverCameBackIsToldOverItsNewOutlet() {
        let house = TestHouse()
        let ada = channel(house)
        let (former, latter) = (house.guest("bo", on: 0), house.guest("bo", on: 1))
        subscribe(former)
        subscribe(latter)
        ada.send(Guest.say("one", in: "coven"))
        #expect(former.ear.said == [] && latter.ear.said == ["one"])
        let client = ListeningClient(former.jid, at: former.port, dialect: DialectID("mix"), showsPresence: true)
        house.on(1) { $0.listen(client, to: Self.coven) }
        ada.send(Guest.say("two", in: "coven"))
        #expect(former.ear.said == ["two"] && latter.ear.said == ["one"])
    }
}
