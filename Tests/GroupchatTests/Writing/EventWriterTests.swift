// Whole events as groupchat 1.0 clients read them, in their order.

import Groupchat
import Rooms
import Testing
import XML
import XMPP

struct EventWriterTests {
    private static let room = "coven@chat.shakespeare.lit"

    private func user(_ inside: String) -> String { "<x xmlns='\(NS.mucUser)'>\(inside)</x>" }

    private func notice(_ text: String) -> String {
        "<message from='\(Self.room)' type='groupchat' xml:lang='en'><body>\(text)</body></message>"
    }

    @Test("a newcomer reads: the others, itself, what was said, the subject (GC-011)")
    func welcome() throws {
        var coven = try Coven.withCrone()
        try coven.send(
            Coven.crone, "<message id='m1' type='groupchat' to='coven@chat.shakespeare.lit'><body>hi</body></message>")
        let told = try coven.enter(Coven.wicca, "secondwitch")
        let item = "<item affiliation='none' role='participant'/>"
        let own = "<item affiliation='none' jid='\(Coven.wicca)' role='participant'/><status code='110'/>"
        let delays =
            "<delay xmlns='urn:xmpp:delay' from='\(Self.room)' stamp='2002-10-13T23:58:37.001Z'/>"
            + "<x xmlns='jabber:x:delay' from='\(Self.room)' stamp='20021013T23:58:37'/>"
        #expect(
            try told[Coven.wicca]
                == xml(
                    "<presence from='\(Self.room)/firstwitch'>\(user("<item affiliation='owner' role='moderator'/>"))"
                        + "</presence>",
                    "<presence from='\(Self.room)/thirdwitch'>\(user(item))</presence>",
                    "<presence from='\(Self.room)/secondwitch' id='e1'>\(user(own))</presence>",
                    "<message from='\(Self.room)/thirdwitch' id='m1' type='groupchat'><body>hi</body>\(delays)"
                        + "</message>",
                    "<message from='\(Self.room)' type='groupchat'><subject/></message>"))
    }

    @Test("another nick: one goes, another comes, and the words that link them (GC-031)")
    func renamed() throws {
        var coven = try Coven.withCrone()
        try coven.enter(Coven.wicca, "secondwitch")
        let told = try coven.send(Coven.wicca, "<presence to='coven@chat.shakespeare.lit/oldhag'/>")
        let item = "affiliation='none' role='participant'"
        #expect(
            try told[Coven.crone]
                == xml(
                    "<presence type='unavailable' from='\(Self.room)/secondwitch'>"
                        + "\(user("<item \(item) nick='oldhag'/><status code='303'/>"))</presence>",
                    "<presence from='\(Self.room)/oldhag'>\(user("<item \(item)/>"))</presence>",
                    notice("secondwitch is now known as oldhag")))
        let own = "\(item) jid='\(Coven.wicca)'"
        #expect(
            try told[Coven.wicca]
                == xml(
                    "<presence type='unavailable' from='\(Self.room)/secondwitch'>"
                        + "\(user("<item \(own) nick='oldhag'/><status code='110'/><status code='303'/>"))</presence>",
                    "<presence from='\(Self.room)/oldhag'>\(user("<item \(own)/><status code='110'/>"))</presence>"))
    }

    @Test("leaving, with the words that were given (GC-035, GC-036)")
    func left() throws {
        var coven = try Coven.withCrone()
        try coven.enter(Coven.wicca, "secondwitch")
        let told = try coven.send(
            Coven.wicca,
            "<presence type='unavailable' to='coven@chat.shakespeare.lit/secondwitch'><status>bye</status></presence>")
        #expect(
            try told[Coven.crone]
                == xml(
                    "<presence type='unavailable' from='\(Self.room)/secondwitch'><status>bye</status>"
                        + "\(user("<item affiliation='none' role='none'/>"))</presence>",
                    notice("secondwitch has left")))
        let own = "<item affiliation='none' jid='\(Coven.wicca)' role='none'/><status code='110'/>"
        #expect(
            try told[Coven.wicca]
                == xml(
                    "<presence type='unavailable' from='\(Self.room)/secondwitch'><status>bye</status>\(user(own))"
                        + "</presence>"))
    }

    @Test("one of two seats goes: the others see at most another presence (XD-041)")
    func oneOfTwo() throws {
        var coven = try Coven.withCrone()
        try coven.enter(Coven.wicca, "secondwitch")
        try coven.send(
            "wiccarocks@shakespeare.lit/phone",
            "<presence to='coven@chat.shakespeare.lit/secondwitch'><status>out</status></presence>")
        let told = try coven.send(
            "wiccarocks@shakespeare.lit/phone", "<presence type='unavailable' to='coven@chat.shakespeare.lit'/>")
        let item = user("<item affiliation='none' role='participant'/>")
        #expect(try told[Coven.crone] == xml("<presence from='\(Self.room)/secondwitch'>\(item)</presence>"))
        #expect(told["wiccarocks@shakespeare.lit/phone"].map { $0["type"] } == ["unavailable"])
        #expect(told[Coven.wicca].map { $0["type"] } == [nil])
    }

    @Test("a kick (GC-062)")
    func kicked() throws {
        var coven = try Coven.withCrone()
        let told = try coven.command(
            .setRoles([RoleChange(nick: "thirdwitch", role: .none, reason: "toads")], by: coven.owner))
        let item =
            "<item affiliation='none' jid='\(Coven.crone)' role='none'><actor nick='firstwitch'/>"
            + "<reason>toads</reason></item><status code='110'/><status code='307'/>"
        #expect(
            try told[Coven.crone]
                == xml(
                    "<presence type='unavailable' from='\(Self.room)/thirdwitch'>\(user(item))</presence>",
                    notice("thirdwitch has been kicked: toads")))
    }

    @Test("the end of the room, and where it goes on (GC-063)")
    func destroyed() throws {
        var coven = try Coven.withCrone()
        let wish = Destruction(alternate: try JID("heath@chat.shakespeare.lit"), reason: "Macbeth comes")
        let told = try coven.command(.destroy(wish, by: coven.owner))
        let end =
            "<item affiliation='none' role='none'/><destroy jid='heath@chat.shakespeare.lit'>"
            + "<reason>Macbeth comes</reason></destroy>"
        #expect(
            try told[Coven.crone]
                == xml(
                    "<presence type='unavailable' from='\(Self.room)/thirdwitch'>\(user(end))</presence>",
                    notice(
                        "This room has been destroyed; the conversation goes on in heath@chat.shakespeare.lit: "
                            + "Macbeth comes")))
    }

    @Test("the service goes down")
    func shutDown() throws {
        var coven = try Coven.withCrone()
        let told = try coven.command(.shutDown)
        let item =
            "<item affiliation='none' jid='\(Coven.crone)' role='none'/><status code='110'/><status code='332'/>"
        #expect(
            try told[Coven.crone]
                == xml(
                    "<presence type='unavailable' from='\(Self.room)/thirdwitch'>\(user(item))</presence>",
                    notice("The service is going down; come back later.")))
    }

    @Test("a rank is another presence; a role that is not shown is a going (XD-111, MUC-139)")
    func ranks() throws {
        var coven = try Coven.withCrone([.presenceBroadcast: .roles([.participant, .moderator])])
        try coven.enter(Coven.wicca, "secondwitch")
        let raised = try coven.command(.setRoles([RoleChange(nick: "secondwitch", role: .moderator)], by: coven.owner))
        let item = user("<item affiliation='none' role='moderator'/>")
        #expect(try raised[Coven.crone] == xml("<presence from='\(Self.room)/secondwitch'>\(item)</presence>"))
        let hidden = try coven.command(.setRoles([RoleChange(nick: "secondwitch", role: .visitor)], by: coven.owner))
        #expect(hidden[Coven.crone].first?["type"] == "unavailable")
        #expect(hidden[Coven.wicca].first?["type"] == nil)
    }

    @Test("whoever is shown no more goes, and comes when it is shown again (MUC-139, MUC-140)")
    func edges() throws {
        var coven = try Coven.withCrone()
        try coven.enter(Coven.wicca, "secondwitch")
        func show(_ roles: Set<Role>) throws -> Told {
            let wish = Configuration(settings: [.presenceBroadcast: .roles(roles)])
            return try coven.command(.configure(wish, by: coven.owner))
        }
        func about(_ told: Told, _ reader: String) -> [Element] {
            told[reader].filter { $0.name == "presence" && $0["from"] == "\(Self.room)/secondwitch" }
        }
        func says(_ told: Told, _ words: String) -> Bool {
            told[Coven.crone].contains { $0.child("body", NS.client)?.text == words }
        }
        let hidden = try show([.moderator])
        #expect(about(hidden, Coven.crone).map { $0["type"] } == ["unavailable"])
        #expect(about(hidden, Coven.wicca).map { $0["type"] } == [nil])
        #expect(says(hidden, "secondwitch has left"))
        let shown = try show([.moderator, .participant])
        #expect(about(shown, Coven.crone).map { $0["type"] } == [nil])
        #expect(says(shown, "secondwitch has become available"))
    }

    @Test("a presence that changes nothing others see is told to the one who sent it")
    func unshown() throws {
        var coven = try Coven.withCrone()
        try coven.enter(Coven.wicca, "secondwitch")
        let phone = "wiccarocks@shakespeare.lit/phone"
        try coven.send(
            phone, "<presence to='coven@chat.shakespeare.lit/secondwitch'><priority>-1</priority></presence>")
        let told = try coven.send(
            phone,
            "<presence to='coven@chat.shakespeare.lit'><show>xa</show><priority>-1</priority></presence>")
        #expect(told[Coven.crone].isEmpty && told[Coven.wicca].isEmpty)
        #expect(told[phone].first?.child("show", NS.client)?.text == "xa")
    }
}
