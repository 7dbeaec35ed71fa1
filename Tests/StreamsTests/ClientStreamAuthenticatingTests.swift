// Login over a stream (RFC 6120 §6).

import Testing
import XML
import XMPP

@testable import Streams

struct ClientStreamAuthenticatingTests {
    /// IM-052, IM-053, IM-030: PLAIN from `<auth/>` to the features of the next stream.
    @Test func plain() throws {
        let stream = ClientStream.secure()
        let auth = sasl("auth", plainMessage("Romeo", Romeo.password), mechanism: "PLAIN")
        #expect(stream.hears(auth) == ["[find romeo]"])
        let asked = stream.found(try Romeo.credentials())
        #expect(told(asked) == ["[derive SHA-256 \(Romeo.iterations)]"])
        #expect(
            told(stream.derivation(asked)) == ["[authenticated \(Romeo.jid)]", "<success xmlns='\(saslNamespace)'/>"])
        #expect(stream.account?.description == Romeo.jid)
        #expect(stream.hears(opening).first == "[header]")
    }

    /// IM-053: SCRAM in each of its forms; the server's signature comes with the success.
    @Test(arguments: [
        ("SCRAM-SHA-1", ScramHash.sha1, "n,,"), ("SCRAM-SHA-256", .sha256, "n,,"),
        ("SCRAM-SHA-1-PLUS", .sha1, "p=tls-exporter,,"), ("SCRAM-SHA-256-PLUS", .sha256, "p=tls-exporter,,"),
        ("SCRAM-SHA-256-PLUS", .sha256, "p=tls-server-end-point,,"),
    ])
    func scram(mechanism: String, hash: ScramHash, header: String) throws {
        var client = ScramClient(hash: hash, username: "romeo", password: Romeo.password)
        client.header = header
        if header.contains("exporter") { client.binding = Array(repeating: 0xE0, count: 32) }
        if header.contains("end-point") { client.binding = Array(repeating: 0x5E, count: 32) }
        let stream = ClientStream.secure(.binding)
        #expect(
            stream.hears(sasl("auth", Base64.encode(Array(client.first.utf8)), mechanism: mechanism))
                == ["[find romeo]"])
        let challenge = try challenge(in: stream.found(try Romeo.credentials()))
        let (message, verifier) = try client.final(challenge)
        #expect(
            stream.hears(sasl("response", Base64.encode(Array(message.utf8)))) == [
                "[authenticated \(Romeo.jid)]", sasl("success", Base64.encode(Array(verifier.utf8))),
            ])
    }

    /// IM-056: the server's part of the nonce is 144 random bits and never the same.
    @Test func nonces() throws {
        let stream = ClientStream.secure(seed: 40)
        var nonces: Set<Substring> = []
        for _ in 0..<2 {
            _ = stream.hears(sasl("auth", Base64.encode(Array("n,,n=a,r=x".utf8)), mechanism: "SCRAM-SHA-1"))
            let nonce = try challenge(in: stream.found(nil)).dropFirst("r=x".count).prefix { $0 != "," }
            #expect(Base64.decode(nonce.utf8)?.count == 18)
            nonces.insert(nonce)
            _ = stream.hears(sasl("abort", ""))
        }
        #expect(nonces.count == 2)
    }

    /// RFC 6120 §6.4.2: without an initial response there is an empty challenge first; `=` is data of no length.
    @Test func initialResponses() throws {
        let stream = ClientStream.secure()
        #expect(stream.hears(sasl("auth", "", mechanism: "PLAIN")) == ["<challenge xmlns='\(saslNamespace)'/>"])
        #expect(stream.hears(sasl("response", plainMessage("romeo", "x"))) == ["[find romeo]"])
        #expect(
            ClientStream.secure().hears(sasl("auth", "=", mechanism: "PLAIN")) == [failure("malformed-request")])
    }

    struct Refusal: Sendable {
        let said: String
        let condition: String
    }

    /// IM-053, IM-054, IM-056: each with the condition RFC 6120 §6.5 has for it; the stream goes on.
    @Test(arguments: [
        Refusal(said: sasl("auth", "AA==", mechanism: "DIGEST-MD5"), condition: "invalid-mechanism"),
        Refusal(said: sasl("auth", "AA=="), condition: "invalid-mechanism"),
        Refusal(said: sasl("auth", "AA==", mechanism: "SCRAM-SHA-1-PLUS"), condition: "invalid-mechanism"),
        Refusal(said: sasl("auth", "A", mechanism: "PLAIN"), condition: "incorrect-encoding"),
        Refusal(said: sasl("auth", "AG EAYg==", mechanism: "PLAIN"), condition: "incorrect-encoding"),
        Refusal(said: sasl("auth", "AGEAYh==", mechanism: "PLAIN"), condition: "incorrect-encoding"),
        Refusal(said: sasl("auth", "AA==", mechanism: "PLAIN"), condition: "malformed-request"),
        Refusal(said: sasl("auth", "AA==", mechanism: "SCRAM-SHA-1"), condition: "malformed-request"),
        Refusal(said: sasl("response", "AA=="), condition: "malformed-request"),
        Refusal(said: sasl("abort", ""), condition: "aborted"),
        Refusal(
            said: sasl("auth", plainMessage("romeo", "x", authorization: "juliet@example.org"), mechanism: "PLAIN"),
            condition: "invalid-authzid"),
    ])
    func refusals(refusal: Refusal) throws {
        let stream = ClientStream.secure()
        #expect(stream.hears(refusal.said) == [failure(refusal.condition)])
        #expect(try stream.logIn().last == "<success xmlns='\(saslNamespace)'/>")
    }

    /// IM-053: abort within an exchange, and a new mechanism instead of a response.
    @Test func changesOfMind() throws {
        let stream = ClientStream.secure()
        let first = sasl("auth", Base64.encode(Array("n,,n=romeo,r=x".utf8)), mechanism: "SCRAM-SHA-1")
        _ = stream.hears(first)
        _ = stream.found(nil)
        #expect(stream.hears(sasl("abort", "")) == [failure("aborted")])
        _ = stream.hears(first)
        _ = stream.found(nil)
        #expect(try stream.logIn().last == "<success xmlns='\(saslNamespace)'/>")
    }

    /// IM-052: without TLS where TLS is due, and PLAIN where somebody could listen.
    @Test func encryptionIsRequired() {
        let auth = sasl("auth", plainMessage("romeo", Romeo.password), mechanism: "PLAIN")
        for stream in [ClientStream.sample(), .sample(encryption: .offered), .sample(encryption: .unavailable)] {
            _ = stream.hears(opening)
            #expect(stream.hears(auth) == [failure("encryption-required")])
        }
        let stream = ClientStream.sample()
        _ = stream.hears(opening)
        #expect(stream.hears(sasl("auth", "", mechanism: "X")) == [failure("encryption-required")])
    }

    /// IM-054: over the whole of a stream, nobody and a wrong password are told apart by nothing.
    @Test func nobodyLooksLikeAWrongPassword() throws {
        for mechanism in ["PLAIN", "SCRAM-SHA-1", "SCRAM-SHA-256"] {
            let conversations = try [nil, Romeo.credentials()].map { credentials in
                let stream = ClientStream.secure(seed: 7)
                let client = ScramClient(
                    hash: mechanism == "SCRAM-SHA-1" ? .sha1 : .sha256, username: "romeo", password: "wrong")
                let message =
                    mechanism == "PLAIN" ? plainMessage("romeo", "wrong") : Base64.encode(Array(client.first.utf8))
                var said = stream.hears(sasl("auth", message, mechanism: mechanism))
                let next = stream.found(credentials)
                if mechanism == "PLAIN" {
                    said += told(next) + told(stream.derivation(next))
                } else {
                    let challenge = try challenge(in: next)
                    said += [challenge.replacing(/s=[^,]{24},/, with: "s=…,")]
                    said += stream.hears(
                        sasl("response", Base64.encode(Array(try client.final(challenge).message.utf8))))
                }
                return said
            }
            #expect(conversations[0] == conversations[1])
            #expect(conversations[0].last == failure("not-authorized"))
        }
    }

    /// IM-055: two retries, then the stream ends; a restart by TLS does not give new ones.
    @Test func attemptsAreBounded() {
        let stream = ClientStream.sample(encryption: .offered)
        _ = stream.hears(opening)
        let bad = sasl("auth", "AA==", mechanism: "SCRAM-SHA-1")
        #expect(stream.hears(bad) == [failure("malformed-request")])
        _ = stream.hears("<starttls xmlns='\(tlsNamespace)'/>")
        _ = stream.secured(.bare)
        _ = stream.hears(opening)
        #expect(stream.hears(bad) == [failure("malformed-request")])
        #expect(
            stream.hears(bad) == [failure("malformed-request")]
                + ending("policy-violation", "too many failed logins"))
        #expect(stream.hears(bad).isEmpty)
    }

    /// IM-054: what the owner cannot answer is a temporary failure, or what it says it is.
    @Test func ownersFailures() {
        let stream = ClientStream.secure()
        let auth = sasl("auth", plainMessage("romeo", "x"), mechanism: "PLAIN")
        _ = stream.hears(auth)
        #expect(told(stream.authenticationFailed()) == [failure("temporary-auth-failure")])
        _ = stream.hears(auth)
        _ = stream.found(nil)
        #expect(told(stream.authenticationFailed(SASLFailure(.accountDisabled))) == [failure("account-disabled")])
        #expect(stream.authenticationFailed().isEmpty)
    }

    /// Answers nobody waits for do nothing, as after a stream has ended.
    @Test func lateAnswers() throws {
        let stream = ClientStream.secure()
        #expect(stream.found(try Romeo.credentials()).isEmpty)
        _ = stream.hears(sasl("auth", plainMessage("romeo", Romeo.password), mechanism: "PLAIN"))
        let asked = stream.found(try Romeo.credentials())
        _ = stream.closedByPeer()
        #expect(told(stream.derivation(asked)).isEmpty)
        #expect(stream.account == nil)
    }

    /// IM-038: a message longer than any honest one.
    @Test func oversize() {
        let stream = ClientStream.secure(limits: StreamLimits(saslMessageBytes: 30))
        let long = Base64.encode(Array(repeating: 97, count: 31))
        #expect(
            stream.hears(sasl("auth", long, mechanism: "PLAIN")) == [
                "<failure xmlns='\(saslNamespace)'><malformed-request/>"
                    + "<text xml:lang='en'>over the limit saslMessageBytes</text></failure>"
            ])
    }

    private func challenge(in actions: [StreamAction]) throws -> String {
        let text = try #require(told(actions).first)
        let element = try Element(parsing: text)
        #expect(element.name == "challenge")
        return String(decoding: try #require(Base64.decode(element.text.utf8)), as: UTF8.self)
    }
}
