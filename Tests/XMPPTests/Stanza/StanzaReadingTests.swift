// Reading stanzas: kinds, types, addresses, the rules of IQs, content namespaces.

import Testing
import XML
import XMPP

@Suite struct StanzaReadingTests {
    private func read(_ xml: String, in namespace: String = NS.client) throws -> Stanza {
        try Stanza(reading: Element(parsing: xml, in: namespace))
    }

    private func fault(_ xml: String) throws -> StanzaFault? {
        let element = try Element(parsing: xml)
        do throws(StanzaFault) {
            _ = try Stanza(reading: element)
            return nil
        } catch {
            return error
        }
    }

    // RFC 6121 §5.2, a message with everything
    @Test func message() throws {
        let stanza = try read(
            """
            <message from='juliet@example.com/balcony' id='ktx72v49' to='romeo@example.net' type='chat' xml:lang='en'>
              <subject>I implore you!</subject>
              <body>Art thou not Romeo?</body>
              <body xml:lang='cs'>Pročež jsi ty, Romeo?</body>
              <thread>0e3141cd80894871a68e6fe6b1ec56fa</thread>
            </message>
            """)
        #expect(stanza.kind == .message)
        #expect(stanza.type == .chat)
        #expect(stanza.from == (try JID("juliet@example.com/balcony")))
        #expect(stanza.to == (try JID("romeo@example.net")))
        #expect(stanza.id == "ktx72v49")
        #expect(stanza.language == "en")
        #expect(stanza.payload.map(\.name) == ["subject", "body", "body", "thread"])
    }

    @Test(
        arguments: [
            ("", .normal), ("type='normal'", .normal), ("type='chat'", .chat), ("type='groupchat'", .groupchat),
            ("type='headline'", .headline), ("type='error'", .error),
            // RFC 6121 §5.2.2: what is not understood is normal
            ("type='get'", .normal), ("type='available'", .normal), ("type='CHAT'", .normal), ("type=''", .normal),
        ] as [(String, StanzaType)])
    func messageTypes(attribute: String, type: StanzaType) throws {
        #expect(try read("<message \(attribute)/>").type == type)
    }

    @Test(
        arguments: [
            ("", .available), ("type='unavailable'", .unavailable), ("type='probe'", .probe),
            ("type='subscribe'", .subscribe), ("type='subscribed'", .subscribed), ("type='unsubscribe'", .unsubscribe),
            ("type='unsubscribed'", .unsubscribed), ("type='error'", .error),
        ] as [(String, StanzaType)])
    func presenceTypes(attribute: String, type: StanzaType) throws {
        #expect(try read("<presence \(attribute)/>").type == type)
    }

    // IM-094: an IQ has an id and a type, a request one child, a result at most one.
    @Test(
        arguments: [
            ("<iq type='get' id='1'><query xmlns='jabber:iq:roster'/></iq>", nil),
            ("<iq type='set' id='1'><query xmlns='jabber:iq:roster'/></iq>", nil),
            ("<iq type='result' id='1'/>", nil),
            ("<iq type='result' id='1'><query xmlns='jabber:iq:roster'/></iq>", nil),
            ("<iq type='error' id='1'/>", nil),
            ("<iq type='error' id='1'><query xmlns='a'/><error type='cancel'/></iq>", nil),
            ("<iq type='get'><query xmlns='jabber:iq:roster'/></iq>", .noID),
            ("<iq type='result'/>", .noID),
            ("<iq type='get' id='1'/>", .badPayload),
            ("<iq type='set' id='1'>words</iq>", .badPayload),
            ("<iq type='get' id='1'><a xmlns='a'/><b xmlns='b'/></iq>", .badPayload),
            ("<iq type='result' id='1'><a xmlns='a'/><b xmlns='b'/></iq>", .badPayload),
            ("<iq id='1'><query xmlns='jabber:iq:roster'/></iq>", .badType(nil)),
            ("<iq type='chat' id='1'><query xmlns='jabber:iq:roster'/></iq>", .badType("chat")),
            ("<iq type='read' id='1'><query xmlns='jabber:iq:roster'/></iq>", .badType("read")),
            ("<presence type='available'/>", .badType("available")),
            ("<presence type='away'/>", .badType("away")),
            ("<presence type='get'/>", .badType("get")),
            ("<message to=''/>", .badAddress(.to, .domain(.empty))),
            ("<message to='@example.com'/>", .badAddress(.to, .local(.empty))),
            ("<presence from='romeo@'/>", .badAddress(.from, .domain(.empty))),
            ("<other/>", .notAStanza),
            ("<message xmlns='jabber:x:data'/>", .notAStanza),
            ("<message xmlns='http://etherx.jabber.org/streams'/>", .notAStanza),
        ] as [(String, StanzaFault?)])
    func rules(xml: String, expected: StanzaFault?) throws {
        #expect(try fault(xml) == expected)
    }

