// Invitations that admit: made by those who may, good once, for one, and for a while.

import Testing
import XMPP

@testable import Rooms

@Suite("Tokens")
struct TokensTests {
    private func refusal(_ script: RoomScript, _ address: JID, _ invitation: ChannelInvitation) -> Refusal? {
        script.refusal(of: RoomScript.joining(address, as: "x", invitation: invitation))
    }

    @Test("Admins invite, participants where the channel says so, and nobody the banned (MIXC-433)")
    func inviters() throws {
        var script = try RoomScript.channel()
        try script.join(bo, as: "bo")
        func invite(_ invitee: JID, by inviter: JID) -> Command {
            .membership(.invite(invitee, by: script.requester(inviter)))
        }
        #expect(script.refusal(of: invite(cy, by: bo)) == .forbidden)
        #expect(script.refusal(of: invite(cy, by: ada)) == nil, "an owner need not be in it")
        _ = try script.configure([.invitationAdmits: .flag(true)])
        #expect(script.refusal(of: invite(cy, by: bo)) == nil)
        #expect(script.refusal(of: invite(cy, by: jid("dee@d.example/a"))) == .forbidden)
        try script.give(.outcast, to: cy)
        #expect(script.refusal(of: invite(cy, by: bo)) == .inviteeBanned)
        let invitation = try script.invitation(for: jid("dee@d.example/a"), by: bo)
        #expect(invitation.inviter == bo.bare && invitation.invitee == jid("dee@d.example"))
    }

    @Test("A token is used once, and says so after a restart (MIXC-436)")
    func once() throws {
        var script = try RoomScript.channel([.isMembersOnly: .flag(true)])
        let invitation = try script.invitation(for: bo, by: ada)
        #expect(refusal(script, bo, invitation) == nil)
        try script.join(bo, as: "bo", invitation: invitation)
        try script.give(.none, to: bo)
        try script.run(.membership(.leave(bo)))
        #expect(refusal(script, bo, invitation) == .forbidden)
        let recovered = try script.recovered()
        #expect(throws: Refusal.forbidden) { try recovered.token(in: invitation, for: bo, at: script.now) }
        #expect(refusal(script, bo, try script.invitation(for: bo, by: ada)) == nil)
        try script.expectKept()
    }

    @Test("A token is for one person, from one, and nobody else can make it")
    func forged() throws {
        var script = try RoomScript.channel([.isMembersOnly: .flag(true)])
        let invitation = try script.invitation(for: bo, by: ada)
        #expect(refusal(script, cy, invitation) == .forbidden)
        var forged = invitation
        forged.invitee = cy.bare
        #expect(refusal(script, cy, forged) == .forbidden)
        forged = invitation
        forged.inviter = cy.bare
        #expect(refusal(script, bo, forged) == .forbidden)
        for token in ["", "x", "é", String(invitation.token.dropLast()), invitation.token + "a"] {
            forged = invitation
            forged.token = token
            #expect(refusal(script, bo, forged) == .forbidden)
        }
        var letters = Array(invitation.token)
        for place in letters.indices {
            let former = letters[place]
            letters[place] = former == "a" ? "b" : "a"
            forged.token = String(letters)
            #expect(refusal(script, bo, forged) == .forbidden, "character \(place)")
            letters[place] = former
        }
        let other = try RoomScript.channel([.isMembersOnly: .flag(true)])
        #expect(other.room.secret == script.room.secret)
        var foreign = RoomScript(seed: 9)
        try foreign.run(.found(by: Requester(jid: ada), with: [.isMembersOnly: .flag(true)]))
        #expect(refusal(foreign, bo, invitation) == .forbidden, "another room's")
    }

    @Test("A token is good for some days")
    func expired() throws {
        var script = try RoomScript.channel([.isMembersOnly: .flag(true)])
        let invitation = try script.invitation(for: bo, by: ada)
        script.now = script.now + .seconds(script.limits.invitationDays * 86_400)
        #expect(refusal(script, bo, invitation) == nil)
        script.now = script.now + .milliseconds(1)
        #expect(refusal(script, bo, invitation) == .forbidden)
    }

    @Test("An open channel makes nobody a member for an invitation, and takes the token all the same")
    func openChannel() throws {
        var script = try RoomScript.channel()
        let invitation = try script.invitation(for: bo, by: ada)
        let events = try script.run(RoomScript.joining(bo, as: "bo", invitation: invitation))
        #expect(events.allSatisfy { $0.rankChange == nil } && events.last?.joining?.token != nil)
        #expect(refusal(script, bo, invitation) == .forbidden)
    }

    @Test("So many used tokens are remembered; the one that ends first is forgotten first")
    func bounded() {
        var limits = RoomLimits()
        limits.pendingInvitations = 2
        var tokens = InvitationTokens()
        func token(_ number: UInt64, _ end: Int64) -> InvitationToken {
            InvitationToken(number: number, until: Moment(milliseconds: end))
        }
        for (number, end) in [(7, 5), (9, 5), (3, 8), (4, 9)] as [(UInt64, Int64)] {
            tokens.use(token(number, end), limits)
        }
        #expect(tokens.used.keys.sorted() == [3, 4])
        tokens.use(token(1, 9), limits)
        tokens.use(token(2, 9), limits)
        #expect(tokens.used.keys.sorted() == [2, 4], "of two that end together the lesser goes first")
    }
}
