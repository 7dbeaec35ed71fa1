// Where accounts of other servers hear: at their clients, or at their own address, and how that is learnt and kept.

import Testing
import XMPP

@testable import Rooms

@Suite("Places elsewhere")
struct FarPlacesTests {
    private func channel(_ limits: RoomLimits = RoomLimits()) throws -> RoomScript {
        var script = try RoomScript.channel(limits: limits)
        script.homes = ["a.example"]
        return script
    }

    private func listeners(_ script: RoomScript) -> [JID] {
        script.room.seating.all.filter { $0.kind == .listener }.map(\.address)
    }

    /// Where it is told after a start.
    private func outposts(_ script: RoomScript, _ address: JID) throws -> [JID] {
        try script.expectKept()
        let room = try script.recovered()
        return room.outposts(of: try #require(room.enrolments[jid: address])).map(\.address)
    }

    private func joins(_ address: JID, as nick: String) -> Command { RoomScript.joining(address, as: nick) }

    @Test("A client that joins for itself is known at its full JID, and no more when it is gone (X-15, MIXC-501)")
    func client() throws {
        var script = try channel()
        try script.run(joins(bo, as: "bo"))
        #expect(try outposts(script, bo) == [bo])
        let events = try script.run(.membership(.deafen(bo)))
        #expect(listeners(script) == [bo.bare], "its account is tried instead")
        #expect(events.count == 3 && events.last?.listening != nil)
        #expect(try outposts(script, bo) == [bo.bare])
        try script.run(RoomScript.listening(boDesk))
        #expect(listeners(script) == [boDesk], "not both")
        #expect(try outposts(script, bo) == [boDesk])
    }

    @Test("An account whose server joined for it hears itself, its clients' own wishes notwithstanding (X-15)")
    func account() throws {
        var script = try channel()
        try script.run(joins(bo.bare, as: "bo"))
        #expect(script.room.farPlaces.isEmpty)
        try script.appear(bo, isHeardFor: true)
        #expect(script.room.seating[address: bo]?.kind == .shadow && listeners(script) == [bo.bare])
        try script.run(joins(boDesk, as: "bo"))
        #expect(listeners(script) == [bo.bare, boDesk])
        #expect(try outposts(script, bo) == [bo.bare, boDesk])
    }

    @Test("What was given back at the account is not sent there again until its server joins for it (MIXC-517)")
    func refusal() throws {
        var script = try channel()
        try script.run(joins(bo.bare, as: "bo"))
        try script.run(.membership(.deafen(bo.bare)))
        #expect(try outposts(script, bo).isEmpty)
        try script.appear(bo, isHeardFor: true)
        #expect(listeners(script) == [bo], "it is heard for by nobody")
        #expect(try outposts(script, bo).isEmpty, "whoever is available will say so again")
        try script.run(.membership(.deafen(bo)))
        #expect(listeners(script).isEmpty)
        try script.run(joins(boDesk, as: "bo"))
        #expect(try outposts(script, bo) == [boDesk])
        try script.run(joins(bo.bare, as: "bo"))
        #expect(listeners(script) == [bo.bare])
        #expect(try outposts(script, bo) == [bo.bare] && script.room.farPlaces.isEmpty)
    }

    @Test("A client that is available takes the place of an account of which nothing is known")
    func stepsIn() throws {
        var script = try channel()
        try script.run(joins(bo, as: "bo"))
        try script.run(.membership(.deafen(bo)))
        try script.appear(boDesk, isHeardFor: true)
        #expect(listeners(script) == [boDesk])
    }

    @Test("In what dialect a client is told is known as well; whoever leaves is forgotten")
    func dialect() throws {
        var script = try channel()
        try script.run(joins(bo, as: "bo"))
        try script.run(.membership(.pin(bo, DialectID("mix-0.2.1"))))
        let room = try script.recovered()
        #expect(room.outposts(of: try #require(room.enrolments[jid: bo])).map(\.dialect.text) == ["mix-0.2.1"])
        try script.expectKept()
        try script.run(.membership(.leave(bo.bare)))
        #expect(script.room.farPlaces.isEmpty)
        try script.run(joins(bo.bare, as: "bo"))
        #expect(try outposts(script, bo) == [bo.bare])
    }

    @Test("So many clients of one account are told, and the oldest go")
    func limit() throws {
        var limits = RoomLimits()
        limits.clientsElsewhere = 2
        var script = try channel(limits)
        for address in [bo, boDesk, jid("bo@b.example/third")] { try script.run(joins(address, as: "bo")) }
        #expect(listeners(script) == [boDesk, jid("bo@b.example/third")])
        #expect(try outposts(script, bo) == [boDesk, jid("bo@b.example/third")])
    }

    @Test("Accounts of this server say themselves which of their clients listen")
    func atHome() throws {
        var script = try channel()
        try script.run(joins(ada, as: "ada"))
        try script.run(.membership(.deafen(ada)))
        #expect(script.room.farPlaces.isEmpty && script.room.seating.isEmpty)
    }

    @Test("Snapshots from before places were kept are read as of accounts that pass on")
    func thirdVersion() throws {
        var script = try channel()
        try script.run(joins(bo.bare, as: "bo"))
        var bytes = RoomSnapshot.encode(script.room)
        #expect(bytes[0] == 4 && bytes.removeLast() == 0)
        bytes[0] = 3
        let room = try Room(snapshot: bytes, name: script.room.name)
        #expect(room.outposts(of: try #require(room.enrolments[jid: bo])).map(\.address) == [bo.bare])
    }
}
