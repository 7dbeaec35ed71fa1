// Messages as groupchat 1.0 clients read them.

import Groupchat
import Rooms
import Testing
import XML
import XMPP

struct MessageWriterTests {
    private static let room = "coven@chat.shakespeare.lit"

    private func said(_ inside: String, id: String = "m1") -> String {
        "<message type='groupchat' id='\(id)' to='coven@chat.shakespeare.lit'>\(inside)</message>"
    }

    @Test("what is said is reflected to everybody, its speaker too, with the id it had (GC-040)")
    func said() throws {
        var coven = try Coven.withCrone()
        try coven.enter(Coven.wicca, "secondwitch")
        let told = try coven.send(Coven.crone, said("<body>Harpier cries</body>"))
        let copy = try xml(
            "<message from='\(Self.room)/thirdwitch' id='m1' type='groupchat'><body>Harpier cries</body></message>")
        #expect(told[Coven.crone] == copy)
        #expect(told[Coven.wicca] == copy)
    }

    @Test("payloads pass untouched beside a body; without body and subject there is nothing to show (GC-043)")
    func payloads() throws {
        var coven = try Coven.withCrone()
        let rich =
            "<body>hi</body><html xmlns='\(NS.xhtmlIM)'><body xmlns='http://www.w3.org/1999/xhtml'>hi</body></html>"
        let told = try coven.send(Coven.crone, said(rich))
        #expect(
            try told[Coven.crone]
                == xml("<message from='\(Self.room)/thirdwitch' id='m1' type='groupchat'>\(rich)</message>"))
        let silent = try coven.send(Coven.crone, said("<composing xmlns='\(NS.chatStates)'/>"))
        #expect(silent.events.count == 1)
        #expect(silent.copies.isEmpty)
        let fallback =
            "<body>retracted</body><retract xmlns='\(NS.retraction)' id='a'/><fallback xmlns='\(NS.fallback)'/>"
        #expect(try coven.send(Coven.crone, said(fallback))[Coven.crone].count == 1)
    }

    @Test("a private message comes from the sender's nick (GC-044)")
    func whisper() throws {
        var coven = try Coven.withCrone()
        try coven.enter(Coven.wicca, "secondwitch")
        let told = try coven.send(
            Coven.crone,
            "<message type='chat' id='p' to='coven@chat.shakespeare.lit/secondwitch'><body>psst</body></message>")
        #expect(
            try told[Coven.wicca]
                == xml("<message from='\(Self.room)/thirdwitch' id='p' type='chat'><body>psst</body></message>"))
        #expect(told[Coven.crone].isEmpty)
    }

    @Test("a change of subject comes with a body in the reader's language (GC-047)")
    func subject() throws {
        var coven = try Coven.withCrone([.subjectByParticipants: .flag(true)])
        try coven.enter(Coven.wicca, "secondwitch", language: "de")
        let told = try coven.send(Coven.crone, said("<subject>Toads</subject>"))
        func copy(_ language: String, _ body: String) throws -> [Element] {
            try xml(
                "<message from='\(Self.room)/thirdwitch' id='m1' type='groupchat'><subject>Toads</subject>"
                    + "<body xml:lang='\(language)'>\(body)</body></message>")
        }
        #expect(try told[Coven.crone] == copy("en", "thirdwitch has set the topic to: Toads"))
        #expect(try told[Coven.wicca] == copy("de", "thirdwitch hat das Thema geändert: Toads"))
        let cleared = try coven.send(Coven.crone, said("<subject/>"))
        #expect(
            cleared[Coven.crone].first?.child("body", NS.client)?.text == "thirdwitch has cleared the topic")
    }

    @Test("history and subject of the past carry both forms of delay (GC-049, GC-047)")
    func past() throws {
        var coven = try Coven.withCrone([.subjectByParticipants: .flag(true)])
        coven.context.now = coven.context.now + .seconds(60)
        try coven.send(Coven.crone, said("<subject>Toads</subject>", id: "s"))
        coven.context.now = coven.context.now + .seconds(60)
        try coven.send(Coven.crone, said("<body>eye of newt</body>"))
        coven.context.now = coven.context.now + .seconds(60)
        let told = try coven.enter(Coven.wicca, "secondwitch")
        let expected = try xml(
            """
            <message from='\(Self.room)/thirdwitch' id='m1' type='groupchat'><body>eye of newt</body>\
            <delay xmlns='urn:xmpp:delay' from='\(Self.room)' stamp='2002-10-14T00:00:37Z'/>\
            <x xmlns='jabber:x:delay' from='\(Self.room)' stamp='20021014T00:00:37'/></message>
            """,
            """
            <message from='\(Self.room)/thirdwitch' id='s' type='groupchat'><subject>Toads</subject>\
            <body xml:lang='en'>thirdwitch has set the topic to: Toads</body>\
            <delay xmlns='urn:xmpp:delay' from='\(Self.room)' stamp='2002-10-13T23:59:37Z'/>\
            <x xmlns='jabber:x:delay' from='\(Self.room)' stamp='20021013T23:59:37'/></message>
            """)
        #expect(told[Coven.wicca].filter { $0.name == "message" } == expected)
    }

    @Test("of the history the newest that can be shown, as many as the room gives, oldest first (GC-049)")
    func historyLength() throws {
        var coven = try Coven.withCrone([.historyMessages: .number(2)])
        for text in ["one", "two", "three"] { try coven.send(Coven.crone, said("<body>\(text)</body>")) }
        try coven.send(Coven.crone, said("<store xmlns='\(NS.hints)'/>"))
        let told = try coven.enter(Coven.wicca, "secondwitch")
        #expect(told[Coven.wicca].compactMap { $0.child("body", NS.client)?.text } == ["two", "three"])
    }

    @Test("where nobody ever set a subject it is empty, and has no words")
    func noSubject() throws {
        var coven = try Coven()
        let told = try coven.enter(Coven.crone, "thirdwitch")
        let empty = try xml("<message from='\(Self.room)' type='groupchat'><subject/></message>")[0]
        #expect(told[Coven.crone].last == empty)
    }
}
