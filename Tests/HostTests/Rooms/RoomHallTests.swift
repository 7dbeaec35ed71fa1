// Rooms come into memory when somebody asks for them, and leave it when nobody does; the service's end.

import Rooms
import ScenarioKit
import Storage
import Testing
import XML
import XMPP

@testable import Host

@Suite struct RoomHallTests {
    private static let keep = ["muc#roomconfig_persistentroom": "1"]

    @Test func aRoomNobodyUsesIsNotInMemory() {
        let house = TestHouse()
        let (ada, bo) = (house.guest("ada"), house.guest("bo", on: 1))
        bo.send(Guest.say("anybody?", in: "nowhere"))
        #expect(bo.ear.errors == ["item-not-found"])
        #expect(house.room("nowhere") { _, _ in true } == nil)
        ada.send(Guest.join("coven", "ada"))
        ada.send(Guest.configure("coven", Self.keep))
        #expect(house.room("coven") { _, _ in true } == true)
        ada.send(Guest.leave("coven", "ada"))
        #expect(house.room("coven") { _, _ in true } == nil)
        #expect(house.stored("coven") != nil)
        bo.send(.iq(type: .get, id: "d", to: Guest.room("coven"), payload: [Element("query", NS.discoInfo)]))
        #expect(bo.ear.elements.last?["type"] == "result")
        #expect(house.room("coven") { _, _ in true } == nil)
        #expect(bo.ear.completions == bo.sent && ada.ear.completions == ada.sent)
    }

    @Test func aTimerOfALetGoRoomDoesNotTouchItsSuccessor() {
        let house = TestHouse(locks: true)
        let ada = house.guest("ada")
        ada.send(Guest.join("coven", "ada"))  // locked: an alarm is set
        let former = house.room("coven") { room, _ in room.instance }
        ada.send(Guest.destroy("coven"))
        #expect(house.room("coven") { _, _ in true } == nil)
        house.scheduler.advance(by: .seconds(RoomLimits().lockedSeconds - 10))
        ada.send(Guest.join("coven", "ada"))
        #expect(house.room("coven") { room, _ in room.instance } != former)
        house.scheduler.advance(by: .seconds(20))  // the time of the former room's alarm
        #expect(house.room("coven") { room, _ in room.state.room.state } != .open)
        house.scheduler.advance(by: .seconds(RoomLimits().lockedSeconds))
        #expect(house.room("coven") { room, _ in room.state.room.state } == .open)
    }

    @Test func aTemporaryRoomThatLostItsGuestsEndsSomeTimeAfterTheRestart() {
        var chance = SeededGenerator(seed: 1)
        let house = TestHouse(settings: TestHouse.temporary)
        house.guest("ada").send(Guest.join("coven", "ada"))
        let next = house.restarted(dropping: &chance)
        let bo = next.guest("bo")
        bo.send(Guest.say("anybody?", in: "coven"))
        #expect(next.room("coven") { _, _ in true } == true)
        next.scheduler.advance(by: .seconds(RoomLimits().emptySeconds + 1))
        #expect(next.room("coven") { _, _ in true } == nil)
        #expect(next.stored("coven") == nil)
    }

    @Test func restartKeepsTheRoomAndItsIds() {
        var chance = SeededGenerator(seed: 1)
        let house = TestHouse()
        let ada = house.guest("ada")
        ada.send(Guest.join("coven", "ada"))
        ada.send(Guest.configure("coven", Self.keep))
        ada.send(Guest.give(["jid": "bo@example", "affiliation": "admin"], in: "coven"))
        ada.send(
            .message(
                type: .groupchat, to: Guest.room("coven"), payload: [Element("subject", NS.client) { "cauldrons" }]))
        ada.send(Guest.say("remember me", in: "coven"))
        let id = ada.ear.occupantIDs.first
        #expect(id != nil)
        let next = house.restarted(dropping: &chance)
        let again = next.guest("ada")
        again.send(Guest.join("coven", "witch"))
        #expect(again.ear.occupantIDs.first == id)
        #expect(again.ear.said == ["remember me"])
        #expect(again.ear.elements.contains { $0.child("subject", NS.client)?.text == "cauldrons" })
        #expect(again.ear.elements.first?.child("x", NS.mucUser)?.child("item", NS.mucUser)?["affiliation"] == "owner")
        let affiliation = next.room("coven") { room, _ in
            room.state.room.affiliations.affiliation(of: Guest.address("bo@example"))
        }
        #expect(affiliation == .admin)
    }

    @Test func aRoomThatCannotBeReadAnswersEverybodyAndIsTriedAgain() {
        var storage = StorageLimits()
        storage.waitingReads = 0
        let house = TestHouse(storage: storage)
        let ada = house.guest("ada", on: 0)
        ada.post(Guest.join("coven", "ada"))
        ada.post(Guest.say("hello", in: "coven"))
        ada.post(.iq(type: .result, id: "r", to: Guest.room("coven")))
        house.scheduler.run()
        #expect(ada.ear.errors.allSatisfy { $0 == "internal-server-error" })
        #expect(ada.ear.errors.count == 2)
        #expect(ada.ear.completions == 3)
        #expect(house.room("coven") { _, _ in true } == nil)
    }

    @Test func mailThatComesWhileTheRoomIsReadWaitsInOrder() {
        let house = TestHouse()
        let ada = house.guest("ada", on: 1)
        ada.post(Guest.join("coven", "ada"))
        for number in 0..<5 { ada.post(Guest.say("\(number)", in: "coven")) }
        house.scheduler.run()
        #expect(ada.ear.said == ["0", "1", "2", "3", "4"])
        #expect(ada.ear.completions == ada.sent)
    }

    /// MUC-440
    @Test func shutdownTellsOccupantsAndRefusesWhatFollows() {
        let house = TestHouse()
        let (ada, bo) = (house.guest("ada"), house.guest("bo", on: 1))
        ada.send(Guest.join("coven", "ada"))
        bo.send(Guest.join("coven", "bo"))
        _ = (ada.ear.news(), bo.ear.news())
        house.disk.stall()
        ada.send(Guest.say("last words", in: "coven"))
        let shard = house.house.shard(ofLocal: "coven")
        house.on(shard) { $0.shutDown(accounts: false) }
        #expect(house.look(shard) { $0.isQuiet() } == false)
        bo.send(Guest.say("too late", in: "coven"))
        #expect(bo.ear.errors == ["service-unavailable"])
        house.disk.resume()
        house.scheduler.run()
        for guest in [ada, bo] {
            #expect(guest.ear.said == ["last words"])
            let last = guest.ear.elements.last
            #expect(last?["type"] == "unavailable")
            #expect(last?.child("x", NS.mucUser)?.children.contains { $0["code"] == "332" } == true)
            #expect(guest.ear.completions == guest.sent)
        }
        #expect(house.look(shard) { $0.isQuiet() } == true)
    }
}

extension Ear {
    /// The occupant ids in presences heard, in order.
    var occupantIDs: [String] {
        elements.filter { $0.name == "presence" }.compactMap { $0.child("occupant-id", NS.occupantID)?["id"] }
    }
}
