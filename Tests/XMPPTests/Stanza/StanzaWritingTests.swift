// Writing stanzas, and reading them back.

import Testing
import XML
import XMPP

@Suite struct StanzaWritingTests {
    @Test func headerStandsInOrderWithToFirst() throws {
        let stanza = Stanza.message(
            type: .groupchat, id: "a'b", from: try JID("room@chat.example/Ro<meo"), to: try JID("j@example.com/x"),
            language: "en", payload: [Element("body", NS.client) { "1 < 2" }])
        #expect(
            stanza.description == "<message to='j@example.com/x' from='room@chat.example/Ro&lt;meo' id='a&apos;b'"
                + " type='groupchat' xml:lang='en'><body>1 &lt; 2</body></message>")
    }

    @Test func typesThatAreDefaultsAreLeftOut() {
        #expect(Stanza.message().description == "<message/>")
        #expect(Stanza.presence().description == "<presence/>")
        #expect(Stanza.presence(type: .unavailable).description == "<presence type='unavailable'/>")
        #expect(Stanza.iq(type: .result, id: "1").description == "<iq id='1' type='result'/>")
    }

    @Test func payloadNamesItsNamespaceOnceAndContentNone() {
        let item = Element("item", NS.mucUser, ["role": "none"])
        let stanza = Stanza.presence(payload: [
            Element("show", NS.client) { "away" }, Element("x", NS.mucUser) { item },
        ])
        #expect(
            stanza.description == "<presence><show>away</show>"
                + "<x xmlns='http://jabber.org/protocol/muc#user'><item role='none'/></x></presence>")
    }

    @Test func writesIntoAnEnclosingElement() {
        var writer = XMLWriter(in: NS.client)
        writer.open("forwarded", NS.forward)
        Stanza.message(id: "1", payload: [Element("body", NS.client) { "x" }]).write(into: &writer)
        writer.close()
        #expect(
            String(decoding: writer.bytes, as: UTF8.self) == "<forwarded xmlns='urn:xmpp:forward:0'>"
                + "<message xmlns='jabber:client' id='1'><body>x</body></message></forwarded>")
    }

    @Test(arguments: [
        "<message to='a@b/c' from='d@e/f' id='1' type='chat' xml:lang='fr'><body>x</body><thread>t</thread></message>",
        "<message from='d@e/f' type='headline'/>",
        "<presence to='a@b'><show>xa</show><c xmlns='http://jabber.org/protocol/caps' hash='sha-1'/></presence>",
        "<presence to='a@b' id='p' type='subscribed'/>",
        "<iq to='a@b' id='1' type='get'><query xmlns='jabber:iq:version'/></iq>",
        "<iq from='a@b' id='1' type='result'/>",
    ])
    func returnsAsItCame(xml: String) throws {
        let stanza = try Stanza(reading: Element(parsing: xml))
        #expect(stanza.description == xml)
        #expect(try Stanza(reading: stanza.element) == stanza)
        #expect(stanza.element == (try Element(parsing: xml)))
    }
}
