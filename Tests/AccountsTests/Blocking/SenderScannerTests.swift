// Who sent a serialised stanza, found without reading it.

import Testing
import XML
import XMPP

@testable import Accounts

@Suite struct SenderScannerTests {
    static let stanzas: [(text: String, sender: String?)] = [
        ("<message to='a@b' from='c@d/e' type='chat'><body>from='x@y'</body></message>", "c@d/e"),
        (" to='a@b' from='c@d/e'/>", "c@d/e"),
        ("<presence from='c@d/o&apos;er &amp; out'/>", "c@d/o'er & out"),
        ("<presence id='from='/>", nil),
        ("<message><body from='c@d'> from='c@d'</body></message>", nil),
        ("<iq type='set' id='1'><a/></iq>", nil),
        ("", nil),
    ]

    @Test(arguments: stanzas) func sender(text: String, sender: String?) {
        #expect(SenderScanner.sender(in: Array(text.utf8))?.description == sender)
    }

    @Test func whatTheServerWrites() throws {
        let stanza = Stanza.message(
            type: .groupchat, id: ">' from='x@y", from: try JID("a@b/it's <me>"), to: try JID("c@d"))
        #expect(SenderScanner.sender(in: stanza.bytes) == stanza.from)
    }
}
