// The server's side of SCRAM against the examples of its RFCs and against clients that cheat.

import Testing
import XMPP

@testable import Streams

struct ScramExchangeTests {
    private static let exporter = ChannelBinding(type: .tlsExporter, data: Array(repeating: 0xE0, count: 32))
    private static let endPoint = ChannelBinding(type: .tlsServerEndPoint, data: Array(repeating: 0x5E, count: 32))

    private func exchange(
        _ hash: ScramHash = .sha256, withBinding: Bool = false, bindings: [ChannelBinding] = [],
        nonce: String = "servernonce"
    ) -> SASLExchange {
        let decoys = DecoyCredentials(secret: Array(repeating: 9, count: 16), iterations: Romeo.iterations)
        let context = SASLContext(domain: "example.org", bindings: bindings, decoys: decoys)
        return SASLExchange(.scram(hash, binding: withBinding), in: context, nonce: nonce)
    }

    /// Runs a client against an exchange and returns the last step.
    private func run(
        _ client: ScramClient, _ exchange: SASLExchange, _ credentials: Credentials?,
        tamper: (String) -> String = { $0 }
    ) throws -> SASLStep {
        var exchange = exchange
        let step = exchange.received(Array(client.first.utf8))
        guard case .findCredentials = step else { return step }
        guard case .challenge(let challenge) = exchange.found(credentials) else { return step }
        let final = try client.final(String(decoding: challenge, as: UTF8.self))
        let last = exchange.received(Array(tamper(final.message).utf8))
        if case .succeeded(_, let data) = last { #expect(data == Array(final.verifier.utf8)) }
        return last
    }

    private struct Example: Sendable {
        let hash: ScramHash
        let serverNonce, salt, first, challenge, final, verifier: String
    }

    /// IM-054, IM-056: RFC 5802 §5 and RFC 7677 §3, message by message.
    @Test func examplesOfTheRFCs() throws {
        let examples = [
            Example(
                hash: .sha1, serverNonce: "3rfcNHYJY1ZVvWVs7j", salt: "QSXCR+Q6sek8bf92",
                first: "n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL",
                challenge: "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096",
                final: "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
                verifier: "v=rmF9pqV8S7suAoZWja4dJRkFsKQ="),
            Example(
                hash: .sha256, serverNonce: "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0", salt: "W22ZaJ0SNY7soEsUEjb6gQ==",
                first: "n,,n=user,r=rOprNGfwEbeRWgbNEkqO",
                challenge:
                    "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
                final: "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                    + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
                verifier: "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="),
        ]
        let password = try #require(Password("pencil"))
        for example in examples {
            let salt = try #require(Base64.decode(example.salt.utf8))
            let keys = try ScramKeys.derive(password, salt: salt, iterations: 4096, hash: example.hash)
            var exchange = exchange(example.hash, nonce: example.serverNonce)
            #expect(exchange.received(Array(example.first.utf8)) == .findCredentials(username: "user"))
            #expect(exchange.found(Credentials(sha1: keys, sha256: keys)) == .challenge(Array(example.challenge.utf8)))
            #expect(
                exchange.received(Array(example.final.utf8))
                    == .succeeded(try JID("user@example.org"), data: Array(example.verifier.utf8)))
        }
    }

    @Test(arguments: ScramHash.allCases)
    func theRightPasswordOpens(hash: ScramHash) throws {
        let client = ScramClient(hash: hash, username: "Romeo", password: Romeo.password)
        let step = try run(client, exchange(hash), Romeo.credentials())
        guard case .succeeded(let jid, _) = step else { throw StreamError(.undefinedCondition) }
        #expect(jid.description == Romeo.jid)
    }

