// The server's side of PLAIN (RFC 4616).

import Testing
import XMPP

@testable import Streams

struct PlainExchangeTests {
    private func exchange() -> SASLExchange {
        let decoys = DecoyCredentials(secret: Array(repeating: 9, count: 16), iterations: Romeo.iterations)
        return SASLExchange(
            .plain, in: SASLContext(domain: "example.org", bindings: [], decoys: decoys), nonce: "")
    }

    private func run(_ message: String, _ credentials: Credentials?) throws -> SASLStep {
        var exchange = exchange()
        let step = exchange.received(Array(message.utf8))
        guard case .findCredentials = step else { return step }
        guard case .derive(let derivation) = exchange.found(credentials) else { return step }
        #expect(derivation.iterations == Romeo.iterations)
        return exchange.derived(try derivation.keys())
    }

    /// IM-052: PLAIN is checked against the stored SCRAM keys.
    @Test(arguments: ["\0romeo\0", "\0ROMEO\0", "romeo@example.org\0romeo\0"])
    func theRightPasswordOpens(prefix: String) throws {
        #expect(
            try run(prefix + Romeo.password, Romeo.credentials()) == .succeeded(try JID(Romeo.jid), data: nil))
    }

    /// IM-054: a wrong password and a missing account cost the same work and end alike.
    @Test func nobodyAndWrongPasswordLookTheSame() throws {
        let refused = SASLStep.failed(SASLFailure(.notAuthorized))
        #expect(try run("\0romeo\0wrong", Romeo.credentials()) == refused)
        #expect(try run("\0romeo\0\(Romeo.password)", nil) == refused)
    }

    @Test(arguments: [
        ("", SASLFailure.Condition.malformedRequest), ("romeo", .malformedRequest), ("\0romeo", .malformedRequest),
        ("\0romeo\0", .malformedRequest), ("\0\0secret", .malformedRequest), ("\0romeo\0a\0b", .malformedRequest),
        ("juliet@example.org\0romeo\0x", .invalidAuthzid), ("romeo@example.org/x\0romeo\0x", .invalidAuthzid),
        ("\0romeo@example.org\0x", .notAuthorized), ("\0romeo\0tab\t", .notAuthorized),
    ])
    func refusedAtOnce(message: String, condition: SASLFailure.Condition) throws {
        #expect(try run(message, Romeo.credentials()) == .failed(SASLFailure(condition)))
    }

    @Test func refusesWhatIsNotUTF8() {
        var exchange = exchange()
        #expect(exchange.received([0, 0xFF, 0, 0x61]) == .failed(SASLFailure(.malformedRequest)))
    }

    @Test func oneMessageOnly() {
        var exchange = exchange()
        _ = exchange.received(Array("\0romeo\0x".utf8))
        #expect(exchange.received(Array("\0romeo\0x".utf8)) == .failed(SASLFailure(.malformedRequest)))
    }
}
