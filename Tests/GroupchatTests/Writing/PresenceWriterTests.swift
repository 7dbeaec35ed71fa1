// Presences as groupchat 1.0 clients read them.

import Groupchat
import Rooms
import Testing
import XML
import XMPP

struct PresenceWriterTests {
    @Test("others' presences carry what they said of themselves and what the room says (GC-012, GC-013)")
    func arrival() throws {
        var coven = try Coven.withCrone()
        let told = try coven.send(
            Coven.wicca,
            "<presence to='coven@chat.shakespeare.lit/secondwitch'><show>away</show><status>stirring</status>"
                + "<priority>5</priority></presence>")
        #expect(
            try told[Coven.crone].first
                == xml(
                    """
                    <presence from='coven@chat.shakespeare.lit/secondwitch'><show>away</show>\
                    <status>stirring</status><priority>5</priority><x xmlns='\(NS.mucUser)'>\
                    <item affiliation='none' role='participant'/></x></presence>
                    """)[0])
    }

    @Test("a room may leave out what the room says (GC-013)")
    func withoutRanks() throws {
        var coven = try Coven.withCrone([.groupchatWithoutRanks: .flag(true)])
        let told = try coven.enter(Coven.wicca, "secondwitch")
        #expect(
            try told[Coven.crone].first == xml("<presence from='coven@chat.shakespeare.lit/secondwitch'/>")[0])
        let gone = try coven.send(Coven.wicca, "<presence type='unavailable' to='coven@chat.shakespeare.lit'/>")
        #expect(
            try gone[Coven.crone].first
                == xml("<presence type='unavailable' from='coven@chat.shakespeare.lit/secondwitch'/>")[0])
        let owner = try coven.owner
        let ended = try coven.command(.destroy(Destruction(reason: "Macbeth comes"), by: owner))
        #expect(
            try ended[Coven.crone].first
                == xml("<presence type='unavailable' from='coven@chat.shakespeare.lit/thirdwitch'/>")[0])
        let all = [told, gone, ended].flatMap { $0.copies.values.flatMap { $0 } }
        #expect(all.allSatisfy { $0.child("x", NS.mucUser) == nil })
    }

    @Test("real addresses are for readers who may see them, and for oneself")
    func sight() throws {
        var coven = try Coven.withCrone([.whois: .choice("anyone")])
        let told = try coven.enter(Coven.wicca, "secondwitch")
        let item = told[Coven.crone].first?.child("x", NS.mucUser)?.child("item", NS.mucUser)
        #expect(item?["jid"] == Coven.wicca)
        var hidden = try Coven.withCrone()
        let seen = try hidden.enter(Coven.wicca, "secondwitch")
        let jids = seen[Coven.wicca].compactMap { $0.child("x", NS.mucUser)?.child("item", NS.mucUser)?["jid"] }
        #expect(jids == [Coven.wicca])
        #expect(!seen[Coven.crone].description.contains("wiccarocks"))
    }

    @Test("somebody whose role is not shown is not shown to newcomers")
    func hiddenRole() throws {
        var coven = try Coven.withCrone([.presenceBroadcast: .roles([.moderator])])
        let told = try coven.enter(Coven.wicca, "secondwitch")
        let presences = told[Coven.wicca].filter { $0.name == "presence" }.compactMap { $0["from"] }
        #expect(presences == ["coven@chat.shakespeare.lit/firstwitch", "coven@chat.shakespeare.lit/secondwitch"])
        #expect(told[Coven.crone].isEmpty)
    }

    @Test("of two seats the shown one is seen, and each seat reads its own address (GC-019)")
    func twoSeats() throws {
        var coven = try Coven.withCrone([.whois: .choice("anyone")])
        try coven.enter(Coven.wicca, "secondwitch")
        let phone = "crone1@shakespeare.lit/phone"
        let told = try coven.send(
            phone, "<presence to='coven@chat.shakespeare.lit/thirdwitch'><priority>3</priority></presence>")
        func item(_ address: String) -> Element? {
            told[address].first { $0["from"] == "coven@chat.shakespeare.lit/thirdwitch" }?
                .child("x", NS.mucUser)?.child("item", NS.mucUser)
        }
        #expect(item(Coven.wicca)?["jid"] == phone)
        #expect(item(phone)?["jid"] == phone)
        #expect(item(Coven.crone)?["jid"] == Coven.crone)
        #expect(told[Coven.wicca].count == 1)
    }
}