    /// IM-054: a wrong password and a missing account end alike, and begin alike.
    @Test(arguments: ScramHash.allCases)
    func nobodyAndWrongPasswordLookTheSame(hash: ScramHash) throws {
        let client = ScramClient(hash: hash, username: "romeo", password: "wrong")
        let refused = SASLStep.failed(SASLFailure(.notAuthorized))
        #expect(try run(client, exchange(hash), Romeo.credentials()) == refused)
        #expect(try run(client, exchange(hash), nil) == refused)
        var salts: Set<String> = []
        for nonce in ["one", "two"] {
            var exchange = exchange(hash, nonce: nonce)
            _ = exchange.received(Array("n,,n=nobody,r=x".utf8))
            guard case .challenge(let challenge) = exchange.found(nil) else { throw StreamError(.undefinedCondition) }
            let fields = String(decoding: challenge, as: UTF8.self).split(separator: ",")
            #expect(fields[2] == "i=\(Romeo.iterations)")
            salts.insert(String(fields[1]))
        }
        #expect(salts.count == 1)
    }

    /// IM-056: a client that says `y` although the -PLUS forms were offered has been lied to on the way.
    @Test func downgradeIsDetected() throws {
        var client = ScramClient(hash: .sha256, username: "romeo", password: Romeo.password)
        client.header = "y,,"
        let credentials = try Romeo.credentials()
        let refused = SASLFailure(.notAuthorized, "server-does-support-channel-binding")
        #expect(try run(client, exchange(bindings: [Self.exporter]), credentials) == .failed(refused))
        guard case .succeeded = try run(client, exchange(), credentials) else {
            Issue.record("without an offer, y is the truth")
            return
        }
    }

    /// IM-056: both kinds of binding, and `n` beside them.
    @Test(arguments: ScramHash.allCases)
    func bindsTheChannel(hash: ScramHash) throws {
        let bindings = [Self.exporter, Self.endPoint]
        for binding in bindings {
            var client = ScramClient(hash: hash, username: "romeo", password: Romeo.password)
            client.header = "p=\(binding.type.rawValue),,"
            client.binding = binding.data
            let step = try run(client, exchange(hash, withBinding: true, bindings: bindings), Romeo.credentials())
            guard case .succeeded = step else {
                Issue.record("\(binding.type) was refused: \(step)")
                continue
            }
        }
        let client = ScramClient(hash: hash, username: "romeo", password: Romeo.password)
        guard case .succeeded = try run(client, exchange(hash, bindings: bindings), Romeo.credentials()) else {
            Issue.record("a client that knows no channel binding was refused")
            return
        }
    }

    /// IM-056: the data of another channel, a type we do not offer, and flags that do not fit the mechanism.
    @Test func wrongBindingsAreRefused() throws {
        let mismatch = SASLFailure(.notAuthorized, "channel-bindings-dont-match")
        let untyped = SASLFailure(.notAuthorized, "unsupported-channel-binding-type")
        let malformed = SASLFailure(.malformedRequest)
        let cases: [(header: String, data: [UInt8], withBinding: Bool, expected: SASLFailure)] = [
            ("p=tls-exporter,,", Array(repeating: 1, count: 32), true, mismatch),
            ("p=tls-exporter,,", [], true, mismatch),
            ("n,,", [1], false, mismatch),
            ("p=tls-unique,,", [1], true, untyped),
            ("p=tls-server-end-point,,", Self.endPoint.data, true, untyped),
            ("p=tls-exporter,,", Self.exporter.data, false, malformed),
            ("n,,", [], true, malformed),
            ("y,,", [], true, malformed),
        ]
        for item in cases {
            var client = ScramClient(hash: .sha1, username: "romeo", password: Romeo.password)
            client.header = item.header
            client.binding = item.data
            let exchange = exchange(.sha1, withBinding: item.withBinding, bindings: [Self.exporter])
            #expect(try run(client, exchange, Romeo.credentials()) == .failed(item.expected), "\(item.header)")
        }
    }

