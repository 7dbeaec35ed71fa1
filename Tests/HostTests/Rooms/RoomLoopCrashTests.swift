// The process dies at a random moment: whatever anybody was told is in the recovered room, once and in its place.

import Rooms
import ScenarioKit
import Storage
import Synchronization
import Testing
import XML
import XMPP

@testable import Host

@Suite struct RoomLoopCrashTests {
    private static let names = ["ada", "bo", "cy", "dee"]

    @Test(arguments: 0..<250 as Range<UInt64>) func everythingToldIsInTheRecoveredRoom(seed: UInt64) throws {
        var chance = SeededGenerator(seed: seed)
        var limits = HostLimits()
        limits.eventsPerSnapshot = Int.random(in: 3...12, using: &chance)
        limits.roomBatch = Int.random(in: 2...8, using: &chance)
        let house = TestHouse(seed: seed, shards: 2, limits: limits)
        let guests = Self.names.enumerated().map { house.guest($1, on: $0 % 2) }
        guests[0].send(Guest.join("coven", "ada"))
        guests[0].send(Guest.configure("coven", ["muc#roomconfig_persistentroom": "1"]))
        for guest in guests.dropFirst() { guest.send(Guest.join("coven", guest.jid.local ?? "")) }
        house.disk.slowCommits(turns: Int.random(in: 0...6, using: &chance))
        if Int.random(in: 0..<3, using: &chance) == 0 { house.disk.failCommits(1, with: .full) }
        talk(guests, &chance)
        die(after: Int.random(in: 0...160, using: &chance), in: house)
        house.scheduler.run()

        let next = house.restarted(dropping: &chance)
        let stored = try #require(next.stored("coven"))
        let events = try recovered(stored, next)
        let kept = events.compactMap { seq, event -> (seq: UInt64, id: String, words: String)? in
            guard case .conversation(.said(let message)) = event else { return nil }
            return (seq, message.archiveID, message.payload.first { $0.name == "body" }?.text ?? "")
        }
        for guest in guests {
            try check(guest, against: kept)
        }
        let witness = next.guest("witness")
        witness.send(Guest.join("coven", "witness"))
        #expect(witness.ear.said.filter { !$0.isEmpty } == kept.map(\.words).suffix(20))
        #expect(witness.ear.completions == witness.sent)
    }

    /// Everybody says some things, some leave and come back, all in no order.
    private func talk(_ guests: [Guest], _ chance: inout SeededGenerator) {
        for number in 0..<8 {
            for guest in guests {
                let name = guest.jid.local ?? ""
                switch Int.random(in: 0..<12, using: &chance) {
                case 0: guest.post(Guest.leave("coven", name))
                case 1: guest.post(Guest.join("coven", name))
                default: guest.post(Guest.say("\(name) \(number)", in: "coven"))
                }
            }
        }
    }

    /// The process dies after so many turns of a loop of its own: between any two pieces of work.
    private func die(after turns: Int, in house: TestHouse) {
        let loop = house.scheduler.makeLoop()
        @Sendable func turn(_ left: Int) {
            if left == 0 { house.scheduler.kill() } else { loop.execute { turn(left - 1) } }
        }
        loop.execute { turn(turns) }
    }

    /// The journal: without a gap, in rising time; and the room that follows from it, by snapshot and by replay.
    private func recovered(_ stored: StoredRoom, _ house: TestHouse) throws -> [(UInt64, Event)] {
        let box = Box<[EventRecord]>()
        house.disk.events(EventQuery(room: stored.number, limit: 1_000, archivedOnly: false)) {
            box.set((try? $0.get()) ?? [])
        }
        house.scheduler.run()
        let records = try #require(box.value)
        #expect(records.map(\.seq) == Array(1...UInt64(records.count)))
        #expect(zip(records, records.dropFirst()).allSatisfy { $0.time < $1.time })
        let name = RoomName(service: "main", local: "coven")
        let recovered = try Room(recovering: stored, name: name, limits: RoomLimits())
        var replayed = Room(name: name, limits: RoomLimits())
        var events: [(UInt64, Event)] = []
        for record in records {
            let event = try EventCoding.decode(record.body)
            replayed.recover(event)
            events.append((record.seq, event))
        }
        #expect(recovered.head == UInt64(records.count) && recovered.head == replayed.head)
        #expect(recovered.archivedCount == replayed.archivedCount)
        #expect(recovered.settings == replayed.settings && recovered.secret == replayed.secret)
        #expect(recovered.violations().isEmpty)
        return events
    }

    private func check(_ guest: Guest, against kept: [(seq: UInt64, id: String, words: String)]) throws {
        let places = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1.id, $0) })
        var heard: [Int] = []
        for element in guest.ear.elements where element.child("body", NS.client) != nil && element["type"] != "error" {
            if element.child("delay", NS.delay) != nil { continue }  // history at a second joining
            let id = try #require(element.child("stanza-id", NS.sid)?["id"])
            let place = try #require(places[id], "\(guest.jid) was told what is lost")
            #expect(kept[place].words == element.child("body", NS.client)?.text)
            heard.append(place)
        }
        #expect(zip(heard, heard.dropFirst()).allSatisfy { $0 < $1 }, "out of order or twice")
        let left = guest.ear.elements.contains { $0.name == "presence" && $0["type"] == "unavailable" }
        if !left, let first = heard.first { #expect(heard == Array(first..<(first + heard.count)), "a gap") }
    }
}
