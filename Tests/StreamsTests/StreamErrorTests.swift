// Stream errors on the wire (RFC 6120 §4.9).

import Testing
import XML

@testable import Streams

struct StreamErrorTests {
    /// RFC 6120 §4.9.3, written down a second time.
    private static let names = [
        "bad-format", "bad-namespace-prefix", "conflict", "connection-timeout", "host-gone", "host-unknown",
        "improper-addressing", "internal-server-error", "invalid-from", "invalid-namespace", "invalid-xml",
        "not-authorized", "not-well-formed", "policy-violation", "remote-connection-failed", "reset",
        "resource-constraint", "restricted-xml", "see-other-host", "system-shutdown", "undefined-condition",
        "unsupported-encoding", "unsupported-feature", "unsupported-stanza-type", "unsupported-version",
    ]

    private func text(_ error: StreamError) -> String {
        String(decoding: error.bytes(in: "jabber:client"), as: UTF8.self)
    }

    /// IM-033: all 25, each written with the prefix that old clients look for, and each ending a stream.
    @Test func everyConditionEndsAStream() {
        #expect(StreamError.Condition.allCases.map(\.rawValue) == Self.names)
        for condition in StreamError.Condition.allCases {
            let stream = ClientStream.secure()
            #expect(told(stream.shutDown(StreamError(condition))) == ending(condition.rawValue))
            #expect(stream.isClosed)
        }
    }

    @Test func explanationsAreEscaped() {
        #expect(
            text(StreamError(.policyViolation, "a < b"))
                == "<stream:error><policy-violation xmlns='\(streamErrorNamespace)'/>"
                + "<text xmlns='\(streamErrorNamespace)' xml:lang='en'>a &lt; b</text></stream:error>")
    }

    /// RFC 6120 §4.9.3.19: the host stands in the condition, and in no other one.
    @Test func anotherHost() {
        #expect(
            text(StreamError(.seeOtherHost, otherHost: "[2001:db8::1]:9090"))
                == "<stream:error><see-other-host xmlns='\(streamErrorNamespace)'>[2001:db8::1]:9090</see-other-host>"
                + "</stream:error>")
        #expect(!text(StreamError(.reset, otherHost: "example.net")).contains("example.net"))
    }

    /// RFC 6120 §4.9.4: an application's own condition comes last.
    @Test func applicationCondition() {
        let own = Element("escape-your-data", "http://example.org/ns")
        #expect(
            text(StreamError(.notWellFormed, "Some text", application: own)).hasSuffix(
                "</text><escape-your-data xmlns='http://example.org/ns'/></stream:error>"))
    }

    /// IM-034, IM-035, IM-038: what is said to XML we cannot take.
    @Test func faultsOfTheParser() {
        #expect(StreamError(answering: .notWellFormed).condition == .notWellFormed)
        #expect(StreamError(answering: .restricted).condition == .restrictedXML)
        #expect(StreamError(answering: .undefinedPrefix).condition == .badNamespacePrefix)
        #expect(StreamError(answering: .unsupportedEncoding).condition == .unsupportedEncoding)
        #expect(StreamError(answering: .tooLarge(.depth)) == StreamError(.policyViolation, "over the limit depth"))
    }
}