    /// The GS2 header of the first message is repeated in the last, so nobody changes it on the way.
    @Test func changedHeaderIsDetected() throws {
        let client = ScramClient(hash: .sha256, username: "romeo", password: Romeo.password)
        let step = try run(client, exchange(), Romeo.credentials()) { message in
            message.replacing("c=biws", with: "c=\(Base64.encode(Array("y,,".utf8)))")
        }
        #expect(step == .failed(SASLFailure(.notAuthorized, "channel-bindings-dont-match")))
    }

    /// IM-056: what was heard on one stream is worth nothing on the next, which has another nonce.
    @Test func replayIsRefused() throws {
        let client = ScramClient(hash: .sha256, username: "romeo", password: Romeo.password)
        var recorded = ""
        let first = try run(client, exchange(nonce: "nonce1"), Romeo.credentials()) { message in
            recorded = message
            return message
        }
        guard case .succeeded = first else { throw StreamError(.undefinedCondition) }
        let again = try run(client, exchange(nonce: "nonce2"), Romeo.credentials()) { _ in recorded }
        #expect(again == .failed(SASLFailure(.notAuthorized)))
        let patched = try run(client, exchange(nonce: "nonce2"), Romeo.credentials()) { _ in
            recorded.replacing("nonce1", with: "nonce2")
        }
        #expect(patched == .failed(SASLFailure(.notAuthorized)))
    }

    /// RFC 5802 §5.1: the nonce must come back as it was sent, even from somebody who knows the password.
    @Test(arguments: ["clientnonce", "clientnonceservernoncf", "servernonce"])
    func wrongNonceIsRefused(nonce: String) throws {
        var client = ScramClient(hash: .sha256, username: "romeo", password: Romeo.password)
        client.wrongNonce = nonce
        #expect(try run(client, exchange(), Romeo.credentials()) == .failed(SASLFailure(.notAuthorized)))
    }

    /// IM-056: an authorization identity is the account's own bare JID or an error.
    @Test(arguments: [
        ("romeo@example.org", true), ("Romeo@Example.ORG", true), ("juliet@example.org", false),
        ("romeo@example.org/balcony", false), ("example.org", false), ("romeo", false), ("@", false),
    ])
    func authorizationIdentity(name: String, isAccepted: Bool) throws {
        var client = ScramClient(hash: .sha256, username: "romeo", password: Romeo.password)
        client.header = "n,a=\(name),"
        let step = try run(client, exchange(), Romeo.credentials())
        if isAccepted {
            guard case .succeeded = step else {
                Issue.record("\(name) was refused: \(step)")
                return
            }
        } else {
            #expect(step == .failed(SASLFailure(.invalidAuthzid)))
        }
    }

    @Test(arguments: ["", "rubbish", "n,,n=romeo", "n,,m=x,n=romeo,r=n"])
    func malformedFirstMessage(text: String) {
        var exchange = exchange()
        #expect(exchange.received(Array(text.utf8)) == .failed(SASLFailure(.malformedRequest)))
    }

    /// A name no account can have is refused without a look-up.
    @Test(arguments: ["romeo@example.org", "a b", "a/b"])
    func impossibleNames(name: String) {
        var exchange = exchange()
        #expect(exchange.received(Array("n,,n=\(name),r=x".utf8)) == .failed(SASLFailure(.notAuthorized)))
    }

    @Test(arguments: ["", "c=biws", "p=AQID", "c=biws,r=clientnonceservernonce,p=AQID"])
    func malformedFinalMessage(text: String) throws {
        let client = ScramClient(hash: .sha256, username: "romeo", password: Romeo.password)
        let step = try run(client, exchange(), Romeo.credentials()) { _ in text }
        #expect(step == .failed(SASLFailure(.malformedRequest)))
    }

    /// Nothing follows the end of an exchange.
    @Test func endsOnce() throws {
        var exchange = exchange()
        _ = exchange.received([])
        #expect(exchange.received(Array("n,,n=romeo,r=x".utf8)) == .failed(SASLFailure(.malformedRequest)))
        #expect(exchange.found(try Romeo.credentials()) == .failed(SASLFailure(.temporaryAuthFailure)))
    }
}
