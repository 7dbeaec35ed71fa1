// Whom events reach.

import Testing
import XMPP

@testable import Rooms

@Suite("Reach")
struct ReachTests {
    @Test(
        "Roles that are not broadcast are told only to themselves; crossing the edge is told to all (MUC-138, MUC-139)")
    func broadcast() throws {
        var script = try RoomScript.open([
            .presenceBroadcast: .roles([.moderator, .participant]), .isModerated: .flag(true),
        ])
        let id = try script.enter(bo, as: "bo").person.id
        #expect(script.room.reach(of: try #require(script.told.last)) == .participant(id))
        let raised = try script.run(script.roleCommand(.participant, to: "bo", by: ada))[0]
        #expect(script.room.reach(of: raised) == .everybody)
        let lowered = try script.run(script.roleCommand(.visitor, to: "bo", by: ada))[0]
        #expect(script.room.reach(of: lowered) == .everybody)
        let left = try script.run(.leave(try script.seat(bo), payload: []))[0]
        #expect(script.room.reach(of: left) == .participant(id))
    }

    @Test("That somebody unseen is removed is told to moderators, whoever sees addresses (MUC-141)")
    func unseenRemoval() throws {
        for whois in ["moderators", "anyone"] {
            var script = try RoomScript.open([.presenceBroadcast: .roles([.moderator]), .whois: .choice(whois)])
            try script.enter(bo, as: "bo")
            let kicked = try script.run(script.roleCommand(.none, to: "bo", by: ada))[0]
            #expect(script.room.reach(of: kicked) == .moderators)
            let id = try script.enter(cy, as: "cy").person.id
            let left = try script.run(.leave(try script.seat(cy), payload: []))[0]
            #expect(script.room.reach(of: left) == .participant(id))
        }
    }

    @Test("A change for somebody absent is told to moderators, in an open room to all (MUC-292)")
    func absent() throws {
        var script = try RoomScript.open()
        #expect(script.room.reach(of: try script.give(.member, to: bo)[0]) == .moderators)
        _ = try script.configure([.whois: .choice("anyone")])
        #expect(script.room.reach(of: try script.give(.admin, to: bo)[0]) == .everybody)
    }

    @Test("A further seat that changes nothing for others is told to nobody else (MUC-340)")
    func quietSeat() throws {
        var script = try RoomScript.open()
        try script.enter(bo, as: "bo", presence: SeatPresence(payload: [], priority: 5))
        try script.enter(boDesk, as: "bo", presence: SeatPresence(payload: [], priority: 1))
        #expect(script.room.reach(of: try #require(script.told.last)) == .nobody)
        let left = try script.run(.leave(try script.seat(boDesk), payload: []))[0]
        #expect(script.room.reach(of: left) == .nobody)
    }

    @Test("Every event that is about somebody says about whom")
    func subjects() throws {
        var script = try RoomScript.open()
        let id = try script.enter(bo, as: "bo").person.id
        #expect(script.room.subject(of: try #require(script.told.last)) == id)
        let raised = try script.run(script.roleCommand(.visitor, to: "bo", by: ada))[0]
        #expect(script.room.subject(of: raised) == id)
        let said = try script.run(.say(try script.seat(ada), RoomScript.words("x")))[0]
        #expect(script.room.subject(of: said) == nil)
    }
}
