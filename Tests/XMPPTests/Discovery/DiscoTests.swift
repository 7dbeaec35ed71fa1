// Answers of service discovery.

import Testing
import XML
import XMPP

@Suite struct DiscoTests {
    // XEP-0128 §3, Example 2
    static let room = """
        <query xmlns='http://jabber.org/protocol/disco#info'>\
        <identity category='conference' type='text' name='A Dark Cave'/>\
        <feature var='http://jabber.org/protocol/muc'/>\
        <feature var='jabber:iq:register'/>\
        <x xmlns='jabber:x:data' type='result'>\
        <field var='FORM_TYPE' type='hidden'><value>http://jabber.org/protocol/muc#roominfo</value></field>\
        <field var='muc#roominfo_description' label='Description'><value>For all good witches!</value></field>\
        <field var='muc#roominfo_occupants' label='Number of occupants'><value>3</value></field>\
        </x></query>
        """

    @Test func info() throws {
        let info = try #require(DiscoInfo(reading: Element(parsing: Self.room)))
        #expect(info.node == nil)
        #expect(info.identities == [.init(category: "conference", type: "text", name: "A Dark Cave")])
        #expect(info.features == [NS.muc, NS.register])
        #expect(info.form(NS.mucRoomInfo)?.value(of: "muc#roominfo_occupants") == "3")
        #expect(info.form("urn:other") == nil)
        #expect(info.element == (try Element(parsing: Self.room)))
    }

    @Test func infoOfANode() throws {
        let xml = """
            <query xmlns='http://jabber.org/protocol/disco#info' node='n'>\
            <identity category='client' type='pc' name='Psi' xml:lang='en'/>\
            <identity category='client' type='pc' name='Ψ' xml:lang='el'/>\
            <feature var='http://jabber.org/protocol/disco#info'/></query>
            """
        let info = try #require(DiscoInfo(reading: Element(parsing: xml)))
        #expect(info.node == "n" && info.identities.map(\.language) == ["en", "el"])
        #expect(info.element == (try Element(parsing: xml)))
    }

    @Test func brokenInfo() throws {
        let xml = """
            <query xmlns='http://jabber.org/protocol/disco#info'><identity category='client'/><identity type='pc'/>\
            <feature/><feature var='a'/><feature xmlns='urn:other' var='b'/><x xmlns='jabber:x:data'/></query>
            """
        let info = try #require(DiscoInfo(reading: Element(parsing: xml)))
        #expect(info == DiscoInfo(features: ["a"]))
        #expect(DiscoInfo(reading: DiscoItems().element) == nil)
    }

    // XEP-0030 §4.1, and a page by XEP-0059 §3
    @Test func items() throws {
        let xml = """
            <query xmlns='http://jabber.org/protocol/disco#items' node='rooms'>\
            <item jid='12@conference.jabber.org' name='Twelve'/><item jid='adium@conference.jabber.org' node='x'/>\
            <set xmlns='http://jabber.org/protocol/rsm'><first index='0'>12@conference.jabber.org</first>\
            <last>adium@conference.jabber.org</last><count>150</count></set></query>
            """
        let items = try #require(DiscoItems(reading: Element(parsing: xml)))
        #expect(items.node == "rooms")
        #expect(items.items.first == .init(jid: try JID("12@conference.jabber.org"), name: "Twelve"))
        #expect(items.items.last?.node == "x")
        #expect(items.page?.count == 150)
        #expect(items.element == (try Element(parsing: xml)))
    }

    @Test func brokenItems() throws {
        let xml = """
            <query xmlns='http://jabber.org/protocol/disco#items'><item/><item jid='@'/><item jid='a.b'/>\
            <item xmlns='urn:other' jid='c.d'/></query>
            """
        let items = try #require(DiscoItems(reading: Element(parsing: xml)))
        #expect(items == DiscoItems(items: [.init(jid: try JID("a.b"))]))
        #expect(DiscoItems(reading: DiscoInfo().element) == nil)
    }
}
