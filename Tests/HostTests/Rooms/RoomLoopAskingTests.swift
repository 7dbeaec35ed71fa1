// Questions to the archive on the room's loop: their order, their limit, and what becomes of them in bad times.

import Rooms
import ScenarioKit
import Storage
import Testing
import XML
import XMPP

@testable import Host

@Suite struct RoomLoopAskingTests {
    /// Ada in a room, where she said so much.
    private func coven(_ said: Int = 3, storage: StorageLimits = .default) -> (TestHouse, ada: Guest) {
        let house = TestHouse(storage: storage)
        let ada = house.guest("ada")
        ada.send(Guest.join("coven", "ada"))
        for number in 0..<said { ada.send(Guest.say("\(number)", in: "coven")) }
        _ = ada.ear.news()
        return (house, ada)
    }

    /// Asks several times within one batch.
    private func ask(_ ids: [String], _ house: TestHouse, _ ada: Guest) {
        let questions = ids.map { id in
            var question = query(id)
            question.from = ada.jid
            return Envelope(question, from: ada.jid, to: Guest.room("coven"), origin: ada.port)
        }
        house.on(house.house.shard(ofLocal: "coven")) { shard in
            for question in questions { shard.route(question) }
        }
    }

    private func query(_ id: String, _ content: [Element] = []) -> Stanza {
        .iq(type: .set, id: id, to: Guest.room("coven"), payload: [Element("query", NS.mam) { content }])
    }

    /// What is heard, in short: the places of results by their bodies, and the ids of answers.
    private func heard(_ guest: Guest) -> [String] {
        guest.ear.elements.compactMap { element in
            guard element.name != "iq" else { return element["id"] }
            let result = element.child("result", NS.mam)?.child("forwarded", NS.forward)?.child("message", NS.client)
            return result?.child("body", NS.client)?.text
        }
    }

    // MUCX-013
    @Test func resultsComeInOrderAndTheEndBehindThem() {
        let (house, ada) = coven()
        ada.send(query("q1"))
        #expect(heard(ada) == ["0", "1", "2", "q1"])
        #expect(ada.ear.completions == ada.sent)
        #expect(house.room("coven") { room, _ in room.asks.isEmpty } == true)
    }

    @Test func whatTheBatchToldBeforeIsFound() {
        let (house, ada) = coven(0)
        house.disk.stall()
        ada.post(Guest.say("a", in: "coven"))
        ada.post(query("q1"))
        house.scheduler.run()
        #expect(heard(ada).isEmpty)
        #expect(ada.ear.completions == ada.sent - 2)
        house.disk.resume()
        house.scheduler.run()
        #expect(heard(ada) == ["a", "q1"])
        #expect(ada.ear.completions == ada.sent)
    }

    // MUCX-027
    @Test func threeAtATime() {
        let (house, ada) = coven(1)
        ask(["q1", "q2", "q3", "q4", "q5"], house, ada)
        #expect(ada.ear.errors == ["resource-constraint", "resource-constraint"])
        #expect(heard(ada).filter { $0.hasPrefix("q") }.count == 5)
        #expect(ada.ear.completions == ada.sent + 5)
        ada.send(query("q6"))
        #expect(ada.ear.errors.count == 2)
    }

    // MUCX-029
    @Test func aCommitThatFailsTakesTheQuestionBack() {
        let (house, ada) = coven(1)
        house.disk.stall()
        ada.post(Guest.say("lost", in: "coven"))
        ada.post(query("q1"))
        house.disk.failCommits(2, with: .full)
        house.disk.resume()
        house.scheduler.run()
        #expect(!heard(ada).contains("lost"))
        #expect(ada.ear.errors.contains("internal-server-error"))
        #expect(ada.ear.completions == ada.sent)
        #expect(house.room("coven") { room, _ in room.asks.isEmpty } == true)
    }

    @Test func aRoomStaysWhileItIsAskedAndGoesThen() {
        let (house, ada) = coven(1)
        ada.send(Guest.leave("coven", "ada"))
        #expect(house.room("coven") { _, _ in true } == nil)
        _ = ada.ear.news()
        ada.send(query("q1", [Element("set", NS.rsm) { Element("max", NS.rsm) { "1" } }]))
        #expect(heard(ada).suffix(2) == ["0", "q1"])
        #expect(house.room("coven") { _, _ in true } == nil)
    }

    @Test func aStoreThatCannotReadIsTold() {
        var limits = StorageLimits()
        limits.waitingReads = 1
        let (house, ada) = coven(1, storage: limits)
        ask(["q1", "q2", "q3"], house, ada)
        #expect(ada.ear.errors == ["internal-server-error", "internal-server-error"])
        #expect(ada.ear.completions == ada.sent + 3)
        #expect(house.room("coven") { room, _ in room.asks.isEmpty } == true)
    }
}
