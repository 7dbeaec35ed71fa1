// Registrations that wait for an admin.

import Testing
import XMPP

@testable import Rooms

@Suite("Applications")
struct ApplicationsTests {
    private func room(limits: RoomLimits = RoomLimits()) throws -> RoomScript {
        try RoomScript.open([.registration: .choice("approval")], limits: limits)
    }

    private func answer(_ jid: JID, by admin: JID, _ script: RoomScript, grants: Bool = true) -> Command {
        .answerRegistration(of: jid, grants: grants, by: script.requester(admin))
    }

    @Test("A stranger's registration is a question to the admins who are here (MUC-225)")
    func asking() throws {
        var script = try room()
        try script.enter(adaPhone, as: "ada")
        try script.enter(bo, as: "bo")
        let event = try #require(try script.run(.register(nick: "bo", by: script.requester(bo))).first)
        guard case .conversation(.registrationRequested(let request)) = event else {
            throw Unexpected(what: "\(event)")
        }
        #expect(request.jid == bo.bare && request.nick == "bo" && event.durability == .passing)
        guard case .seats(let seats) = script.room.reach(of: event) else { throw Unexpected(what: "\(event)") }
        #expect(Set(seats.map(\.address)) == [ada, adaPhone])
        #expect(script.room.affiliations.listed(bo.bare) == .none && script.room.absentAdmins(9).isEmpty)
        #expect(
            try script.run(.register(nick: "ada", by: script.requester(ada))).first?.rankChange != nil, "no stranger")
    }

    @Test("Where no admin is here, those who are away are asked")
    func absent() throws {
        var script = try room()
        try script.give(.admin, to: cy.bare)
        try script.run(.leave(script.seat(ada), payload: []))
        #expect(script.room.absentAdmins(9) == [ada.bare, cy.bare] && script.room.absentAdmins(1) == [ada.bare])
    }

    @Test("An admin's yes registers; a no, a late yes and another's yes do nothing (MUC-225)")
    func answers() throws {
        var script = try room()
        try script.enter(cy, as: "cy")
        try script.run(.register(nick: "bo", by: Requester(jid: bo)))
        #expect(try script.run(answer(bo, by: cy, script)).isEmpty)
        #expect(try script.run(answer(bo, by: ada, script, grants: false)).isEmpty)
        let change = try #require(try script.run(answer(bo, by: ada, script)).first?.rankChange)
        #expect(change.registers && change.reservedNick == "bo" && change.actor?.nick == "ada")
        #expect(try script.run(answer(bo, by: ada, script)).isEmpty, "once")
        #expect(try script.run(answer(boDesk, by: ada, script)).isEmpty)
    }

    @Test("One nick for one who waits, and not for a second one (MUC-216)")
    func oneEach() throws {
        var script = try room()
        try script.run(.register(nick: "robert", by: Requester(jid: bo)))
        #expect(script.refusal(of: .register(nick: "Robert", by: Requester(jid: cy))) == .nickTaken)
        try script.run(.register(nick: "bob", by: Requester(jid: boDesk)))
        try script.run(.register(nick: "robert", by: Requester(jid: cy)))
        #expect(try script.run(answer(bo, by: ada, script)).first?.rankChange?.reservedNick == "bob")
    }

    @Test("They wait for some days, and only so many of them (MUC-226)")
    func limits() throws {
        var limits = RoomLimits()
        limits.applications = 1
        var script = try room(limits: limits)
        try script.run(.register(nick: "bo", by: Requester(jid: bo)))
        script.now = script.now + .seconds(1)
        try script.run(.register(nick: "cy", by: Requester(jid: cy)))
        #expect(try script.run(answer(bo, by: ada, script)).isEmpty, "the older one is forgotten")
        script.now = script.now + .seconds(7 * 86_400 + 1)
        #expect(try script.run(answer(cy, by: ada, script)).isEmpty, "too late")
    }
}
