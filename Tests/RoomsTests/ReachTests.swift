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

    @Test("Who joins, changes, leaves and publishes is told of to all; who listens, to itself; an invitation to nobody")
    func channel() throws {
        var script = try RoomScript.channel()
        let events = try script.run(RoomScript.joining(bo, as: "bo"))
        let id = script.room.participantID(of: bo)
        #expect(events.map { script.room.reach(of: $0) } == [.participant(id), .everybody])
        #expect(events.map { script.room.subject(of: $0) } == [id, id])
        let told: [(Command, Reach, ParticipantID?)] = [
            (.membership(.prefer(bo, Preferences(takesLetters: false))), .everybody, id),
            (.membership(.pin(bo, DialectID("mix-0.2.1"))), .nobody, id),
            (.membership(.invite(cy, by: script.requester(ada))), .nobody, nil),
            (.membership(.rename(bo, nick: "bob")), .sessions, id),
            (RoomScript.appearing(bo), .everybody, id), (.membership(.rename(bo, nick: "bo")), .everybody, id),
            (.library(.make(node: "urn:x:news", by: script.requester(ada))), .everybody, nil),
            (.library(.publish(id: "1", payload: nil, node: "urn:x:news", by: script.requester(ada))), .everybody, nil),
            (.membership(.deafen(bo)), .nobody, id),
            (.membership(.leave(bo)), .everybody, id),
        ]
        for (command, reach, subject) in told {
            let event = try #require(try script.run(command).last)
            #expect(script.room.reach(of: event) == reach, "\(command)")
            #expect(script.room.subject(of: event) == subject, "\(command)")
        }
    }

    @Test("A further client of somebody present is told of to those who know each apart, once anybody joined")
    func sessions() throws {
        var script = try RoomScript.channel()
        try script.join(bo, as: "bo")
        try script.run(RoomScript.listening(boDesk))
        let first = try script.appear(bo, SeatPresence(payload: [], priority: 1))[0]
        #expect(script.room.reach(of: first) == .everybody)
        #expect(script.room.reach(of: try script.appear(boDesk)[0]) == .sessions)
        #expect(script.room.reach(of: try script.appear(boDesk)[0]) == .sessions, "a change that is not shown")
        #expect(script.room.reach(of: try script.run(.membership(.vanish(boDesk, payload: [])))[0]) == .sessions)
        _ = try script.configure([.presenceBroadcast: .roles([.moderator])])
        #expect(script.room.reach(of: try script.appear(boDesk)[0]) == .nobody)
        #expect(
            script.room.reach(of: try script.run(.membership(.vanish(boDesk, payload: [])))[0]) == .nobody)
    }

    @Test("What was taken back is told to all, by whoever did it")
    func retraction() throws {
        var script = try RoomScript.channel([.ownRetraction: .flag(true)])
        try script.join(bo, as: "bo")
        let said = try script.run(.say(try script.seat(bo), RoomScript.words("oops")))[0]
        #expect(script.room.speaker(of: said) == script.room.participantID(of: bo))
        let wish = RetractionWish(target: try #require(said.message), requester: script.requester(bo))
        let event = try script.run(.retract(wish))[0]
        #expect(script.room.reach(of: event) == .everybody && script.room.subject(of: event) == nil)
        #expect(script.room.speaker(of: event) == script.room.participantID(of: bo))
    }
}
