// What groupchat 1.0 clients are told in words.

import Groupchat
import Rooms
import Testing
import XML
import XMPP

struct NoticeWriterTests {
    private func notice(_ text: String, _ language: String? = "en") throws -> Element {
        let tag = language.map { " xml:lang='\($0)'" } ?? ""
        return try xml(
            "<message from='coven@chat.shakespeare.lit' type='groupchat'\(tag)><body>\(text)</body></message>")[0]
    }

    private func words(_ told: [Element]) -> [String] {
        told.filter { $0["from"] == "coven@chat.shakespeare.lit" }.compactMap { $0.child("body", NS.client)?.text }
    }

    @Test("coming and going, after the presence (GC-050, GC-055)")
    func comingAndGoing() throws {
        var coven = try Coven.withCrone()
        let came = try coven.enter(Coven.wicca, "secondwitch")
        #expect(came[Coven.crone].map(\.name) == ["presence", "message"])
        #expect(try came[Coven.crone].last == notice("secondwitch has become available"))
        let went = try coven.send(Coven.wicca, "<presence type='unavailable' to='coven@chat.shakespeare.lit'/>")
        #expect(went[Coven.crone].map(\.name) == ["presence", "message"])
        #expect(try went[Coven.crone].last == notice("secondwitch has left"))
        #expect(went[Coven.wicca].map(\.name) == ["presence"])
    }

    @Test("a room chooses the words, in its own language, or none (GC-050, GC-053)")
    func chosenWords() throws {
        var coven = try Coven.withCrone(
            [.noticeOfJoin: .text("Salve, %@!"), .noticeOfLeave: .text(""), .language: .text("la")], language: "de")
        let came = try coven.enter(Coven.wicca, "secondwitch")
        #expect(try came[Coven.crone].last == notice("Salve, secondwitch!", "la"))
        let went = try coven.send(Coven.wicca, "<presence type='unavailable' to='coven@chat.shakespeare.lit'/>")
        #expect(went[Coven.crone].map(\.name) == ["presence"])
    }

    @Test("another nick (GC-051), in the reader's language (GC-053)")
    func anotherNick() throws {
        var coven = try Coven.withCrone(language: "fr-CH")
        try coven.enter(Coven.wicca, "secondwitch")
        let told = try coven.send(Coven.wicca, "<presence to='coven@chat.shakespeare.lit/oldhag'/>")
        #expect(try told[Coven.crone].last == notice("secondwitch s’appelle maintenant oldhag", "fr"))
        #expect(words(told[Coven.wicca]).isEmpty)
    }

    @Test("a kick and a ban, with the reason, to the one concerned too (GC-052)")
    func removals() throws {
        var coven = try Coven.withCrone()
        try coven.enter(Coven.wicca, "secondwitch")
        let kicked = try coven.command(
            .setRoles([RoleChange(nick: "secondwitch", role: .none, reason: "toads")], by: coven.owner))
        #expect(try kicked[Coven.crone].last == notice("secondwitch has been kicked: toads"))
        #expect(try kicked[Coven.wicca].last == notice("secondwitch has been kicked: toads"))
        try coven.enter(Coven.wicca, "secondwitch")
        let target = AffiliationChange(target: .nick("secondwitch"), affiliation: .outcast)
        let banned = try coven.command(.setAffiliations([target], by: coven.owner))
        #expect(try banned[Coven.crone].last == notice("secondwitch has been banned"))
        #expect(try banned[Coven.wicca].last == notice("secondwitch has been banned"))
    }

    @Test("somebody whose connection is lost has left, nothing else (XD-181)")
    func lost() throws {
        var coven = try Coven.withCrone()
        try coven.enter(Coven.wicca, "secondwitch")
        let seat = try #require(coven.room.seating[address: JID(Coven.wicca)])
        let told = try coven.command(.remove(seat.id, because: "no answer"))
        #expect(try told[Coven.crone].last == notice("secondwitch has left"))
        #expect(!told.copies.values.joined().contains { $0.description.contains("no answer") })
    }

