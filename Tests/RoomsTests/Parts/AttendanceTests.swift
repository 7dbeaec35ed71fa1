// Being there and going: presence, nick, leaving, and how a room ends with its last guest.

import Testing
import XML
import XMPP

@testable import Rooms

@Suite("Attendance")
struct AttendanceTests {
    static func presence(_ show: String, _ priority: Int8 = 0) -> SeatPresence {
        SeatPresence(payload: [Element("show", NS.client) { show }], priority: priority)
    }

    @Test("Others see the seat of the highest priority, of equals the latest (MUC-342, MUC-343, T-17)")
    func shownSeat() throws {
        var script = try RoomScript.open()
        let id = try script.enter(bo, as: "bo", presence: Self.presence("chat", 5)).person.id
        let quiet = try script.enter(boDesk, as: "bo", presence: Self.presence("away", 1))
        #expect(!quiet.changesShown)
        #expect(script.room.seating.shown(of: id)?.address == bo)
        func change(_ address: JID, _ presence: SeatPresence) throws -> Bool {
            let events = try script.run(.updatePresence(try script.seat(address), presence))
            guard case .attendance(.presenceChanged(let change)) = events[0] else { throw Unexpected(what: "") }
            return change.changesShown
        }
        #expect(try !change(boDesk, Self.presence("dnd", 4)))
        #expect(try change(boDesk, Self.presence("dnd", 5)))
        #expect(script.room.seating.shown(of: id)?.address == boDesk)
        #expect(try change(boDesk, Self.presence("xa", -1)))
        #expect(script.room.seating.shown(of: id)?.address == bo)
    }

    @Test(
        "A person goes with the last seat; an earlier one is at most another shown presence (MUC-340, MUC-341, XD-043)")
    func leavesWithLastSeat() throws {
        var script = try RoomScript.open()
        try script.enter(bo, as: "bo", presence: Self.presence("chat", 5))
        try script.enter(boDesk, as: "bo", presence: Self.presence("away", 1))
        try script.enter(jid("bo@b.example/third"), as: "bo", presence: Self.presence("away", 0))
        let hidden = try script.run(.leave(try script.seat(jid("bo@b.example/third")), payload: []))[0].departure
        #expect(hidden?.isLast == false && hidden?.changesShown == false)
        let shown = try script.run(.leave(try script.seat(bo), payload: []))[0].departure
        #expect(shown?.isLast == false && shown?.changesShown == true)
        #expect(script.room.occupant("bo") != nil)
        let last = try script.run(.leave(try script.seat(boDesk), payload: []))[0].departure
        #expect(last?.isLast == true && last?.person.role == .participant)
        #expect(script.room.occupant("bo") == nil && script.room.roster.count == 1)
        #expect(script.refusal(of: .leave(SeatID(2), payload: [])) == .notSeated)
    }

    @Test("A ghost goes alone, with the reason told (MUC-349)")
    func ghost() throws {
        var script = try RoomScript.open()
        try script.enter(bo, as: "bo")
        try script.enter(boDesk, as: "bo")
        let departure = try script.run(.remove(try script.seat(bo), because: "bounced"))[0].departure
        #expect(departure?.cause == .technical("bounced"))
        #expect(departure?.seats.map(\.address) == [bo])
        #expect(script.room.roster[jid: bo] != nil)
    }

    @Test("A farewell that is too large is dropped, not the leaving")
    func largeFarewell() throws {
        var script = try RoomScript.open()
        try script.enter(bo, as: "bo")
        let large = Element("status", NS.client) { String(repeating: "x", count: 20_000) }
        #expect(try script.run(.leave(try script.seat(bo), payload: [large]))[0].departure?.payload == [])
    }

    @Test("A role ends with the visit, an affiliation does not (MUC-001)")
    func roleEnds() throws {
        var script = try RoomScript.open([.isModerated: .flag(true)])
        try script.enter(bo, as: "bo")
        try script.run(script.roleCommand(.moderator, to: "bo", by: ada))
        try script.give(.member, to: cy)
        try script.run(.leave(try script.seat(bo), payload: []))
        #expect(try script.enter(bo, as: "bo").person.role == .visitor)
        #expect(try script.enter(cy, as: "cy").person.affiliation == .member)
    }

    @Test(
        "A temporary room ends with its last guest, a persistent one stays with its owner (MUC-014, MUC-241, MUC-013)")
    func ends() throws {
        var script = try RoomScript.open([.isPersistent: .flag(false)])
        let secret = script.room.secret
        try script.enter(bo, as: "bo")
        #expect(try script.run(.leave(try script.seat(ada), payload: [])).count == 1)
        let events = try script.run(.leave(try script.seat(bo), payload: []))
        #expect(events.count == 2 && events[1].ending?.destruction == nil && events[1].ending?.seats == [])
        #expect(script.room.state == .absent && script.room.affiliations.entries.isEmpty)
        #expect(try script.enter(bo, as: "bo").created)
        #expect(script.room.secret != secret)  // MUC-335

        var persistent = try RoomScript.open()
        try persistent.run(.leave(try persistent.seat(ada), payload: []))
        #expect(persistent.room.state == .open && persistent.room.affiliations.owners == [ada.bare])
    }

    @Test("A room whose owner leaves it unconfigured is no more (MUC-242)")
    func abandonedByLeaving() throws {
        var script = RoomScript()
        try script.enter(ada, as: "ada")
        try script.enter(adaPhone, as: "ada")
        try script.run(.leave(try script.seat(ada), payload: []))
        #expect(script.room.state != .absent)
        let ending = try script.run(.leave(try script.seat(adaPhone), payload: []))[0].ending
        #expect(ending?.destruction == Destruction() && ending?.seats.map(\.address) == [adaPhone])
    }

    @Test("Seats are numbered on when a room ends, so no old seat is taken for a new one")
    func seatNumbers() throws {
        var script = try RoomScript.open([.isPersistent: .flag(false)])
        let first = try script.seat(ada)
        try script.run(.leave(first, payload: []))
        try script.enter(ada, as: "ada")
        #expect(try script.seat(ada) > first)
    }

    @Test("When the service goes down all seats are told and empty, the room stays (XEP-0045 §11.2)")
    func shutDown() throws {
        var script = try RoomScript.open()
        try script.enter(bo, as: "bo")
        let events = try script.run(.shutDown)
        guard case .lifecycle(.shutDown(let seats, let nicks)) = events[0] else { throw Unexpected(what: "") }
        #expect(seats.map(\.address) == [ada, bo] && nicks.values.sorted() == ["ada", "bo"])
        #expect(script.room.state == .open && script.room.roster.count == 0 && script.room.seating.isEmpty)
        #expect(try script.run(.shutDown).isEmpty)
        try script.enter(bo, as: "ada")  // no nick of the former guests is held
    }

    @Test("A temporary room that lost its guests with a restart ends when nobody comes back (MUC-014)")
    func emptyAfterRestart() throws {
        var script = try RoomScript.open([.isPersistent: .flag(false)])
        #expect(script.room.nextDeadline == nil)
        try script.run(.shutDown)
        let deadline = try #require(script.room.nextDeadline)
        #expect(try script.run(.deadlineReached).isEmpty)  // not yet
        script.now = deadline
        #expect(try script.run(.deadlineReached)[0].ending != nil)
    }
}
