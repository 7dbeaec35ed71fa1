// Invitations: who may, the membership that comes with one, and who may decline.

import Testing
import XMPP

@testable import Rooms

@Suite("Inviting")
struct InvitingTests {
    private func invite(_ script: RoomScript, _ invitee: JID, by inviter: JID) -> Command {
        .invite(Invitation(invitees: [invitee]), by: script.requester(inviter))
    }

    @Test("Participants invite where that is on, visitors do not, nobody does from outside (MUC-198, MUC-027)")
    func whoMay() throws {
        var script = try RoomScript.open([.isModerated: .flag(true)])
        #expect(script.refusal(of: invite(script, cy, by: bo)) == .notSeated)
        try script.enter(bo, as: "bo")
        #expect(script.refusal(of: invite(script, cy, by: bo)) == .invitationsForbidden)
        try script.run(script.roleCommand(.participant, to: "bo", by: ada))
        #expect(script.refusal(of: invite(script, cy, by: bo)) == nil)
        _ = try script.configure([.invitationsByParticipants: .flag(false)])
        #expect(script.refusal(of: invite(script, cy, by: bo)) == .invitationsForbidden)
        try script.give(.admin, to: bo)
        try script.run(.leave(try script.seat(bo), payload: []))
        #expect(script.refusal(of: invite(script, cy, by: bo)) == nil)  // admins may be absent
    }

    @Test("Members of a members-only room invite only where that was chosen (MUC-198, MUC-357)")
    func members() throws {
        var script = try RoomScript.open([.isMembersOnly: .flag(true)])
        try script.give(.member, to: bo)
        try script.enter(bo, as: "bo")
        #expect(script.refusal(of: invite(script, cy, by: bo)) == .invitationsForbidden)
        _ = try script.configure([.invitationsByParticipants: .flag(true)])
        #expect(script.refusal(of: invite(script, cy, by: bo)) == nil)
    }

    @Test("An invitation to a members-only room makes a member of who is none (MUC-199, MUC-195)")
    func membership() throws {
        var script = try RoomScript.open([.isMembersOnly: .flag(true), .password: .text("sesame")])
        let events = try script.run(invite(script, bo, by: ada))
        #expect(
            events.count == 2 && events[0].rankChange?.jid == bo.bare && events[0].rankChange?.affiliation == .member)
        guard case .conversation(.invited(let sent)) = events[1] else { throw Unexpected(what: "\(events)") }
        #expect(sent.password == "sesame" && sent.inviter.nick == "ada" && sent.invitee == bo)
        #expect(try script.run(invite(script, bo, by: ada)).count == 1)
    }

    @Test("In an open room no affiliation changes (MUC-200); the banned are not invited (MUC-199)")
    func openRoom() throws {
        var script = try RoomScript.open()
        #expect(try script.run(invite(script, bo, by: ada)).count == 1)
        #expect(script.room.affiliations.affiliation(of: bo) == .none)
        try script.give(.outcast, to: bo)
        #expect(script.refusal(of: invite(script, bo, by: ada)) == .inviteeBanned)
    }

    @Test("An invitation has so many invitees and so long a reason")
    func limits() throws {
        let script = try RoomScript.open()
        let many = Invitation(invitees: (0..<51).map { jid("x\($0)@b.example") })
        #expect(script.refusal(of: .invite(many, by: script.requester(ada))) == .tooMany(limit: "inviteesPerRequest"))
        let long = Invitation(invitees: [bo], reason: String(repeating: "x", count: 1_025))
        #expect(script.refusal(of: .invite(long, by: script.requester(ada))) == .tooLarge(limit: "reasonBytes"))
        #expect(
            script.refusal(of: .invite(Invitation(invitees: []), by: script.requester(ada)))
                == .badRequest("no invitee"))
    }

    @Test("Only the invited decline, within a week (MUC-203, MUC-204)")
    func decline() throws {
        var script = try RoomScript.open()
        let decline = Decline(target: .nick("ada"), reason: "busy")
        #expect(try script.run(.decline(decline, by: bo)).isEmpty)
        try script.run(invite(script, bo, by: ada))
        let events = try script.run(.decline(decline, by: boDesk))
        guard case .conversation(.declined(let sent)) = events[0] else { throw Unexpected(what: "\(events)") }
        #expect(sent.decliner == bo.bare && sent.decline.reason == "busy")
        #expect(script.room.reach(of: events[0]) == .participant(script.room.participantID(of: ada)))
        script.now = script.now + .seconds(7 * 86_400 + 1)
        #expect(try script.run(.decline(decline, by: bo)).isEmpty)
    }

    @Test("So many invitations are remembered; the oldest go first")
    func bounded() throws {
        var limits = RoomLimits()
        limits.pendingInvitations = 3
        var script = try RoomScript.open(limits: limits)
        for number in 0..<5 {
            script.now = script.now + .seconds(1)
            try script.run(invite(script, jid("x\(number)@b.example"), by: ada))
        }
        let decline = Decline(target: .nick("ada"))
        #expect(try script.run(.decline(decline, by: jid("x1@b.example"))).isEmpty)
        #expect(try script.run(.decline(decline, by: jid("x2@b.example"))).count == 1)
    }

    private func invitees(_ events: [Event]) -> [String] {
        events.compactMap { event in
            guard case .conversation(.invited(let sent)) = event else { return nil }
            return sent.invitee.description
        }
    }

    @Test("A new member of a members-only room who is not here is invited, with the password (MUC-286)")
    func newMembers() throws {
        var script = try RoomScript.open([.isMembersOnly: .flag(true), .password: .text("s3")])
        let events = try script.give(.member, to: bo, reason: "welcome")
        guard case .conversation(.invited(let sent))? = events.last else { throw Unexpected(what: "\(events)") }
        #expect(sent.invitee == bo.bare && sent.password == "s3" && sent.inviter.nick == "ada")
        #expect(sent.invitation.reason == "welcome")
        #expect(invitees(try script.give(.admin, to: bo)).isEmpty)
        #expect(invitees(try script.give(.none, to: bo)).isEmpty)
        #expect(invitees(try script.give(.owner, to: bo)) == ["bo@b.example"])
        #expect(invitees(try script.give(.member, to: jid("c.example"))).isEmpty)
    }

    @Test("Who may come anyway is not invited (MUC-286)")
    func openRooms() throws {
        var script = try RoomScript.open()
        #expect(invitees(try script.give(.member, to: bo)).isEmpty)
    }
}
