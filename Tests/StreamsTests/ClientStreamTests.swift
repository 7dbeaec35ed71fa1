// A client's stream as a whole: order, waiting and limits.

import Testing
import XML
import XMPP

@testable import Streams

struct ClientStreamTests {
    /// The walk of RFC 6120 §9.1 in the order of its steps, byte by byte.
    @Test func wholeWalk() throws {
        let stream = ClientStream.sample()
        func hears(_ text: String) -> [String] { text.utf8.flatMap { told(stream.received([$0])) } }
        #expect(hears(opening).count == 2)
        #expect(hears("<starttls xmlns='\(tlsNamespace)'/>").last == "[start TLS]")
        _ = stream.secured(.binding)
        #expect(hears(opening).count == 2)
        var client = ScramClient(hash: .sha256, username: "romeo", password: Romeo.password)
        client.header = "p=tls-exporter,,"
        client.binding = Array(repeating: 0xE0, count: 32)
        let auth = sasl("auth", Base64.encode(Array(client.first.utf8)), mechanism: "SCRAM-SHA-256-PLUS")
        #expect(hears(auth) == ["[find romeo]"])
        let challenge = try Element(parsing: told(stream.found(try Romeo.credentials()))[0]).text
        let decoded = String(decoding: try #require(Base64.decode(challenge.utf8)), as: UTF8.self)
        let final = try client.final(decoded)
        #expect(hears(sasl("response", Base64.encode(Array(final.message.utf8)))).count == 2)
        #expect(hears(opening).count == 2)
        #expect(hears(bindRequest("balcony")) == ["[bind balcony]"])
        _ = stream.bound(try JID("romeo@example.org/balcony"))
        #expect(hears("<message to='juliet@example.org'><body>Art thou not Romeo?</body></message>").count == 1)
        #expect(hears("</stream:stream>") == ["</stream:stream>", "[close]"])
    }

    /// What comes while a login is being checked waits for its end: an abort is too late, garbage ends the stream.
    @Test func waitsForTheOwner() throws {
        let auth = sasl("auth", Base64.encode(Array("n,,n=romeo,r=x".utf8)), mechanism: "SCRAM-SHA-1")
        let stream = ClientStream.secure()
        #expect(stream.hears(auth + sasl("abort", "")) == ["[find romeo]"])
        #expect(stream.hears("<!-- -->").isEmpty)
        #expect(stream.hears("<presence/>").isEmpty)
        let said = told(stream.found(nil))
        #expect(said.first?.hasPrefix("<challenge") == true)
        #expect(Array(said.dropFirst()) == [failure("aborted")] + ending("restricted-xml"))
    }

    /// IM-030: what a client sends behind a login, before it opens the stream anew, belongs to neither stream.
    @Test func dropsWhatIsBehindALogin() throws {
        for isOneRead in [true, false] {
            let stream = ClientStream.secure()
            let auth = sasl("auth", plainMessage("romeo", Romeo.password), mechanism: "PLAIN")
            if isOneRead {
                _ = stream.hears(auth + "<presence/><pre")
            } else {
                _ = stream.hears(auth)
                _ = stream.hears("<presence/><pre")
            }
            let said = told(stream.derivation(stream.found(try Romeo.credentials())))
            #expect(said.last == "<success xmlns='\(saslNamespace)'/>")
            #expect(stream.hears(opening).first == "[header]")
        }
    }

    /// IM-038: bounded before login, over all the streams of the connection.
    @Test func bytesBeforeAuthentication() {
        let stream = ClientStream.secure(limits: StreamLimits(bytesBeforeAuthentication: opening.utf8.count + 10))
        #expect(stream.hears("          ").isEmpty)
        #expect(stream.hears(" ") == ending("policy-violation", "over the limit bytesBeforeAuthentication"))
    }

    /// Within the limit of bytes before login nobody is counted after it.
    @Test func bytesAfterAuthenticationAreFree() throws {
        let stream = try ClientStream.bound(limits: StreamLimits(bytesBeforeAuthentication: 1_000))
        for _ in 0..<30 {
            #expect(
                stream.hears("<presence><status>\(String(repeating: "x", count: 99))</status></presence>").count == 1)
        }
    }

    /// IM-038: bounded while the owner is at work.
    @Test func bytesWhileWaiting() throws {
        let stream = try ClientStream.authenticated(limits: StreamLimits(bytesWhileWaiting: 25))
        _ = stream.hears(bindRequest("balcony"))
        #expect(stream.hears("<presence/>").isEmpty)
        #expect(stream.hears("<presence/>").isEmpty)
        #expect(
            stream.hears("<presence/>") == ending("policy-violation", "over the limit bytesWhileWaiting"))
        #expect(stream.bound(try JID("romeo@example.org/balcony")).isEmpty)
    }

    /// The count begins anew with each wait.
    @Test func waitingIsCountedOnce() throws {
        let stream = try ClientStream.authenticated(limits: StreamLimits(bytesWhileWaiting: 25))
        for _ in 0..<3 {
            _ = stream.hears(bindRequest("balcony"))
            #expect(stream.hears("                    ").isEmpty)
            #expect(told(stream.bindRefused(StanzaError(.conflict))).count == 1)
        }
    }

    /// A token behind the one that ended the stream is not looked at.
    @Test func nothingAfterTheEnd() throws {
        #expect(
            try ClientStream.bound().hears("<x xmlns='urn:x'/><presence/></stream:stream>")
                == ending("unsupported-stanza-type"))
        #expect(try ClientStream.bound().hears("</stream:stream><presence/>").suffix(1) == ["[close]"])
    }
}
