// Nicks: what one may be, who may take it, reservations and renaming.

import Testing
import XMPP

@testable import Rooms

@Suite("Nicknames")
struct NicknamesTests {
    private func refusal(_ nick: String) throws -> Refusal? {
        try RoomScript.open().refusal(of: RoomScript.entry(bo, as: nick))
    }

    @Test("What cannot stand behind an address is malformed, what nobody would see is unwanted (MUC-017, MUC-181)")
    func forms() throws {
        #expect(try refusal("") == .nickMalformed)
        #expect(try refusal("a\u{7}b") == .nickMalformed)
        #expect(try refusal(String(repeating: "x", count: 1_024)) == .nickMalformed)
        #expect(try refusal("   ") == .nickUnwanted)
        #expect(try refusal("Bo the Brave") == nil)
    }

    @Test("A nick of more than 128 characters is unwanted (MUC-019)")
    func length() throws {
        #expect(try refusal(String(repeating: "é", count: 128)) == nil)
        #expect(try refusal(String(repeating: "é", count: 129)) == .nickUnwanted)
    }

    @Test("A nick that looks like an address of the room is unwanted (T-04)")
    func addresses() throws {
        #expect(try refusal(String(repeating: "0f", count: 20)) == .nickUnwanted)
        #expect(try refusal(String(repeating: "0f", count: 19)) == nil)
        #expect(try refusal(String(repeating: "0g", count: 20)) == nil)
        let script = try RoomScript.open()
        let id = script.room.participantID(of: ada)
        #expect(script.refusal(of: RoomScript.entry(bo, as: id.text)) == .nickUnwanted)
    }

    @Test("Two spellings of one nick are one; each is delivered as it was spelt (MUC-018, MUC-100)")
    func spellings() throws {
        var script = try RoomScript.open()
        try script.enter(bo, as: "Bo")
        #expect(script.refusal(of: RoomScript.entry(cy, as: "bO")) == .nickTaken)
        #expect(script.refusal(of: RoomScript.entry(cy, as: " bo ")) == .nickTaken)
        #expect(script.room.occupant("Bo")?.jid == bo.bare)
        #expect(script.room.occupant("bo") == nil)  // T-05: addresses match exactly
    }

    @Test("A rename is one for all seats and keeps role and id (MUC-175, MUC-183, MUC-347)")
    func rename() throws {
        var script = try RoomScript.open()
        let id = try script.enter(bo, as: "bo").person.id
        try script.enter(boDesk, as: "bo")
        let events = try script.run(.rename(try script.seat(boDesk), nick: "bob"))
        guard case .attendance(.renamed(let renaming)) = events[0] else { throw Unexpected(what: "\(events)") }
        #expect(renaming.oldNick == "bo" && renaming.person.nick == "bob")
        #expect(renaming.person.id == id && renaming.person.role == .participant)
        #expect(script.room.person(at: try script.seat(bo))?.nick == "bob")
        try script.enter(cy, as: "bo")  // the old nick is free
    }

    @Test("Another spelling of the own nick is a change, the same nick is none (MUC-182)")
    func sameNick() throws {
        var script = try RoomScript.open()
        try script.enter(bo, as: "bo")
        #expect(try script.run(.rename(try script.seat(bo), nick: "bo")).isEmpty)
        #expect(try script.run(.rename(try script.seat(bo), nick: "BO")).count == 1)
        #expect(script.room.occupant("BO")?.jid == bo.bare && script.room.occupant("bo") == nil)
    }

    @Test("A nick that is taken, reserved or malformed changes nothing (MUC-178, MUC-181)")
    func renameRefused() throws {
        var script = try RoomScript.open()
        try script.enter(bo, as: "bo")
        try script.give(.member, to: cy, nick: "Cyan")
        let seat = try script.seat(bo)
        #expect(script.refusal(of: .rename(seat, nick: "ADA")) == .nickTaken)
        #expect(script.refusal(of: .rename(seat, nick: "cyan")) == .nickTaken)
        #expect(script.refusal(of: .rename(seat, nick: "")) == .nickMalformed)
        #expect(script.refusal(of: .rename(SeatID(99), nick: "x")) == .notSeated)
    }

    @Test("A reserved nick is kept for its owner while away, whoever asks (MUC-228, MUC-278)")
    func reservation() throws {
        var script = try RoomScript.open()
        try script.give(.member, to: bo, nick: "Bo")
        #expect(script.refusal(of: RoomScript.entry(cy, as: "bo")) == .nickTaken)
        try script.enter(bo, as: "someone")  // MUC-229: another nick may be used
        try script.run(.rename(try script.seat(bo), nick: "bo"))
        #expect(script.room.nicknames.reserved(for: bo, in: script.room) == "Bo")
    }

    @Test("A nick held or reserved by somebody else cannot be reserved, in one request neither (MUC-278)")
    func reservationConflicts() throws {
        var script = try RoomScript.open()
        try script.enter(bo, as: "bo")
        func refusal(_ changes: AffiliationChange...) -> Refusal? {
            script.refusal(of: .setAffiliations(changes, by: script.requester(ada)))
        }
        let one = AffiliationChange(target: .jid(cy.bare), affiliation: .member, nick: "x")
        #expect(refusal(AffiliationChange(target: .jid(cy.bare), affiliation: .member, nick: "BO")) == .nickTaken)
        #expect(refusal(one) == nil)
        #expect(refusal(one, AffiliationChange(target: .jid(bo.bare), affiliation: .member, nick: "X")) == .nickTaken)
        #expect(refusal(AffiliationChange(target: .jid(cy.bare), affiliation: .member, nick: "  ")) == .nickUnwanted)
    }

    @Test("An empty nick clears a reservation, a missing one leaves it (MUC-285)")
    func clearing() throws {
        var script = try RoomScript.open()
        try script.give(.member, to: bo, nick: "bo")
        try script.give(.admin, to: bo)
        #expect(script.refusal(of: RoomScript.entry(cy, as: "bo")) == .nickTaken)
        try script.give(.admin, to: bo, nick: "")
        try script.enter(cy, as: "bo")
    }

    @Test(
        "A ban ends a reservation, and so does the end of membership (MUC-227)",
        arguments: [Affiliation.outcast, .none])
    func banClears(_ affiliation: Affiliation) throws {
        var script = try RoomScript.open()
        try script.give(.member, to: bo, nick: "bo")
        #expect(try script.give(affiliation, to: bo, nick: "bo")[0].rankChange?.reservedNick == "")
        try script.enter(cy, as: "bo")
    }

    @Test("Where nicks are locked down, an owner of one enters under it (MUC-101, MUC-180, GC-022)")
    func lockedDown() throws {
        var script = try RoomScript.open([.nicksLocked: .flag(true)])
        try script.give(.member, to: bo, nick: "Bo")
        #expect(script.refusal(of: RoomScript.entry(bo, as: "x", tolerance: .exactly)) == .nickHeld)
        let arrival = try script.enter(bo, as: "x")
        #expect(arrival.person.nick == "Bo" && arrival.nickAssigned)
        #expect(script.refusal(of: .rename(try script.seat(bo), nick: "x")) == .nickHeld)
        try script.enter(cy, as: "cy")
        try script.run(.rename(try script.seat(cy), nick: "free"))
    }
}
