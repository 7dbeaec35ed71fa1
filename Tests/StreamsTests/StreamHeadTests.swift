// Stream headers as they are read and written.

import Testing
import XML
import XMPP

@testable import Streams

struct StreamHeadTests {
    /// IM-024, IM-025: everything RFC 6120 §4.7 asks for, and values that would break the tag are escaped.
    @Test func response() throws {
        let header = ResponseHeader(
            from: "example.org", to: try JID("romeo@example.org"), id: "a<'&", content: "jabber:client")
        #expect(
            String(decoding: header.bytes, as: UTF8.self)
                == "<?xml version='1.0'?><stream:stream xmlns='jabber:client' "
                + "xmlns:stream='http://etherx.jabber.org/streams' id='a&lt;&apos;&amp;' from='example.org' "
                + "to='romeo@example.org' version='1.0' xml:lang='en'>")
    }

    /// RFC 6120 §4.7.2: without a sender there is no addressee.
    @Test func responseToNobody() {
        let header = ResponseHeader(from: "example.org", to: nil, id: "1", content: "jabber:server")
        #expect(
            String(decoding: header.bytes, as: UTF8.self)
                == "<?xml version='1.0'?><stream:stream xmlns='jabber:server' "
                + "xmlns:stream='http://etherx.jabber.org/streams' id='1' from='example.org' version='1.0' "
                + "xml:lang='en'>")
    }
}
