// Where members listen, when they are available, and how they go.

import Testing
import XML
import XMPP

@testable import Rooms

@Suite("Listening")
struct ListeningTests {
    private let dee = jid("dee@d.example/a")

    private func member(_ settings: [Setting: SettingValue] = [:]) throws -> RoomScript {
        var script = try RoomScript.channel(settings)
        try script.join(bo, as: "bo")
        return script
    }

    @Test("Clients of members listen, each once; nobody else's does")
    func listen() throws {
        var script = try member()
        #expect(try script.run(RoomScript.listening(cy)).isEmpty)
        #expect(try script.run(RoomScript.listening(bo)).isEmpty)
        let event = try #require(try script.run(RoomScript.listening(boDesk)).first)
        #expect(event.durability == .passing && event.stamp == nil && EventCoding.encode(event) == nil)
        #expect(script.room.seating[address: boDesk]?.kind == .listener)
        try script.enter(jid("bo@b.example/old"), as: "bo")
        #expect(try script.run(RoomScript.listening(jid("bo@b.example/old"))).isEmpty, "it visits")
        #expect(script.room.nextDeadline == nil)
    }

    @Test("So many clients of one participant listen")
    func limit() throws {
        var limits = RoomLimits()
        limits.seatsPerParticipant = 1
        var script = try RoomScript.channel(limits: limits)
        try script.join(bo, as: "bo")
        try script.run(RoomScript.listening(boDesk))
        #expect(try script.run(RoomScript.listening(jid("bo@b.example/c"))).isEmpty)
        #expect(
            script.refusal(of: RoomScript.appearing(jid("bo@b.example/c"))) == .tooMany(limit: "seatsPerParticipant"))
    }

    @Test("A listener that becomes available is present, first or further; what it says later is a change")
    func appear() throws {
        var script = try member()
        try script.run(RoomScript.listening(boDesk))
        let show = [Element("show", NS.client) { "away" }]
        let first = try #require(try script.appear(bo, SeatPresence(payload: show, priority: 1)).first?.arrival)
        #expect(first.isFirst && first.seat.presence.payload == show && first.person.jid == bo)
        #expect(first.history.stanzas == 0 && !first.created && !first.nickAssigned)
        #expect(script.room.roster.count == 1 && script.room.occupant("bo") != nil)
        let quiet = try #require(try script.appear(boDesk).first?.arrival)
        #expect(!quiet.isFirst && !quiet.changesShown)
        guard
            case .attendance(.presenceChanged(let change))? = try script.appear(
                boDesk, SeatPresence(payload: [], priority: 2)
            ).first
        else { throw Unexpected(what: "no change") }
        #expect(change.changesShown && script.room.seating.shown(of: first.person.id)?.address == boDesk)
        #expect(script.room.seating.count == 2, "no seats besides those that listened")
    }

    @Test("Strangers, and those who only subscribe, are not available here")
    func strangers() throws {
        var script = try member([.messagesReaders: .choice("anyone")])
        #expect(script.refusal(of: RoomScript.appearing(cy)) == .notSeated)
        try script.run(RoomScript.subscribing(cy, .messages))
        #expect(script.refusal(of: RoomScript.appearing(cy)) == .notSeated)
        try script.run(RoomScript.listening(cy))
        #expect(script.room.seating[address: cy]?.kind == .listener, "but they listen")
        let fat = SeatPresence(payload: [Element("x", "urn:x") { String(repeating: "x", count: 20_000) }])
        #expect(script.refusal(of: RoomScript.appearing(bo, fat)) == .tooLarge(limit: "presenceBytes"))
        #expect(script.refusal(of: RoomScript.appearing(boDesk, fat)) == .tooLarge(limit: "presenceBytes"))
    }

    @Test("Going away, a listener goes on listening")
    func vanish() throws {
        var script = try member()
        try script.appear(bo, SeatPresence(payload: [Element("show", NS.client) { "away" }], priority: 3))
        let status = [Element("status", NS.client) { "bye" }]
        let departure = try #require(try script.run(.membership(.vanish(bo, payload: status))).first?.departure)
        #expect(departure.isLast && departure.payload == status && departure.cause == .own)
        let seat = try #require(script.room.seating[address: bo])
        #expect(!seat.isPresent && seat.listens && seat.presence.payload.isEmpty && seat.presence.priority == 0)
        #expect(script.room.roster.count == 0 && script.room.participants.map(\.nick) == ["bo"])
        #expect(try script.run(.membership(.vanish(bo, payload: []))).isEmpty, "once")
        #expect(try script.appear(bo).first?.arrival?.isFirst == true)
    }

    @Test("A client that is heard for elsewhere is present and told nothing, until it listens itself")
    func shadow() throws {
        var script = try RoomScript.channel()
        try script.join(bo.bare, as: "bo")
        #expect(script.room.seating[address: bo.bare]?.kind == .listener)
        try script.appear(bo, isHeardFor: true)
        try script.appear(boDesk, isHeardFor: true)
        let shadow = try #require(script.room.seating[address: bo])
        #expect(shadow.kind == .shadow && shadow.isPresent && !shadow.listens)
        let tuned = try #require(try script.run(RoomScript.listening(bo)).first?.listening)
        #expect(tuned.seat.kind == .listener && tuned.seat.id == shadow.id)
        #expect(script.room.seating[address: bo]?.isPresent == true, "and stays where it is")
        #expect(script.room.seating.shown(of: shadow.participant)?.address == boDesk)
        let gone = try #require(try script.run(.membership(.vanish(bo.bare, payload: []))).first?.departure)
        #expect(gone.seats.map(\.address) == [boDesk], "the bare address speaks for those it hears for")
        #expect(script.room.seating[address: boDesk] == nil)
        #expect(script.room.seating[address: bo]?.isPresent == true)
    }

    @Test("A place is given up: whoever is available there goes first")
    func deafen() throws {
        var script = try member()
        try script.run(RoomScript.listening(boDesk))
        try script.appear(bo)
        let events = try script.run(.membership(.deafen(bo)))
        #expect(events.count == 2 && events[0].departure?.isLast == true)
        guard case .membership(.deafened(let seat)) = events[1] else { throw Unexpected(what: "\(events)") }
        #expect(seat.address == bo && !seat.isPresent)
        #expect(script.room.seating.all.map(\.address) == [boDesk] && script.enrolment(bo) != nil)
        #expect(try script.run(.membership(.deafen(boDesk))).count == 1)
        #expect(try script.run(.membership(.deafen(boDesk))).isEmpty)
        try script.enter(cy, as: "cy")
        #expect(try script.run(.membership(.deafen(cy))).isEmpty, "visitors leave otherwise")
    }

    @Test("A client that enters as a visitor listens no more as a member's, and the other way round stays")
    func changeOver() throws {
        var script = try member()
        try script.appear(bo)
        let events = try script.run(RoomScript.entry(bo, as: "other"))
        #expect(events.count == 3 && events[0].departure != nil && events[2].arrival?.seat.kind == .visit)
        #expect(events[2].arrival?.person.nick == "bo" && events[2].arrival?.nickAssigned == true)
        #expect(script.enrolment(bo) != nil)
        let left = try script.run(.leave(try script.seat(bo), payload: []))
        #expect(left.count == 1 && script.room.participants.map(\.nick) == ["bo"], "it goes, and stays a member")
    }

    @Test("A kick and a ban end membership, of those who are away too (XD-096, XEP-0406 §3.3)")
    func removal() throws {
        var script = try member()
        try script.appear(bo)
        let kick = try script.run(script.roleCommandByOwner(.none, to: "bo"))
        #expect(kick.compactMap(\.departure).map(\.isLast) == [true] && kick.last?.withdrawal != nil)
        guard case .kicked? = kick.last?.withdrawal?.cause else { throw Unexpected(what: "\(kick)") }
        #expect(script.enrolment(bo) == nil && script.room.seating.isEmpty)
        try script.join(bo, as: "bo")
        try script.join(dee, as: "dee")
        try script.appear(dee)
        let ban = try script.give(.outcast, to: bo)
        #expect(ban.count == 2 && ban[1].withdrawal?.enrolment.jid == bo.bare)
        guard case .banned? = ban[1].withdrawal?.cause else { throw Unexpected(what: "\(ban)") }
        let domain = try script.give(.outcast, to: jid("d.example"))
        #expect(domain.compactMap(\.withdrawal).map(\.enrolment.jid) == [dee.bare])
        #expect(script.room.enrolments.isEmpty && script.refusal(of: RoomScript.joining(bo, as: "bo")) == .banned)
        try script.expectKept()
    }

    @Test("Who is no member any more stays a participant: only a ban removes (X-12)")
    func lostRank() throws {
        var script = try RoomScript.channel([.isMembersOnly: .flag(true)])
        try script.give(.member, to: bo)
        try script.join(bo, as: "bo")
        try script.appear(bo)
        try script.give(.none, to: bo)
        #expect(script.enrolment(bo) != nil && script.room.occupant("bo") != nil)
        try script.enter(boDesk, as: "bo")
        _ = try script.configure([.isMembersOnly: .flag(false)])
        try script.enter(cy, as: "cy")
        let events = try script.configure([.isMembersOnly: .flag(true)])
        #expect(events.compactMap(\.departure).map(\.person.nick) == ["cy"])
    }

    @Test("Whoever only subscribes is no participant where a room becomes closed")
    func subscriberInside() throws {
        var script = try RoomScript.channel([.messagesReaders: .choice("anyone")])
        try script.enter(bo, as: "bo")
        try script.run(RoomScript.subscribing(bo, .messages))
        let events = try script.configure([.isMembersOnly: .flag(true)])
        #expect(events.compactMap(\.departure).map(\.person.nick) == ["bo"])
    }

    @Test("An admin removes a participant, present or not, but nobody above (mix-0.2.1 O-27)")
    func expel() throws {
        var script = try member()
        try script.give(.admin, to: cy)
        try script.join(ada, as: "ada")
        func expel(_ address: JID, by actor: JID) -> Command {
            .membership(.expel(script.room.participantID(of: address), by: script.requester(actor)))
        }
        #expect(script.refusal(of: expel(cy, by: bo)) == .forbidden)
        #expect(script.refusal(of: expel(ada, by: cy)) == .notAllowed)
        #expect(script.refusal(of: expel(dee, by: cy)) == .noSuchOccupant)
        let events = try script.run(expel(bo, by: cy))
        #expect(events.count == 1 && events[0].withdrawal?.seats.map(\.address) == [bo])
        #expect(script.refusal(of: RoomScript.joining(bo, as: "bo")) == nil, "it may join again")
    }

    @Test("What somebody says shows which draft it speaks: that client, or the account behind a bare address (X-03)")
    func pin() throws {
        var script = try member()
        try script.join(cy.bare, as: "cy")
        let draft = DialectID("mix-0.2.1")
        let own = try script.run(.membership(.pin(bo, draft)))
        #expect(own == [.membership(.retuned(try script.seat(bo), script.room.participantID(of: bo), draft))])
        #expect(script.enrolment(bo)?.dialect == mix && script.room.seating[address: bo]?.dialect == draft)
        let account = try script.run(.membership(.pin(cy, draft)))
        #expect(account.count == 2 && account[0].membershipChange?.enrolment.dialect == draft)
        #expect(script.room.seating[address: cy.bare]?.dialect == draft)
        #expect(try script.run(.membership(.pin(cy, draft))).isEmpty)
        #expect(try script.run(.membership(.pin(dee, draft))).isEmpty)
        try script.expectKept()
    }
}

extension RoomScript {
    /// As `roleCommand`, by an owner who is not inside: the operator.
    func roleCommandByOwner(_ role: Role, to nick: String) -> Command {
        .setRoles([RoleChange(nick: nick, role: role)], by: Requester(jid: ada, isOperator: true))
    }
}
