// The end of streams (RFC 6120 §4.4, §4.9).

import Testing
import XMPP

@testable import Streams

struct ClientStreamClosingTests {
    /// IM-031: the client closes, we close.
    @Test func closedByTheClient() throws {
        let stream = try ClientStream.bound()
        #expect(stream.hears("<presence/></stream:stream>").suffix(2) == ["</stream:stream>", "[close]"])
        #expect(stream.isClosed)
        #expect(stream.hears("<presence/>").isEmpty)
        #expect(stream.boundJID == nil)
    }

    @Test func closedBeforeItIsUsed() {
        #expect(ClientStream.secure().hears("</stream:stream>") == ["</stream:stream>", "[close]"])
    }

    /// IM-031: we close; what the client still sends is taken, and nothing more is written.
    @Test func closedByUs() throws {
        let stream = try ClientStream.bound()
        #expect(told(stream.shutDown()) == ["</stream:stream>"])
        #expect(told(stream.shutDown()).isEmpty)
        #expect(stream.hears("<message id='late'/>").first?.contains("late") == true)
        #expect(
            stream.hears("<iq type='set' id='s'><session xmlns='urn:ietf:params:xml:ns:xmpp-session'/></iq>").isEmpty)
        #expect(stream.boundJID?.resource == "balcony")
        #expect(stream.hears("</stream:stream>") == ["[close]"])
    }

    @Test func clientNeverClosesItsHalf() throws {
        let stream = try ClientStream.bound()
        _ = stream.shutDown()
        #expect(told(stream.timedOut()) == ["[close]"])
        #expect(stream.timedOut().isEmpty)
    }

    @Test func badXMLInTheOtherHalf() throws {
        let stream = try ClientStream.bound()
        _ = stream.shutDown()
        #expect(stream.hears("</presence>") == ["[close]"])
    }

    /// Before login there is nobody to wait for, so what comes is dropped.
    @Test func closedByUsBeforeLogin() {
        let stream = ClientStream.secure()
        #expect(told(stream.shutDown()) == ["</stream:stream>"])
        #expect(stream.hears("<presence/>").isEmpty)
        #expect(told(ClientStream.sample().shutDown()) == ["[close]"])
    }

    /// The end of the server.
    @Test func systemShutdown() throws {
        #expect(told(try ClientStream.bound().shutDown(StreamError(.systemShutdown))) == ending("system-shutdown"))
        #expect(
            told(ClientStream.sample().shutDown(StreamError(.systemShutdown)))
                == ["[header]"] + ending("system-shutdown"))
    }

    /// IM-032: time runs out in each phase; during the TLS handshake nothing can be said.
    @Test func timeouts() throws {
        #expect(told(ClientStream.sample().timedOut()) == ["[header]"] + ending("connection-timeout"))
        #expect(told(ClientStream.secure().timedOut()) == ending("connection-timeout"))
        #expect(told(try ClientStream.bound().timedOut()) == ending("connection-timeout"))
        let stream = ClientStream.sample()
        _ = stream.hears(opening + "<starttls xmlns='\(tlsNamespace)'/>")
        #expect(told(stream.timedOut()) == ["[close]"])
    }

    @Test func shutDownDuringTLS() {
        let stream = ClientStream.sample()
        _ = stream.hears(opening + "<starttls xmlns='\(tlsNamespace)'/>")
        #expect(told(stream.shutDown(StreamError(.systemShutdown))) == ["[close]"])
    }

    /// RFC 6120 §4.9.1.1: an error of the client's ends the stream, and is not answered by another.
    @Test func errorOfTheClient() throws {
        let error = "<stream:error><reset xmlns='\(streamErrorNamespace)'/></stream:error>"
        #expect(try ClientStream.bound().hears(error) == ["</stream:stream>", "[close]"])
        #expect(ClientStream.secure().hears(error) == ["</stream:stream>", "[close]"])
    }

    @Test func connectionBreaks() throws {
        let stream = try ClientStream.bound()
        #expect(told(stream.closedByPeer()) == ["[close]"])
        #expect(stream.closedByPeer().isEmpty)
        #expect(stream.shutDown(StreamError(.reset)).isEmpty)
    }
}