    @Test("what the status codes of a new configuration mean (GC-052)")
    func configuration() throws {
        let cases: [([Setting: SettingValue], [String])] = [
            ([.whois: .choice("anyone")], ["From now on everybody in this room can see your real address."]),
            ([.isLoggedPublicly: .flag(true)], ["From now on this room is logged publicly."]),
            ([.title: .text("Cauldron")], ["The configuration of this room has changed."]),
            (
                [.isLoggedPublicly: .flag(true), .title: .text("Cauldron")],
                ["From now on this room is logged publicly. The configuration of this room has changed."]
            ),
        ]
        for (settings, expected) in cases {
            var coven = try Coven.withCrone()
            let told = try coven.command(.configure(Configuration(settings: settings), by: coven.owner))
            #expect(words(told[Coven.crone]) == expected)
        }
        var coven = try Coven.withCrone([.whois: .choice("anyone"), .isLoggedPublicly: .flag(true)])
        let wish: [Setting: SettingValue] = [.whois: .choice("moderators"), .isLoggedPublicly: .flag(false)]
        let told = try coven.command(.configure(Configuration(settings: wish), by: coven.owner))
        #expect(
            words(told[Coven.crone]) == [
                "This room is no longer logged publicly. From now on only moderators can see your real address."
            ])
    }

    @Test("a newcomer is warned where addresses are seen or words are logged (GC-025)")
    func warnings() throws {
        var coven = try Coven([.whois: .choice("anyone"), .isLoggedPublicly: .flag(true)])
        let told = try coven.enter(Coven.crone, "thirdwitch")
        #expect(
            words(told[Coven.crone]) == [
                "Everybody in this room can see your real address. This room is logged publicly."
            ])
        var plain = try Coven()
        let silent = try plain.enter(Coven.crone, "thirdwitch")
        #expect(words(silent[Coven.crone]).isEmpty)
    }

    @Test("a new required feature is named before those without it go (GC-070, GC-052)")
    func requiredFeatures() throws {
        var coven = try Coven.withCrone()
        let wish = Configuration(settings: [.requiredFeatures: .lines(["urn:x"])])
        let told = try coven.command(.configure(wish, by: coven.owner))
        let copies = told[Coven.crone]
        #expect(
            try copies.first
                == notice("From now on this room requires features that your client does not have: urn:x."))
        let user = copies.dropFirst().first?.child("x", NS.mucUser)
        #expect(copies.dropFirst().first?["type"] == "unavailable")
        #expect(user?.children.filter { $0.name == "status" }.compactMap { $0["code"] } == ["110", "307"])
        #expect(user?.child("item", NS.mucUser)?.child("reason", NS.mucUser)?.text.isEmpty == false)
        #expect(coven.room.occupant("thirdwitch") == nil)
    }

    @Test("voice given and taken, to the one concerned only (XD-111)")
    func voice() throws {
        var coven = try Coven.withCrone()
        try coven.enter(Coven.wicca, "secondwitch")
        let taken = try coven.command(.setRoles([RoleChange(nick: "secondwitch", role: .visitor)], by: coven.owner))
        #expect(words(taken[Coven.wicca]) == ["You may not speak in this room any more."])
        #expect(words(taken[Coven.crone]).isEmpty)
        let given = try coven.command(.setRoles([RoleChange(nick: "secondwitch", role: .participant)], by: coven.owner))
        #expect(words(given[Coven.wicca]) == ["You may speak in this room now."])
        let raised = try coven.command(.setRoles([RoleChange(nick: "secondwitch", role: .moderator)], by: coven.owner))
        #expect(words(raised[Coven.wicca]).isEmpty)
    }

    @Test("a declined invitation")
    func declined() throws {
        var coven = try Coven.withCrone()
        let hecate = try JID("hecate@shakespeare.lit")
        try coven.command(.invite(Invitation(invitees: [hecate]), by: coven.owner))
        let decline = Decline(target: .nick("thirdwitch"), reason: "too busy")
        let told = try coven.command(.decline(decline, by: hecate))
        #expect(words(told[Coven.crone]) == ["hecate@shakespeare.lit has declined your invitation: too busy"])
    }

    @Test("notices are no events: nothing of them is kept (GC-054)")
    func unkept() throws {
        var coven = try Coven.withCrone()
        let events = try coven.enter(Coven.wicca, "secondwitch").events
        #expect(events.count == 1 && events.allSatisfy { !$0.isArchived })
        #expect(coven.room.conversation.tail.isEmpty && coven.room.head == 1)
    }
}
