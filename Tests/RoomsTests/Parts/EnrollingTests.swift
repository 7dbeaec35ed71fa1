// Joining for good: who may, with which nodes, and that all of it happens or nothing.

import Testing
import XMPP

@testable import Rooms

@Suite("Enrolling")
struct EnrollingTests {
    private func refusal(
        _ script: RoomScript, _ address: JID = bo, as nick: String? = "bo", to asked: [Topics] = [.messages],
        preferences: Preferences? = nil, invitation: ChannelInvitation? = nil
    ) -> Refusal? {
        script.refusal(
            of: RoomScript.joining(
                address, as: nick, to: asked, preferences: preferences, invitation: invitation))
    }

    @Test("Who joins is a participant with its nodes, there or not; its client listens and is not present")
    func joins() throws {
        var script = try RoomScript.channel()
        let joining = try script.join(bo, as: "bo", to: [.messages, .presence])
        let enrolment = try #require(script.enrolment(boDesk))
        #expect(joining.isNew && joining.enrolment == enrolment && joining.token == nil)
        #expect(enrolment.id == script.room.secret.participantID(of: bo) && enrolment.jid == bo.bare)
        #expect(enrolment.topics == [.messages, .presence] && enrolment.nick == "bo" && enrolment.isParticipant)
        #expect(enrolment.dialect == mix && enrolment.domain == "mix.example")
        #expect(joining.person.role == .participant && joining.person.affiliation == .none)
        let seat = try #require(script.room.seating[address: bo])
        #expect(seat.kind == .listener && !seat.isPresent && seat.listens)
        #expect(script.room.roster.count == 0 && script.room.occupant("bo") == nil)
        #expect(script.room.participants.map(\.nick) == ["bo"])
        try script.expectKept()
    }

    @Test("The order of the checks: locked, secrecy, banned, token, membership, password, nodes, nick")
    func order() throws {
        var script = RoomScript()
        try script.enter(ada, as: "ada")
        #expect(refusal(script) == .locked)
        _ = try script.configure([.isAdHoc: .flag(true), .isMembersOnly: .flag(true), .password: .text("s")])
        let forged = ChannelInvitation(inviter: ada.bare, invitee: bo.bare, token: "aaaa")
        try script.give(.outcast, to: bo)
        #expect(refusal(script, invitation: forged) == .roomMissing, "who is not asked knows of no channel")
        _ = try script.configure([.isAdHoc: .flag(false)])
        #expect(refusal(script, invitation: forged) == .banned)
        try script.give(.none, to: bo)
        #expect(refusal(script, as: "ada", to: [.own(1)], invitation: forged) == .forbidden)
        #expect(refusal(script, as: "ada", to: [.own(1)]) == .membersOnly)
        _ = try script.configure([.isMembersOnly: .flag(false)])
        #expect(refusal(script, as: "ada", to: [.own(1)]) == .passwordRequired)
        _ = try script.configure([.password: .text("")])
        #expect(refusal(script, as: "ada", to: [.own(1)]) == .nodeMissing)
        #expect(refusal(script, as: "ada") == .nickTaken)
        _ = try script.configure([.presenceRequired: .flag(true)])
        let shy = Preferences(sharesPresence: false)
        #expect(refusal(script, as: "ada", preferences: shy) == .nickTaken)
        #expect(refusal(script, preferences: shy) == .presenceRequired)
        #expect(refusal(script) == nil)
    }

    @Test("Members join closed, secret and guarded rooms, and participants join again (T-10, T-11)")
    func known() throws {
        var script = try RoomScript.channel()
        try script.join(cy, as: "cy")
        try script.give(.member, to: bo)
        _ = try script.configure([.isAdHoc: .flag(true), .isMembersOnly: .flag(true), .password: .text("s")])
        try script.join(bo, as: "bo")
        #expect(try !script.join(cy, as: "cy").isNew)
        #expect(refusal(script, jid("dee@d.example/a")) == .roomMissing)
    }

    @Test("A channel has room for so many")
    func members() throws {
        var limits = RoomLimits()
        limits.members = 1
        var script = try RoomScript.channel(limits: limits)
        try script.join(bo, as: "bo")
        #expect(refusal(script, cy, as: "cy") == .tooMany(limit: "members"))
        #expect(script.refusal(of: RoomScript.subscribing(cy, .messages)) == .nodeClosed)
        #expect(try !script.join(boDesk).isNew)
    }

    @Test("Of several nodes those are granted that may be; with none of them it fails (XEP-0369 §7.1.1)")
    func partial() throws {
        var script = try RoomScript.channel([.missingNodes: .lines(["presence"])])
        #expect(refusal(script, to: [.banned]) == .nodeClosed)
        #expect(refusal(script, to: [.presence]) == .nodeMissing)
        #expect(refusal(script, to: [[]]) == .nodeMissing, "a node that nobody knows")
        #expect(refusal(script, to: [.banned, []]) == .nodeClosed, "the first reason counts")
        #expect(refusal(script, to: [[], .banned]) == .nodeMissing)
        let topics = try script.join(bo, as: "bo", to: [.messages, .banned, [], .presence, .configuration])
            .enrolment.topics
        #expect(topics == [.messages, .presence], "a node of the documents that is not there yet is remembered")
        #expect(try script.join(cy, as: "cy", to: []).enrolment.topics == [], "nothing asked is nothing refused")
        #expect(try script.join(ada, as: "ada", to: [.banned, .configuration]).enrolment.topics.contains(.banned))
    }

