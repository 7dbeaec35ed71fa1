// Presence as groupchat 1.0 clients send it: entering, nicks, availability, leaving.

import Groupchat
import Rooms
import Testing
import XML
import XMPP

struct PresenceReaderTests {
    @Test("to the bare room without a seat it is no entry, and malformed where nothing else is spoken (GC-006)")
    func bare() throws {
        var coven = try Coven()
        let told = try coven.send(Coven.crone, "<presence id='e1' to='coven@chat.shakespeare.lit'/>")
        #expect(
            try told.answers
                == xml(
                    """
                    <presence type='error' id='e1' from='coven@chat.shakespeare.lit' \
                    to='crone1@shakespeare.lit/desktop'><error type='modify' code='400'>\
                    <jid-malformed xmlns='\(NS.stanzas)'/></error></presence>
                    """))
    }

    @Test("no type but the plain one enters (GC-007)", arguments: ["probe", "subscribe", "subscribed", "unsubscribe"])
    func types(_ type: String) throws {
        var coven = try Coven()
        let told = try coven.send(
            Coven.crone, "<presence type='\(type)' to='coven@chat.shakespeare.lit/thirdwitch'/>")
        #expect(told.isNothing)
    }

    @Test("the nick keeps its case, and two spellings of one nick are one (GC-010, GC-018)")
    func nicks() throws {
        var coven = try Coven()
        try coven.enter(Coven.crone, "ThirdWitch")
        #expect(coven.room.occupant("ThirdWitch") != nil)
        let told = try coven.enter(Coven.wicca, "thirdwitch")
        #expect(told.answers.first?.child("error", NS.client)?.child("conflict", NS.stanzas) != nil)
    }

    @Test("a room that is not there is made at once, open and with a moderator who owns it (GC-026)")
    func creation() throws {
        var coven = try Coven()
        coven.room = Room(name: coven.room.name)
        coven.context.locksNewRooms = true
        try coven.enter(Coven.crone, "thirdwitch")
        #expect(coven.room.state == .open)
        #expect(coven.room.occupant("thirdwitch")?.role == .moderator)
        #expect(try coven.room.affiliations.affiliation(of: JID(Coven.crone)) == .owner)
    }

    @Test("where this requester may not create, it is told so (GC-027)")
    func creationForbidden() throws {
        var coven = try Coven()
        coven.room = Room(name: coven.room.name)
        coven.context.mayCreate = false
        let told = try coven.enter(Coven.crone, "thirdwitch")
        #expect(told.answers.first?.child("error", NS.client)?["code"] == "405")
        coven.context.offersCreation = false
        let nowhere = try coven.enter(Coven.crone, "thirdwitch")
        #expect(nowhere.answers.first?.child("error", NS.client)?["code"] == "404")
    }

    @Test("a further resource enters under the nick held, and is refused another (GC-019, GC-022)")
    func secondResource() throws {
        var coven = try Coven.withCrone()
        let refused = try coven.enter("crone1@shakespeare.lit/phone", "otherwitch")
        #expect(refused.answers.first?.child("error", NS.client)?["code"] == "406")
        try coven.enter("crone1@shakespeare.lit/phone", "thirdwitch")
        #expect(coven.room.roster.count == 2)
        #expect(coven.room.seating.count == 3)
    }

    @Test("to the own nick, or to the room, it is availability (GC-030)", arguments: ["/thirdwitch", ""])
    func availability(_ resource: String) throws {
        var coven = try Coven.withCrone()
        let told = try coven.send(
            Coven.crone, "<presence to='coven@chat.shakespeare.lit\(resource)'><show>away</show></presence>")
        guard case .attendance(.presenceChanged(let change))? = told.events.first else {
            Issue.record("\(told.events)")
            return
        }
        #expect(change.presence.payload.map(\.text) == ["away"])
        #expect(told.events.count == 1)
    }

    @Test("to another nick it is a change of nick, and of availability only where that differs (GC-031)")
    func rename() throws {
        var coven = try Coven.withCrone()
        #expect(try coven.send(Coven.crone, "<presence to='coven@chat.shakespeare.lit/oldhag'/>").events.count == 1)
        #expect(coven.room.occupant("oldhag") != nil)
        let told = try coven.send(
            Coven.crone, "<presence to='coven@chat.shakespeare.lit/hag'><show>dnd</show></presence>")
        #expect(told.events.count == 2)
        #expect(coven.room.seating[address: try JID(Coven.crone)]?.presence.payload.map(\.text) == ["dnd"])
    }

    @Test("a nick that is taken leaves everything as it was (GC-032)")
    func nickTaken() throws {
        var coven = try Coven.withCrone()
        let told = try coven.send(Coven.crone, "<presence id='n' to='coven@chat.shakespeare.lit/firstwitch'/>")
        #expect(
            try told.answers
                == xml(
                    """
                    <presence type='error' id='n' from='coven@chat.shakespeare.lit/firstwitch' \
                    to='crone1@shakespeare.lit/desktop'><error type='cancel' code='409' \
                    by='coven@chat.shakespeare.lit'><conflict xmlns='\(NS.stanzas)'/></error></presence>
                    """))
        #expect(coven.room.occupant("thirdwitch") != nil)
    }

    @Test("the participant stays who it was under another nick (GC-034)")
    func sameParticipant() throws {
        var coven = try Coven.withCrone()
        let before = try #require(coven.room.occupant("thirdwitch"))
        try coven.send(Coven.crone, "<presence to='coven@chat.shakespeare.lit/oldhag'/>")
        #expect(coven.room.occupant("oldhag")?.id == before.id)
    }

    @Test("unavailable leaves, whatever nick it names (GC-035)", arguments: ["/thirdwitch", "", "/former"])
    func leaving(_ resource: String) throws {
        var coven = try Coven.withCrone()
        try coven.send(Coven.crone, "<presence type='unavailable' to='coven@chat.shakespeare.lit\(resource)'/>")
        #expect(coven.room.occupant("thirdwitch") == nil)
    }

    @Test("unavailable from somebody who is not there is nothing (GC-038)")
    func stranger() throws {
        var coven = try Coven()
        let told = try coven.send(
            Coven.crone, "<presence type='unavailable' to='coven@chat.shakespeare.lit/thirdwitch'/>")
        #expect(told.isNothing)
    }

    @Test("an error that shows an empty seat removes it (GC-039)")
    func bounced() throws {
        var coven = try Coven.withCrone()
        try coven.enter(Coven.wicca, "secondwitch")
        let told = try coven.send(
            Coven.crone,
            "<message type='error' to='coven@chat.shakespeare.lit/secondwitch'><error type='cancel'>"
                + "<recipient-unavailable xmlns='\(NS.stanzas)'/></error></message>")
        guard case .attendance(.left(let departure))? = told.events.first, case .technical = departure.cause else {
            Issue.record("\(told.events)")
            return
        }
        #expect(coven.room.occupant("thirdwitch") == nil)
    }

    @Test("what only a room may say is taken out of a presence (T-34)")
    func forgery() throws {
        var coven = try Coven()
        try coven.send(
            Coven.crone,
            "<presence to='coven@chat.shakespeare.lit/thirdwitch'><status>x</status><x xmlns='\(NS.mucUser)'>"
                + "<item role='moderator' affiliation='owner'/></x></presence>")
        let seat = try #require(coven.room.seating[address: JID(Coven.crone)])
        #expect(seat.presence.payload.map(\.name) == ["status"])
    }
}
