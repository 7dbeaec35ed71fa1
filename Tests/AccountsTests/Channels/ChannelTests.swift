// What is kept of a channel, and how addresses in channels are read.

import Rooms
import Testing
import XML
import XMPP

@testable import Accounts

@Suite struct ChannelTests {
    static let stored: [(text: String, channel: Channel?)] = [
        ("p7k2m5x4c3d6q3z5 mix", Channel("p7k2m5x4c3d6q3z5", dialect: Tongue.current)),
        ("- mix-core-0", Channel(nil, dialect: Tongue.core0)),
        (
            "p mix-0 \(ClientMark(version: "a=").stored) \(ClientMark(resource: "phone").stored)",
            Channel(
                "p", dialect: Tongue.undetermined,
                clients: [ClientMark(version: "a="), ClientMark(resource: "phone")])
        ),
        ("", nil), ("p", nil), (" mix", nil),
    ]

    @Test(arguments: stored) func coding(text: String, channel: Channel?) {
        #expect(Channel(stored: text) == channel)
        if let channel { #expect(channel.stored == text) }
    }

    @Test func onlyTheLatestClientsAreRemembered() {
        var channel = Channel("p", dialect: Tongue.draft2)
        let marks = (1...9).map { ClientMark(resource: "phone \($0)") }
        for mark in marks { channel.remember(mark, limit: 8) }
        #expect(channel.clients == Array(marks.dropFirst()))
        #expect(Channel(stored: channel.stored) == channel)
        #expect(ClientMark(resource: "a") != ClientMark(version: "a"))
    }

    static let addresses: [(text: String, channel: String?, participant: String)] = [
        ("abc#coven@mix.x", "coven@mix.x", "abc"),
        ("abc#co#ven@mix.x/r", "co#ven@mix.x", "abc"),
        ("coven+p7k2m5x4c3d6q3z5@mix.x/r", "coven@mix.x", "p7k2m5x4c3d6q3z5"),
        ("c+++p7k2m5x4c3d6q3z5@mix.x", "c++@mix.x", "p7k2m5x4c3d6q3z5"),
        ("coven@mix.x/abc", nil, ""), ("c++@mix.x", nil, ""), ("#coven@mix.x", nil, ""), ("abc#@mix.x", nil, ""),
        ("mix.x", nil, ""),
    ]

    @Test(arguments: addresses) func proxies(text: String, channel: String?, participant: String) throws {
        let read = ChannelAddress(proxy: try JID(text))
        #expect(read?.channel.description == channel && read?.participant.text ?? "" == participant)
    }

    @Test func bothSpellings() throws {
        let speaker = try #require(ChannelAddress(speaker: JID("coven@mix.x/abc")))
        #expect(speaker.proxies.map(\.description) == ["abc#coven@mix.x", "coven+abc@mix.x"])
        let bare = ChannelAddress(speaker: try JID("coven@mix.x"))
        #expect(bare == nil)
    }

    @Test func tonguesByFeaturesAndNamespaces() {  // MIXC-302
        #expect(Tongue.of(features: [NS.muc, NS.mix0, NS.mixCore]) == Tongue.current)
        #expect(Tongue.of(features: [NS.mix0, NS.mixCore0]) == Tongue.core0)
        #expect(Tongue.of(features: [NS.mix0]) == Tongue.undetermined)
        #expect(Tongue.of(features: [NS.muc]) == nil)
        #expect(Tongue.of(namespace: NS.mixAnonymous) == Tongue.current)
        #expect(Tongue.of(namespace: NS.pubsub) == nil)
        for (dialect, namespace) in [
            (Tongue.current, NS.mixCore), (Tongue.core0, NS.mixCore0), (Tongue.draft1, NS.mix0),
            (Tongue.draft2, NS.mix0), (Tongue.undetermined, NS.mix0),
        ] { #expect(Tongue.namespace(of: dialect) == namespace) }
    }

    static let answers: [(join: String, participant: String?, sharesPresence: Bool?)] = [
        ("<join xmlns='urn:xmpp:mix:core:1' id='p1' jid='p2#coven@mix.x'/>", "p1", nil),
        ("<join xmlns='urn:xmpp:mix:core:0' jid='p2#coven@mix.x'/>", "p2", nil),
        ("<join xmlns='urn:xmpp:mix:0' jid='coven+p7k2m5x4c3d6q3z5@mix.x'/>", "p7k2m5x4c3d6q3z5", nil),
        ("<join xmlns='urn:xmpp:mix:0' jid='hag66@shakespeare.example'/>", nil, nil),
        ("<join xmlns='urn:xmpp:mix:core:1' id='two words' jid='#'/>", nil, nil),
        ("<join xmlns='urn:xmpp:mix:core:1' id=''/>", nil, nil),
        (
            "<join xmlns='urn:xmpp:mix:core:1' id='p'><x xmlns='jabber:x:data' type='result'>"
                + "<field var='Presence'><value>Not Share</value></field></x></join>", "p", false
        ),
        (
            "<join xmlns='urn:xmpp:mix:core:1' id='p'><x xmlns='jabber:x:data' type='result'>"
                + "<field var='Presence'><value>share</value></field></x></join>", "p", true
        ),
    ]

    /// MIXC-509, MIXC-514
    @Test(arguments: answers) func joins(join: String, participant: String?, sharesPresence: Bool?) throws {
        let text = "<iq type='result' id='j'>\(join)</iq>"
        let answer = JoinAnswer(try Stanza(reading: Element(parsing: text, in: NS.client)))
        #expect(answer.participant == participant && answer.sharesPresence == sharesPresence)
    }
}