    @Test("Who joins again gets further nodes, keeps what it had, and is nobody new")
    func again() throws {
        var script = try RoomScript.channel([.whois: .choice("optional")])
        try script.join(bo, as: "bo", to: [.messages], preferences: Preferences(visibility: .always))
        let joining = try script.join(boDesk, to: [.presence])
        #expect(!joining.isNew && joining.enrolment.topics == [.messages, .presence])
        #expect(joining.enrolment.nick == "bo" && joining.enrolment.preferences.visibility == .always)
        #expect(script.room.enrolments.count == 1 && script.room.seating.count == 2)
        try script.expectKept()
    }

    @Test("A refused join leaves nothing behind, whatever of it could have been done")
    func atomicity() throws {
        var script = try RoomScript.channel([.isMembersOnly: .flag(true)])
        let invitation = try script.invitation(for: bo, by: ada)
        let before = RoomSnapshot.encode(script.room)
        try script.give(.member, to: cy, nick: "cy")
        let after = RoomSnapshot.encode(script.room)
        #expect(refusal(script, as: "cy", invitation: invitation) == .nickTaken)
        #expect(refusal(script, to: [.banned], invitation: invitation) == .nodeClosed)
        let loud = Preferences(visibility: .always)
        #expect(refusal(script, preferences: loud, invitation: invitation) == .notAllowed)
        #expect(RoomSnapshot.encode(script.room) == after && after != before && script.room.seating.isEmpty)
        let events = try script.run(RoomScript.joining(bo, as: "bo", invitation: invitation))
        #expect(events.count == 3, "the rank, the place, the membership: one act")
        #expect(events[0].rankChange?.affiliation == .member && events[1].listening != nil)
        #expect(events[2].joining?.person.affiliation == .member)
        #expect(script.room.affiliations.listed(bo.bare) == .member)
        try script.expectKept()
    }

    @Test("Where the list is full, an invitation that would make a member admits nobody")
    func fullList() throws {
        var limits = RoomLimits()
        limits.affiliations = 1
        var script = try RoomScript.channel([.isMembersOnly: .flag(true)], limits: limits)
        let invitation = try script.invitation(for: bo, by: ada)
        #expect(refusal(script, invitation: invitation) == .tooMany(limit: "affiliations"))
    }

    @Test("Further clients of an account listen by the same act, each once")
    func listeners() throws {
        var script = try RoomScript.channel()
        let listeners = [bo, boDesk, bo].map {
            Command.Joining.Listening(address: $0, dialect: mix, showsPresence: $0 == bo)
        }
        let wish = Command.Joining(
            address: bo.bare, domain: "mix.example", dialect: mix, asked: [.messages], nick: "bo", listeners: listeners)
        let events = try script.run(.membership(.join(wish)))
        #expect(events.compactMap(\.listening).map(\.seat.address) == [bo, boDesk])
        #expect(events.compactMap(\.listening).map(\.showsPresence) == [true, false])
        #expect(events.last?.joining?.person.jid == bo.bare)
    }

    @Test("A visitor of a moderated channel joins as one (MUC-033)")
    func roles() throws {
        var script = try RoomScript.channel([.isModerated: .flag(true)])
        #expect(try script.join(bo, as: "bo").person.role == .visitor)
        #expect(try script.join(ada, as: "ada").person.role == .moderator)
    }

    @Test("Who leaves is a participant no more, and all its places are empty; who was none leaves nothing (MIX1-114)")
    func leaves() throws {
        var script = try RoomScript.channel()
        try script.join(bo, as: "bo")
        try script.run(RoomScript.listening(boDesk))
        try script.appear(bo)
        let events = try script.run(.membership(.leave(bo)))
        #expect(events.count == 2 && events[0].departure?.seats.map(\.address) == [bo])
        #expect(events[1].withdrawal?.seats.map(\.address) == [bo, boDesk])
        #expect(script.room.seating.isEmpty && script.room.enrolments.isEmpty && script.room.participants.isEmpty)
        #expect(try script.run(.membership(.leave(bo))).isEmpty)
        #expect(refusal(script, cy, as: "bo") == nil, "its nick is free")
        try script.expectKept()
    }

    @Test("Who comes back has the same P (X-04)")
    func stableID() throws {
        var script = try RoomScript.channel()
        let first = try script.join(bo, as: "bo").enrolment.id
        try script.run(.membership(.leave(bo)))
        #expect(try script.join(bo, as: "robert").enrolment.id == first)
        let entered = try script.enter(boDesk, as: "bo").person
        #expect(entered.id == first && entered.nick == "robert")
    }
}
