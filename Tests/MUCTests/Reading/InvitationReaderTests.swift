// Mediated invitations and their refusals, in and out.

import MUC
import Rooms
import Testing
import XMPP

@Suite struct InvitationReaderTests {
    private func ask(_ inside: String) -> String {
        "<message id='i1' to='cellar@rooms.example'><body>buy now</body>\(user(inside))</message>"
    }

    private let invite = "<invite to='carl@c.example'><reason>come</reason><continue thread='t'/></invite>"

    @Test("An invitation leaves from the room, with nothing of its sender's words (MUC-192, MUC-193, MUC-194, MUC-196)")
    func relayed() throws {
        var bench = try RoomBench.withBo([.password: .text("")])
        let outcome = try bench.send(RoomBench.bo, ask(invite))
        #expect(
            outcome.outward == [
                "<message to='carl@c.example' from='cellar@rooms.example' id='i1'>"
                    + user(
                        "<invite from='cellar@rooms.example/bo'><reason>come</reason><continue thread='t'/></invite>")
                    + "<store xmlns='\(NS.hints)'/></message>"
            ])
        #expect(outcome.copies.isEmpty)
    }

    @Test("In an open room the inviter is a bare JID; the password comes along (MUC-194, MUC-195)")
    func open() throws {
        var bench = try RoomBench.opened([.whois: .choice("anyone"), .password: .text("s3")])
        let outcome = try bench.send(RoomBench.ada, ask(invite))
        #expect(outcome.outward.first?.contains("<invite from='ada@a.example'>") == true)
        #expect(outcome.outward.first?.contains("</invite><password>s3</password></x>") == true)
    }

    @Test("Words and jabber:x:conference only where older dialects are spoken, in the room's words (MUC-197)")
    func legacy() throws {
        var bench = try RoomBench.withBo()
        bench.dialect.legacyInvitations = true
        let text = try #require(try bench.send(RoomBench.bo, ask(invite)).outward.first)
        #expect(text.contains("<x xmlns='jabber:x:conference' jid='cellar@rooms.example'>come</x>"))
        #expect(
            text.contains(
                "<body>cellar@rooms.example/bo invites you to the room cellar@rooms.example: come</body>"))
        #expect(!text.contains("buy now") && !text.contains("b.example/phone"))
    }

    @Test("Several invitees at once, each with its own words (MUC-192)")
    func several() throws {
        var bench = try RoomBench.withBo()
        let second = "<invite to='dot@d.example'><reason>too</reason></invite>"
        let outcome = try bench.send(RoomBench.bo, ask(invite + second))
        #expect(outcome.outward.count == 2)
        #expect(outcome.outward.last?.contains("to='dot@d.example'") == true)
        #expect(outcome.outward.last?.contains("<reason>too</reason>") == true)
    }

    @Test("Invitations go wrong: no address, no right, no seat, an outcast (MUC-198, MUC-199, MUC-201)")
    func errors() throws {
        var bench = try RoomBench.withBo([.invitationsByParticipants: .flag(false)])
        #expect(try bench.send(RoomBench.ada, ask("<invite/>")).answer.contains("<jid-malformed "))
        #expect(try bench.send(RoomBench.ada, ask("<invite to='@'/>")).answer.contains("<jid-malformed "))
        #expect(try bench.send(RoomBench.bo, ask(invite)).answer.contains("<forbidden "))
        #expect(try bench.send(RoomBench.carl, ask(invite)).answer.contains("<not-acceptable "))
        _ = try bench.administer("<item jid='carl@c.example' affiliation='outcast'/>")
        #expect(try bench.send(RoomBench.ada, ask(invite)).answer.contains("<not-allowed "))
    }

    @Test("A refusal goes to the inviter, by nick or by JID, if there was an invitation (MUC-203, MUC-204)")
    func declined() throws {
        var bench = try RoomBench.withBo()
        let byNick = ask("<decline to='cellar@rooms.example/bo'><reason>no</reason></decline>")
        #expect(try bench.send(RoomBench.carl, byNick).isSilent)
        try bench.send(RoomBench.bo, ask(invite))
        let expected =
            "<message from='cellar@rooms.example' id='i1'>"
            + user("<decline from='carl@c.example'><reason>no</reason></decline>") + "</message>"
        #expect(try bench.send(RoomBench.carl, byNick)[RoomBench.bo] == [expected])
        let byJID = ask("<decline to='bo@b.example'><reason>no</reason></decline>")
        #expect(try bench.send(RoomBench.carl, byJID)[RoomBench.bo] == [expected])
    }

    @Test("An inviter outside gets it if it belongs to the room; the room is no relay to strangers (MUC-204)")
    func declinedOutside() throws {
        var bench = try RoomBench.withBo()
        try bench.send(RoomBench.bo, ask(invite))
        try bench.send(RoomBench.ada, "<presence type='unavailable' to='cellar@rooms.example/ada'/>")
        let outcome = try bench.send(RoomBench.carl, ask("<decline to='ada@a.example'/>"))
        #expect(
            outcome.outward == [
                "<message to='ada@a.example' from='cellar@rooms.example' id='i1'>"
                    + user("<decline from='carl@c.example'/>") + "</message>"
            ])
        #expect(try bench.send(RoomBench.carl, ask("<decline to='victim@v.example'/>")).isSilent)
    }
}
