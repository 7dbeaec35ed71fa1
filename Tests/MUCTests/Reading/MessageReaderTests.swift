// Messages to a room and to occupants.

import MUC
import Rooms
import Testing
import XMPP

@Suite struct MessageReaderTests {
    private func say(_ inside: String, id: String = "m1") -> String {
        "<message type='groupchat' id='\(id)' to='cellar@rooms.example'>\(inside)</message>"
    }

    @Test("Strangers are not acceptable; where there is no room for them, it is not found (MUC-148, MUC-150)")
    func strangers() throws {
        var bench = try RoomBench.opened()
        let outcome = try bench.send(RoomBench.bo, say("<body>hi</body>"))
        #expect(outcome.answer.contains("<error type='cancel' code='406'><not-acceptable "))
        var none = RoomBench()
        #expect(try none.send(RoomBench.bo, say("<body>hi</body>")).answer.contains("<item-not-found "))
        var locked = RoomBench()
        try locked.enter(RoomBench.ada, "ada")
        #expect(try locked.send(RoomBench.bo, say("<body>hi</body>")).answer.contains("<item-not-found "))
        #expect(try locked.send(RoomBench.ada, say("<body>hi</body>"))[RoomBench.ada].count == 1)
    }

    @Test("A subject alone is a subject; with body or thread it is a message (MUC-248, MUC-249)")
    func subjects() throws {
        var bench = try RoomBench.opened()
        try bench.send(RoomBench.ada, say("<subject>S</subject><body>B</body>"))
        #expect(bench.room.subject.change == nil)
        try bench.send(RoomBench.ada, say("<subject>S</subject><thread>T</thread>"))
        #expect(bench.room.subject.change == nil)
        let outcome = try bench.send(RoomBench.ada, say("<subject>S</subject><x xmlns='urn:any'/>"))
        #expect(bench.room.subject.text == "S")
        #expect(outcome[RoomBench.ada].first?.contains("<subject>S</subject><x xmlns='urn:any'/>") == true)
    }

    @Test("What claims to come from the room is stripped; foreign ids and delays stay (MUC-131, MUC-145)")
    func stripping() throws {
        var bench = try RoomBench.opened()
        let outcome = try bench.send(
            RoomBench.ada,
            say(
                "<body>hi</body>" + user("<status code='104'/>")
                    + "<stanza-id xmlns='urn:xmpp:sid:0' by='cellar@rooms.example' id='forged'/>"
                    + "<stanza-id xmlns='urn:xmpp:sid:0' by='ada@a.example' id='foreign'/>"
                    + "<delay xmlns='urn:xmpp:delay' from='cellar@rooms.example' stamp='2002-10-13T23:58:37Z'/>"
                    + "<delay xmlns='urn:xmpp:delay' from='x@y.example' stamp='2002-10-13T23:58:37Z'/>"))
        let text = try #require(outcome[RoomBench.ada].first)
        #expect(!text.contains("forged") && !text.contains("104"))
        #expect(text.contains("id='foreign'") && text.contains("from='x@y.example'"))
        #expect(!text.contains("<delay xmlns='urn:xmpp:delay' from='cellar@rooms.example'"))
    }

    @Test("A private message: same id, type and words, one empty muc#user, no stanza-id (MUC-157, MUC-158, MUC-160)")
    func whisper() throws {
        var bench = try RoomBench.withBo()
        try bench.enter("ada@a.example/sofa", "ada")
        let outcome = try bench.send(
            RoomBench.bo,
            "<message type='chat' id='p1' to='cellar@rooms.example/ada'><body>psst</body>"
                + user("<item role='moderator'/>") + "</message>")
        let expected =
            "<message from='cellar@rooms.example/bo' type='chat' id='p1'><body>psst</body>"
            + user("")
            .replacing("></x>", with: "/>") + "\(try bench.oid(RoomBench.bo))</message>"
        #expect(outcome[RoomBench.ada] == [expected])
        #expect(outcome["ada@a.example/sofa"] == [expected])
        #expect(outcome[RoomBench.bo].isEmpty)
    }

    @Test("A private message does not carry its sender's real address along (MUC-167)")
    func whisperLeaks() throws {
        var bench = try RoomBench.withBo()
        let outcome = try bench.send(
            RoomBench.bo,
            "<message type='chat' to='cellar@rooms.example/ada'><body>psst</body>"
                + "<delay xmlns='urn:xmpp:delay' from='bo@b.example' stamp='2002-10-13T23:58:37Z'/>"
                + "<addresses xmlns='\(NS.addresses)'><address type='replyto' jid='bo@b.example'/></addresses>"
                + "</message>"
        )
        #expect(outcome[RoomBench.ada].count == 1)
        #expect(outcome[RoomBench.ada].allSatisfy { !$0.contains("b.example") })
    }

    @Test("Private messages go wrong in four ways (MUC-161, MUC-162, MUC-163, MUC-164)")
    func whisperErrors() throws {
        var bench = try RoomBench.withBo([.privateMessages: .choice("moderators")])
        func answer(_ from: String, _ type: String, _ nick: String) throws -> String {
            try bench.send(
                from, "<message type='\(type)' id='e' to='cellar@rooms.example/\(nick)'><body>x</body></message>"
            ).answer
        }
        #expect(
            try answer(RoomBench.bo, "groupchat", "ada").contains(
                "<error type='modify' code='400' by='cellar@rooms.example'><bad-request "))
        #expect(try answer(RoomBench.bo, "chat", "nobody").contains("<item-not-found "))
        #expect(try answer(RoomBench.carl, "chat", "ada").contains("<not-acceptable "))
        #expect(
            try answer(RoomBench.carl, "chat", "ada")
                == answer(RoomBench.carl, "chat", "nobody").replacing(
                    "/nobody", with: "/ada"))
        #expect(try answer(RoomBench.bo, "chat", "ada").contains("<error type='auth' code='403'"))
        #expect(try answer(RoomBench.bo, "chat", "ada").contains("from='cellar@rooms.example/ada'"))
    }

    @Test("Words to the room that are not for everybody are a bad request; without words they are noise (MUC-151)")
    func notGroupchat() throws {
        var bench = try RoomBench.withBo()
        let words = try bench.send(RoomBench.bo, "<message to='cellar@rooms.example'><body>x</body></message>")
        #expect(words.answer.contains("<bad-request "))
        let state = "<message type='chat' to='cellar@rooms.example'><active xmlns='\(NS.chatStates)'/></message>"
        #expect(try bench.send(RoomBench.bo, state).isSilent)
    }
}
