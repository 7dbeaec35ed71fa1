// Stanzas of bound clients.

import Testing
import XML
import XMPP

@testable import Streams

struct ClientStreamStanzasTests {
    private func stanza(_ actions: [StreamAction]) throws -> Stanza {
        guard actions.count == 1, case .stanza(let stanza)? = actions.first else {
            Issue.record("no stanza but \(told(actions))")
            throw StreamError(.undefinedCondition)
        }
        return stanza
    }

    /// IM-093: stamped with the full JID, whether the client said nothing, its full or its bare JID.
    @Test(arguments: [
        "", " from='romeo@example.org/balcony'", " from='romeo@example.org'", " from='ROMEO@example.org'",
    ])
    func stampsTheSender(from: String) throws {
        let stream = try ClientStream.bound()
        let text = "<message to='juliet@example.org' type='chat' id='m1'\(from)><body>hi</body></message>"
        let stanza = try stanza(stream.received(Array(text.utf8)))
        #expect(stanza.from?.description == "romeo@example.org/balcony")
        #expect(stanza.to?.description == "juliet@example.org")
        #expect(stanza.kind == .message)
    }

    /// IM-093, RFC 6121 §3.1.2: subscriptions come from the account.
    @Test(arguments: [
        ("subscribe", true), ("subscribed", true), ("unsubscribe", true), ("unsubscribed", true),
        ("unavailable", false),
        ("probe", false),
    ])
    func subscriptions(type: String, isBare: Bool) throws {
        let stream = try ClientStream.bound()
        let stanza = try stanza(stream.received(Array("<presence to='juliet@example.org' type='\(type)'/>".utf8)))
        #expect(stanza.from?.isBare == isBare)
    }

    /// IM-093: somebody else's address, or none at all, ends the stream.
    @Test(arguments: ["juliet@example.org", "romeo@example.org/window", "example.org", "", "@", "romeo@example.org/"])
    func wrongSender(from: String) throws {
        let stream = try ClientStream.bound()
        #expect(stream.hears("<presence from='\(from)'/>") == ending("invalid-from"))
        let malformed = "<iq from='\(from)' type='get'/>"
        #expect(try ClientStream.bound().hears(malformed) == ending("invalid-from"))
    }

    /// Malformed stanzas are answered by the owner, and the stream goes on.
    @Test(arguments: [
        "<message to='@'/>", "<iq type='get'><query xmlns='jabber:iq:roster'/></iq>", "<iq id='1' type='wish'/>",
        "<presence type='wish'/>", "<presence type='wish' from='romeo@example.org'/>",
    ])
    func malformed(text: String) throws {
        let stream = try ClientStream.bound()
        #expect(stream.hears(text) == ["[malformed]"])
        #expect(stream.hears("<presence/>").count == 1)
    }

    /// IM-036, IM-027: first-level elements that are no stanzas, and stanzas of another kind of stream.
    @Test(arguments: [
        ("<pubsub xmlns='http://jabber.org/protocol/pubsub'/>", "unsupported-stanza-type"),
        ("<Message/>", "unsupported-stanza-type"),
        ("<message xmlns='jabber:server'/>", "invalid-namespace"),
        ("<iq xmlns='urn:x' id='1' type='get'/>", "invalid-namespace"),
        ("<auth xmlns='\(saslNamespace)' mechanism='PLAIN'/>", "unsupported-stanza-type"),
        ("<starttls xmlns='\(tlsNamespace)'/>", "unsupported-stanza-type"),
    ])
    func unknownElements(text: String, condition: String) throws {
        #expect(try ClientStream.bound().hears(text) == ending(condition))
    }

    /// IM-042: the language of the stream is that of its stanzas.
    @Test func language() throws {
        let stream = try ClientStream.bound(header: openingTag("to='example.org' version='1.0' xml:lang='it'"))
        #expect(try stanza(stream.received(Array("<presence/>".utf8))).language == "it")
        #expect(try stanza(stream.received(Array("<presence xml:lang='cs'/>".utf8))).language == "cs")
        #expect(try stanza(ClientStream.bound().received(Array("<presence/>".utf8))).language == nil)
    }

    /// IM-032: whitespace between stanzas is a sign of life and nothing else; order is kept.
    @Test func whitespaceAndOrder() throws {
        let stream = try ClientStream.bound()
        #expect(stream.hears(" ").isEmpty)
        let said = stream.hears("\n<presence id='1'/>\r\n\t<presence id='2'/> ")
        #expect(said.map { $0.contains("id='1'") } == [true, false])
        #expect(stream.hears("x") == ending("not-well-formed"))
    }

    /// IM-040: prefixes of the header are understood in stanzas, and every namespace is declared where it goes.
    @Test func prefixesOfTheHeader() throws {
        let stream = try ClientStream.bound(
            header: openingTag(
                xmlns: "xmlns='jabber:client' xmlns:e='urn:e' xmlns:stream='http://etherx.jabber.org/streams'"))
        let stanza = try stanza(stream.received(Array("<message><e:x/></message>".utf8)))
        #expect(String(decoding: stanza.bytes, as: UTF8.self).contains("<x xmlns='urn:e'/>"))
    }

    /// IM-034, IM-038: XML that is not for streams.
    @Test(arguments: [
        ("<presence><show></presence>", "not-well-formed"), ("<presence><!-- x --></presence>", "restricted-xml"),
        ("<?php ?>", "restricted-xml"), ("<presence><status>&eacute;</status></presence>", "restricted-xml"),
        ("<u:presence/>", "bad-namespace-prefix"),
    ])
    func badXML(text: String, condition: String) throws {
        #expect(try ClientStream.bound().hears(text) == ending(condition))
    }

    /// IM-038: a stanza beyond the limit is refused while it is read.
    @Test func tooLargeAStanza() throws {
        let stream = try ClientStream.bound()
        let limit = XMLLimits.default.stanzaBytes
        var said = stream.hears("<message><body>")
        for _ in 0...(limit / 4096) where said.isEmpty { said = stream.hears(String(repeating: "x", count: 4096)) }
        #expect(said == ending("policy-violation", "over the limit stanzaBytes"))
    }
}
