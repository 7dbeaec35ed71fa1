// Who joined and is not here costs no memory: the channel leaves it, and comes back with everybody in it.

import Rooms
import ScenarioKit
import Storage
import Testing
import XML
import XMPP

@testable import Host

@Suite struct ChannelsInMemoryTests {
    private static let coven = Guest.address("coven@\(TestHouse.channels)")
    private static let nodes = [NS.mixNodeMessages, NS.mixNodeParticipants, NS.mixNodePresence]

    /// What of a room is to be the same when it comes back.
    private struct Kept: Sendable, Equatable {
        let enrolments: [Enrolment]
        let affiliations: Affiliations
        let settings: Settings
        let head: UInt64

        init(_ room: Room) {
            enrolments = room.enrolments.all.sorted { $0.jid < $1.jid }
            (affiliations, settings, head) = (room.affiliations, room.settings, room.head)
        }
    }

    /// A channel of ada's, who is not in it, with these members.
    private func house(members: String...) -> TestHouse {
        let house = TestHouse()
        let ada = house.guest("ada")
        ada.send(Guest.join("coven", "ada"))
        ada.send(Guest.configure("coven", ["muc#roomconfig_persistentroom": "1"]))
        for member in members { join(member, in: house) }
        ada.send(Guest.leave("coven", "ada"))
        return house
    }

    /// An account joins; nobody listens for it.
    private func join(_ account: String, in house: TestHouse) {
        let request = Element("join", NS.mixCore) {
            for node in Self.nodes { Element("subscribe", NS.mixCore, ["node": node]) }
            Element("nick", NS.mixCore) { "nick of \(account.prefix(2))" }
        }
        pass(.iq(type: .set, id: "j", to: Self.coven, payload: [request]), from: account, in: house)
    }

    /// A stanza comes that no connection of this house sent.
    private func pass(_ stanza: Stanza, from: String, in house: TestHouse) {
        var stanza = stanza
        stanza.from = Guest.address(from)
        let (passed, from) = (stanza, Guest.address(from))
        house.on(0) { $0.route(Envelope(passed, from: from, to: Self.coven)) }
    }

    private func isInMemory(_ house: TestHouse) -> Bool { house.room("coven") { _, _ in true } == true }

    /// The channel as it is when somebody asks for it.
    private func look<Value: Sendable>(
        _ house: TestHouse, _ work: @escaping @Sendable (RoomLoop) -> Value
    ) -> Value? {
        let box = Box<Value>()
        let seeking = Seeking(asker: Guest.address("ada@example")) { _, shard in
            if let room = shard.hall(of: "main")?.known("coven") { box.set(work(room)) }
        }
        house.on(house.house.shard(ofLocal: "coven")) { shard in
            shard.hall(of: "main")?.room("coven", on: shard).post(.sought(seeking), on: shard)
        }
        return box.value
    }

    private func listen(_ guest: Guest, in house: TestHouse) {
        let client = ListeningClient(guest.jid, at: guest.port, dialect: DialectID("mix"), showsPresence: true)
        house.on(Int(guest.port.shard)) { $0.listen(client, to: Self.coven) }
    }

    @Test func membersWhoAreAwayKeepNoChannelInMemory() throws {
        let house = house(members: "bo@example", "cy@example")
        #expect(!isInMemory(house))
        let before = try #require(look(house) { Kept($0.state.room) })
        #expect(before.enrolments.map(\.jid) == ["bo@example", "cy@example"].map(Guest.address))
        #expect(!isInMemory(house), "it was only looked at")
        let bo = house.guest("bo", on: 1)
        listen(bo, in: house)
        #expect(isInMemory(house))
        bo.send(.presence(to: Self.coven))
        #expect(look(house) { $0.state.room.roster.count } == 1)
        bo.send(.presence(type: .unavailable, to: Self.coven))
        #expect(isInMemory(house), "it listens still")
        let jid = bo.jid
        house.on(0) { $0.deafen(jid, to: Self.coven) }
        #expect(!isInMemory(house))
        #expect(look(house) { Kept($0.state.room).enrolments } == before.enrolments)
        listen(bo, in: house)
        pass(
            .message(type: .groupchat, id: "m", to: Self.coven, payload: [Element("body", NS.client) { "all hail" }]),
            from: "cy@example/r", in: house)
        #expect(bo.ear.said == ["all hail"])
    }

    @Test func membersElsewhereKeepItWhileSomebodyIsThere() throws {
        let house = house(members: "bo@example", "duncan@other.example")
        #expect(!isInMemory(house))
        let before = try #require(look(house) { Kept($0.state.room) })
        pass(.presence(to: Self.coven), from: "duncan@other.example/r", in: house)
        #expect(isInMemory(house))
        #expect(look(house) { $0.state.room.roster.count } == 1)
        pass(.presence(type: .unavailable, to: Self.coven), from: "duncan@other.example/r", in: house)
        #expect(!isInMemory(house))
        #expect(look(house) { Kept($0.state.room) } == before)
        let seats = look(house) { room in
            room.state.room.seating.all.map { "\($0.address) \(room.state.plan.port(of: $0.id)?.isRouted == true)" }
        }
        #expect(seats == ["duncan@other.example true"], "its server is told again")
    }

    @Test func occupantsKeepItForEverybody() throws {
        let house = house(members: "bo@example", "duncan@other.example")
        let before = try #require(look(house) { Kept($0.state.room) })
        let cy = house.guest("cy")
        cy.send(Guest.join("coven", "cy"))
        #expect(isInMemory(house))
        let seated = look(house) { room in room.state.room.seating.all.map(\.address.description).sorted() }
        #expect(seated == ["cy@example/r", "duncan@other.example"], "nobody sits there for whoever is away")
        #expect(look(house) { $0.state.plan.seats } == 2)
        cy.send(Guest.say("anybody?", in: "coven"))
        #expect(isInMemory(house) && cy.ear.said.contains("anybody?"))
        cy.send(Guest.leave("coven", "cy"))
        #expect(!isInMemory(house))
        let after = try #require(look(house) { Kept($0.state.room) })
        #expect(after.enrolments == before.enrolments && after.affiliations == before.affiliations)
        #expect(after.settings == before.settings && after.head == before.head + 1)
    }
}
