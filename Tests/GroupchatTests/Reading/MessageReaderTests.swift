// Messages as groupchat 1.0 clients send them.

import Groupchat
import Rooms
import Testing
import XML
import XMPP

struct MessageReaderTests {
    @Test("somebody who is not there is not heard (GC-041)")
    func stranger() throws {
        var coven = try Coven()
        let told = try coven.send(
            Coven.crone, "<message id='m' type='groupchat' to='coven@chat.shakespeare.lit'><body>hi</body></message>")
        #expect(
            try told.answers
                == xml(
                    """
                    <message type='error' id='m' from='coven@chat.shakespeare.lit' to='crone1@shakespeare.lit/desktop'>\
                    <error type='cancel' code='406'><not-acceptable xmlns='\(NS.stanzas)'/></error></message>
                    """))
    }

    @Test("another type than groupchat to the room is a bad request (GC-042)", arguments: ["chat", "normal"])
    func otherType(_ type: String) throws {
        var coven = try Coven.withCrone()
        let told = try coven.send(
            Coven.crone, "<message id='m' type='\(type)' to='coven@chat.shakespeare.lit'><body>hi</body></message>")
        let error = try #require(told.answers.first?.child("error", NS.client))
        #expect(error["code"] == "400" && error["type"] == "modify")
        #expect(error.child("bad-request", NS.stanzas) != nil)
    }

    @Test("groupchat to an occupant is a bad request, nobody's nick is not found (GC-044)")
    func privateErrors() throws {
        var coven = try Coven.withCrone()
        let loud = try coven.send(
            Coven.crone, "<message type='groupchat' to='coven@chat.shakespeare.lit/firstwitch'><body>x</body></message>"
        )
        #expect(loud.answers.first?.child("error", NS.client)?.child("bad-request", NS.stanzas) != nil)
        let nobody = try coven.send(
            Coven.crone, "<message type='chat' to='coven@chat.shakespeare.lit/nobody'><body>x</body></message>")
        #expect(nobody.answers.first?.child("error", NS.client)?.child("item-not-found", NS.stanzas) != nil)
    }

    @Test("private messages may be forbidden (GC-045)")
    func privateForbidden() throws {
        var coven = try Coven.withCrone([.privateMessages: .choice("none")])
        let told = try coven.send(
            Coven.crone, "<message type='chat' to='coven@chat.shakespeare.lit/firstwitch'><body>x</body></message>")
        #expect(told.answers.first?.child("error", NS.client)?["code"] == "403")
    }

    @Test("a subject alone changes the subject; with a body it is a message (GC-046, T-18)")
    func subject() throws {
        var coven = try Coven.withCrone([.subjectByParticipants: .flag(true)])
        try coven.send(
            Coven.crone, "<message type='groupchat' to='coven@chat.shakespeare.lit'><subject>Toads</subject></message>")
        #expect(coven.room.subject.text == "Toads")
        try coven.send(
            Coven.crone,
            "<message type='groupchat' to='coven@chat.shakespeare.lit'><subject>Newts</subject><body>x</body></message>"
        )
        #expect(coven.room.subject.text == "Toads")
    }

    @Test("a subject that is not permitted is forbidden (GC-046)")
    func subjectForbidden() throws {
        var coven = try Coven.withCrone()
        let told = try coven.send(
            Coven.crone, "<message type='groupchat' to='coven@chat.shakespeare.lit'><subject>Toads</subject></message>")
        let error = try #require(told.answers.first?.child("error", NS.client))
        #expect(error["code"] == "403" && error["type"] == "auth")
    }

    @Test("a subject that looks like an invitation is a subject (GC-067)")
    func invitationTrick() throws {
        var coven = try Coven.withCrone([.subjectByParticipants: .flag(true)])
        let told = try coven.send(
            Coven.crone,
            "<message type='groupchat' to='coven@chat.shakespeare.lit'><subject>invite:hecate@shakespeare.lit</subject>"
                + "</message>")
        guard case .conversation(.subjectChanged)? = told.events.first else {
            Issue.record("\(told.events)")
            return
        }
        #expect(told.events.count == 1)
    }

    @Test("without voice nobody is heard (GC-048)")
    func visitor() throws {
        var coven = try Coven.withCrone([.isModerated: .flag(true)])
        let told = try coven.send(
            Coven.crone, "<message type='groupchat' to='coven@chat.shakespeare.lit'><body>hi</body></message>")
        let error = try #require(told.answers.first?.child("error", NS.client))
        #expect(error["code"] == "403" && error["type"] == "auth")
        #expect(told.events.isEmpty)
    }

    @Test("an error comes back to nobody")
    func error() throws {
        var coven = try Coven()
        let told = try coven.send(Coven.crone, "<message type='error' to='coven@chat.shakespeare.lit'/>")
        #expect(told.isNothing)
    }
}
