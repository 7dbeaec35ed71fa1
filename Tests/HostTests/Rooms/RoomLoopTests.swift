// A room's loop: batches, one of them in flight, nothing told before the commit, and what a failed commit takes back.

import Rooms
import ScenarioKit
import Storage
import Testing
import XML
import XMPP

@testable import Host

@Suite struct RoomLoopTests {
    /// Ada and Bo in a room; a commit is one append.
    private func coven(_ limits: HostLimits = HostLimits(), locks: Bool = false) -> (TestHouse, ada: Guest, bo: Guest) {
        var storage = StorageLimits()
        storage.groupRows = 1
        let house = TestHouse(limits: limits, locks: locks, storage: storage)
        let (ada, bo) = (house.guest("ada", on: 0), house.guest("bo", on: 1))
        ada.send(Guest.join("coven", "ada"))
        bo.send(Guest.join("coven", "bo"))
        _ = (ada.ear.news(), bo.ear.news())
        return (house, ada, bo)
    }

    @Test func everythingThatWaitsIsOneAppend() {
        let (house, ada, bo) = coven()
        house.disk.stall()
        for words in ["1", "2", "3"] { ada.post(Guest.say(words, in: "coven")) }
        bo.post(Guest.say("4", in: "coven"))
        house.scheduler.run()
        // the first stanza went into the batch in flight, everything else waits and is the next
        let first = house.room("coven") { room, _ in room.draft.count } ?? 0
        #expect(house.room("coven") { room, _ in room.mailbox.count } == 4 - first)
        house.disk.failCommits(1, with: .full)
        house.disk.resume()
        house.scheduler.run()
        #expect(ada.ear.errors.count + bo.ear.errors.count == first)
        #expect(ada.ear.said.count == 4 - first)
        #expect(bo.ear.said == ada.ear.said)
        house.disk.stall()
        house.on(house.house.shard(ofLocal: "coven")) { shard in
            for words in ["5", "6", "7"] {
                var stanza = Guest.say(words, in: "coven")
                stanza.from = ada.jid
                shard.route(Envelope(stanza, from: ada.jid, to: Guest.room("coven"), origin: ada.port))
            }
        }
        #expect(house.room("coven") { room, _ in room.draft.count } == 3)
        house.disk.failCommits(1, with: .full)
        house.disk.resume()
        house.scheduler.run()
        #expect(
            ada.ear.errors.suffix(3) == ["internal-server-error", "internal-server-error", "internal-server-error"])
        #expect(!bo.ear.said.contains("5") && !bo.ear.said.contains("7"))
    }

    @Test func nothingIsToldBeforeTheCommit() {
        let (house, ada, bo) = coven()
        let owed = ada.sent
        house.disk.stall()
        ada.send(Guest.say("hello", in: "coven"))
        bo.send(.iq(type: .get, id: "d", to: Guest.room("coven"), payload: [Element("query", NS.discoInfo)]))
        #expect(ada.ear.heard.isEmpty && bo.ear.heard.isEmpty)
        #expect(ada.ear.completions == owed)
        #expect(house.stored("coven")?.events.contains { $0.isArchived } != true)
        house.disk.resume()
        house.scheduler.run()
        #expect(ada.ear.said == ["hello"] && bo.ear.said == ["hello"])
        #expect(ada.ear.completions == ada.sent && bo.ear.completions == bo.sent)
        #expect(house.stored("coven")?.events.contains { $0.isArchived } == true)
    }

    @Test func slowCommitsHoldOneBatchInFlight() {
        let (house, ada, bo) = coven()
        house.disk.slowCommits(turns: 7)
        for number in 0..<30 { (number % 3 == 0 ? bo : ada).post(Guest.say("\(number)", in: "coven")) }
        house.scheduler.run()
        #expect(ada.ear.said.count == 30)
        #expect(ada.ear.said == bo.ear.said)
        #expect(ada.ear.completions == ada.sent && bo.ear.completions == bo.sent)
    }

    @Test func failedCommitTakesEverythingBackAndSeatsSurvive() {
        let (house, ada, bo) = coven()
        let cy = house.guest("cy")
        let before = house.room("coven") { room, _ in room.state.room.head }
        house.disk.failCommits(1, with: .full)
        house.disk.stall()
        house.on(house.house.shard(ofLocal: "coven")) { shard in
            for (guest, wish) in [
                (cy, Guest.join("coven", "cy")), (ada, Guest.say("lost", in: "coven")),
                (ada, Guest.configure("coven", ["muc#roomconfig_roomname": "lost"])),
                (bo, .iq(type: .get, id: "d", to: Guest.room("coven"), payload: [Element("query", NS.discoInfo)])),
            ] {
                var stanza = wish
                stanza.from = guest.jid
                guard let to = stanza.to else { continue }
                shard.route(Envelope(stanza, from: guest.jid, to: to, origin: guest.port))
            }
        }
        let owed = [ada.ear.completions, bo.ear.completions, cy.ear.completions]
        house.disk.resume()
        house.scheduler.run()
        #expect(cy.ear.errors == ["internal-server-error"])
        #expect(ada.ear.errors == ["internal-server-error", "internal-server-error"])
        #expect(bo.ear.errors == ["internal-server-error"])
        #expect(ada.ear.said.isEmpty && bo.ear.heard.count == 1)
        let paid = [ada.ear.completions, bo.ear.completions, cy.ear.completions]
        #expect(paid == [owed[0] + 2, owed[1] + 1, owed[2] + 1])
        #expect(house.room("coven") { room, _ in room.state.room.head } == before)
        #expect(house.room("coven") { room, _ in room.state.plan.seats } == 2)
        #expect(house.room("coven") { room, _ in room.state.room.settings.title } == "")
        ada.send(Guest.say("still here", in: "coven"))
        #expect(ada.ear.said == ["still here"] && bo.ear.said == ["still here"])
        #expect(cy.ear.said.isEmpty)
    }

    @Test func whoeverLeftInAFailedBatchIsRemovedLater() {
        var limits = HostLimits()
        limits.retrySeconds = 5
        let (house, ada, bo) = coven(limits)
        house.disk.failCommits(2, with: .full)
        bo.send(Guest.leave("coven", "bo"))
        #expect(house.room("coven") { room, _ in room.state.room.seating.count } == 2)
        house.scheduler.advance(by: .seconds(5))
        #expect(house.room("coven") { room, _ in room.state.room.seating.count } == 2)  // the second failure
        #expect(ada.ear.news().isEmpty)
        house.scheduler.advance(by: .seconds(5))
        #expect(house.room("coven") { room, _ in room.state.room.seating.count } == 1)
        #expect(ada.ear.elements.contains { $0["type"] == "unavailable" })
    }

    @Test func whoeverCameBackMeanwhileStays() {
        let (house, _, bo) = coven()
        house.disk.failCommits(1, with: .full)
        bo.send(Guest.leave("coven", "bo"))
        let again = Guest("bo", at: 0, in: house)
        again.send(Guest.join("coven", "bo"))
        house.scheduler.advance(by: .seconds(60))
        #expect(house.room("coven") { room, _ in room.state.room.seating.count } == 2)
        _ = again.ear.news()
        again.send(Guest.say("back", in: "coven"))
        #expect(again.ear.said == ["back"])  // on its new connection
        #expect(bo.ear.said.isEmpty)
    }

    @Test func failingStoreIsNotTriedWithoutEnd() {
        let (house, ada, bo) = coven()
        house.disk.failCommits(1_000, with: .full)
        ada.send(Guest.leave("coven", "ada"))
        bo.send(Guest.leave("coven", "bo"))
        house.scheduler.advance(by: .seconds(60))  // `run` would not end if a due alarm rang again at once
        #expect(house.room("coven") { room, _ in room.state.room.seating.count } == 2)
    }

    @Test func overflowRefusesAndFarewellsFindAPlace() {
        var limits = HostLimits()
        limits.roomMailbox = 3
        let (house, ada, bo) = coven(limits)
        house.disk.stall()
        ada.send(Guest.say("in flight", in: "coven"))
        for number in 0..<5 { ada.send(Guest.say("\(number)", in: "coven")) }
        #expect(ada.ear.errors == ["resource-constraint", "resource-constraint"])
        #expect(ada.ear.completions == ada.sent - 4)
        bo.send(Guest.leave("coven", "bo"))
        house.disk.resume()
        house.scheduler.run()
        #expect(ada.ear.said == ["in flight", "0", "1", "2"])
        #expect(house.room("coven") { room, _ in room.state.room.seating.count } == 1)
        #expect(ada.ear.completions == ada.sent && bo.ear.completions == bo.sent)
    }

    @Test func aBatchHasABound() {
        var limits = HostLimits()
        limits.roomBatch = 2
        let (house, ada, bo) = coven(limits)
        house.disk.stall()
        ada.send(Guest.say("0", in: "coven"))
        for number in 1...5 { ada.send(Guest.say("\(number)", in: "coven")) }
        house.disk.resume()
        house.scheduler.run()
        #expect(bo.ear.said == ["0", "1", "2", "3", "4", "5"])
    }

    @Test func destroyedAndMadeAnewInConsecutiveBatches() {
        let (house, ada, bo) = coven()
        ada.send(Guest.say("old", in: "coven"))
        let number = house.stored("coven")?.number
        house.disk.stall()
        ada.post(Guest.destroy("coven"))
        house.scheduler.run()
        ada.post(Guest.join("coven", "ada"))  // its owner, to whom the name is kept
        house.scheduler.run()
        bo.post(Guest.join("coven", "bo"))
        bo.post(Guest.say("new", in: "coven"))
        house.scheduler.run()
        house.disk.resume()
        house.scheduler.run()
        #expect(bo.ear.said == ["old", "new"])
        let stored = house.stored("coven")
        #expect(stored != nil && stored?.number != number)
        #expect(stored?.events.map(\.seq) == Array(1...UInt64(stored?.events.count ?? 0)))
        #expect(house.room("coven") { room, _ in room.state.number } == stored?.number)
        #expect(house.room("coven") { room, _ in room.state.sinceSnapshot } == stored?.events.count)
        #expect(bo.ear.completions == bo.sent && ada.ear.completions == ada.sent)
    }

    @Test func madeAndGoneInOneBatchIsNeverWritten() {
        let house = TestHouse(settings: TestHouse.temporary)
        let ada = house.guest("ada")
        house.on(house.house.shard(ofLocal: "brief")) { shard in
            for wish in [Guest.join("brief", "ada"), Guest.leave("brief", "ada")] {
                var stanza = wish
                stanza.from = ada.jid
                shard.route(Envelope(stanza, from: ada.jid, to: Guest.room("brief", "ada"), origin: ada.port))
            }
        }
        #expect(ada.ear.elements.contains { $0["type"] == "unavailable" })
        #expect(ada.ear.completions == 2)
        #expect(house.stored("brief") == nil)
        #expect(house.room("brief") { _, _ in true } == nil)
        ada.send(Guest.join("brief", "ada"))
        #expect(house.stored("brief") != nil)
    }

    @Test func snapshotsAreWrittenAfterSoManyEvents() {
        var limits = HostLimits()
        limits.eventsPerSnapshot = 4
        let (house, ada, _) = coven(limits)
        for number in 1...3 { ada.send(Guest.say("\(number)", in: "coven")) }
        let first = house.stored("coven")
        #expect(first?.snapshot != nil)
        for number in 4...6 { ada.send(Guest.say("\(number)", in: "coven")) }
        #expect(house.stored("coven")?.snapshot?.seq == first?.snapshot?.seq)
        ada.send(Guest.say("7", in: "coven"))
        #expect((house.stored("coven")?.snapshot?.seq ?? 0) > (first?.snapshot?.seq ?? 0))
        #expect(house.room("coven") { room, _ in room.state.sinceSnapshot } == 0)
    }

    @Test func lockedRoomOpensByItself() {
        let (house, ada, _) = coven(locks: true)
        let isLocked = house.room("coven") { room, _ in room.state.room.state != .open }
        #expect(isLocked == true)
        house.scheduler.advance(by: .seconds(RoomLimits().lockedSeconds + 1))
        #expect(house.room("coven") { room, _ in room.state.room.state } == .open)
        #expect(ada.ear.completions == ada.sent)
    }
}
