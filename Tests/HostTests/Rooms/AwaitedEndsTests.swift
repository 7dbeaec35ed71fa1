// Rooms with an end of life end in time, whether they are in memory or not (XEP-0369 §7.3.5, XEP-0406 §2.4).

import Rooms
import ScenarioKit
import Storage
import Testing
import XML
import XMPP

@testable import Host

@Suite struct AwaitedEndsTests {
    private static let end = "{urn:x-parlance:room:0}end_of_life"

    /// A room that ends in an hour, and that nobody is in.
    private func house(
        limits: HostLimits = HostLimits(), settings: Settings = Settings(), keeps: Bool = true
    ) -> (TestHouse, ada: Guest) {
        let house = TestHouse(limits: limits, settings: settings)
        let ada = house.guest("ada")
        ada.send(Guest.join("coven", "ada"))
        let end = (TestHouse.start + .seconds(3_600)).xep0082
        ada.send(Guest.configure("coven", ["muc#roomconfig_persistentroom": keeps ? "1" : "0", Self.end: end]))
        if keeps { ada.send(Guest.leave("coven", "ada")) }
        _ = ada.ear.news()
        return (house, ada)
    }

    private func isOver(_ house: TestHouse) -> Bool { house.stored("coven")?.face.title == "(destroyed)" }

    private func isInMemory(_ house: TestHouse) -> Bool { house.room("coven") { _, _ in true } == true }

    @Test func aRoomThatIsNotInMemoryEndsInTime() {  // MIXC-093
        let (house, _) = house()
        #expect(!isInMemory(house))
        house.scheduler.advance(by: .seconds(3_599))
        #expect(!isOver(house))
        house.scheduler.advance(by: .seconds(2))
        #expect(isOver(house) && !isInMemory(house))
    }

    @Test func soItDoesAfterARestart() {
        var chance = SeededGenerator(seed: 1)
        let next = house().0.restarted(dropping: &chance)
        next.scheduler.advance(by: .seconds(10))
        #expect(!isInMemory(next))
        next.scheduler.advance(by: .seconds(3_600))
        #expect(isOver(next))
    }

    @Test func anEndThatIsPutOffComesThen() {
        let (house, ada) = house()
        ada.send(Guest.join("coven", "ada"))
        let end = (TestHouse.start + .seconds(7_200)).xep0082
        ada.send(Guest.configure("coven", ["muc#roomconfig_persistentroom": "1", Self.end: end]))
        ada.send(Guest.leave("coven", "ada"))
        house.scheduler.advance(by: .seconds(7_199))
        #expect(!isOver(house) && !isInMemory(house))
        house.scheduler.advance(by: .seconds(2))
        #expect(isOver(house))
    }

    @Test func nothingIsDoneInARoomWhoseTimeIsOver() {  // MIXC-093
        var limits = HostLimits()
        limits.awaitedEnds = 0
        let (house, ada) = house(limits: limits)
        house.scheduler.advance(by: .seconds(3_601))
        #expect(!isOver(house), "nobody waited for it")
        let query = [Element("query", NS.discoInfo)]
        let channel = Guest.address("coven@\(TestHouse.channels)")
        ada.post(.iq(type: .get, id: "d", to: channel, payload: query))
        ada.post(
            .iq(
                type: .set, id: "j", to: channel,
                payload: [Element("join", NS.mix0) { Element("subscribe", NS.mix0, ["node": NS.mixNodeMessages]) }]))
        ada.post(.message(type: .groupchat, id: "m", to: channel, payload: [Element("body", NS.client) { "late" }]))
        house.scheduler.run()
        #expect(ada.ear.errors == ["item-not-found", "item-not-found", "item-not-found"])
        #expect(isOver(house) && !isInMemory(house))
        #expect(ada.ear.completions == ada.sent)
    }

    @Test func anEndThatCannotBeStoredIsTriedAgain() {
        let (house, _) = house()
        house.disk.failCommits(1, with: .full)
        house.scheduler.advance(by: .seconds(3_601))
        #expect(!isOver(house) && !isInMemory(house))
        house.scheduler.advance(by: .seconds(HostLimits().retrySeconds))
        #expect(isOver(house))
    }

    @Test func aTemporaryRoomWithAnEndWaitsForItsGuestsNoLongerForThat() {
        var chance = SeededGenerator(seed: 1)
        let (house, _) = house(settings: TestHouse.temporary, keeps: false)
        #expect(isInMemory(house))
        let next = house.restarted(dropping: &chance)
        next.scheduler.advance(by: .seconds(RoomLimits().emptySeconds - 10))
        #expect(next.stored("coven") != nil)
        next.scheduler.advance(by: .seconds(20))
        #expect(next.stored("coven") == nil && !isInMemory(next))
    }

    @Test func endsAreTakenInTheirOrderAndAFewAtATime() {
        func moment(_ seconds: Int64) -> Moment { Moment(milliseconds: seconds * 1_000) }
        var ends = AwaitedEnds()
        #expect(ends.next == nil)
        for (name, second) in [("a", 30), ("b", 10), ("c", 20), ("d", 40)] {
            ends.set(name, moment(Int64(second)), limit: 3)
        }
        #expect(ends.next == moment(10))
        #expect(ends.take(at: moment(5), most: 9).isEmpty && ends.next == moment(10))
        #expect(ends.take(at: moment(30), most: 2) == ["b", "c"] && ends.next == moment(31))
        ends.set("d", moment(40), limit: 3)
        ends.set("a", nil, limit: 3)
        #expect(ends.take(at: moment(31), most: 2).isEmpty && ends.next == moment(40))
        #expect(ends.take(at: moment(50), most: 2) == ["d"] && ends.next == nil)
    }
}