    // IM-021: a bad address is jid-malformed; the rest is bad-request.
    @Test func faultsBecomeErrors() {
        #expect(StanzaFault.badAddress(.to, .tooLong).error.condition == .jidMalformed)
        #expect(StanzaFault.badAddress(.to, .tooLong).error.type == .modify)
        for fault in [StanzaFault.badPayload, .noID, .badType("x"), .notAStanza] {
            #expect(fault.error.condition == .badRequest)
            #expect(fault.error.type == .modify)
        }
    }

    @Test func answersWhatCannotBeRead() throws {
        func answer(_ xml: String, _ fault: StanzaFault) throws -> Stanza? {
            fault.answer(to: try Element(parsing: xml))
        }
        let query = "<query xmlns='jabber:iq:roster'/>"
        let answer1 = try #require(
            try answer("<iq type='get' id='7' to='example.com'>\(query)\(query)</iq>", .badPayload))
        #expect(answer1.kind == .iq && answer1.type == .error && answer1.id == "7")
        #expect(answer1.from == (try JID("example.com")))
        #expect(answer1.failure?.condition == .badRequest)
        let answer2 = try #require(try answer("<message to='@@'/>", .badAddress(.to, .local(.empty))))
        #expect(answer2.from == nil && answer2.failure?.condition == .jidMalformed)
        // a nick that no address can hold: the client is told in which room
        let answer3 = try #require(
            try answer("<presence to='coven@chat.example/\u{200b}'/>", .badAddress(.to, .resource(.empty))))
        #expect(answer3.from == (try JID("coven@chat.example")))
        // RFC 6120 §8.3.1: never answer an error
        #expect(try answer("<message type='error' to='@@'/>", .badAddress(.to, .local(.empty))) == nil)
        #expect(try answer("<iq type='result' id='7'>\(query)\(query)</iq>", .badPayload) == nil)
        #expect(try answer("<iq type='get'>\(query)</iq>", .noID) == nil)
        #expect(try answer("<what/>", .notAStanza) == nil)
    }

    // RFC 6120 §4.8.3: what stood in another stream's content namespace stands in ours.
    @Test(arguments: [NS.server, NS.component])
    func contentNamespaces(namespace: String) throws {
        let stanza = try read(
            """
            <message to='a@b' type='groupchat'><body xml:lang='de' a='1'>x &amp; y<b>z</b></body>\
            <x xmlns='jabber:x:oob'><url>u</url></x><thread parent='p'>t</thread></message>
            """, in: namespace)
        #expect(stanza.body == "x & y")
        let same = try read(
            """
            <message to='a@b' type='groupchat'><body xml:lang='de' a='1'>x &amp; y<b>z</b></body>\
            <x xmlns='jabber:x:oob'><url>u</url></x><thread parent='p'>t</thread></message>
            """)
        #expect(stanza == same)
    }
}
