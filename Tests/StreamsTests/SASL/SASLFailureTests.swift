// How failures look on the wire (RFC 6120 §6.5).

import Testing
import XML

@testable import Streams

struct SASLFailureTests {
    /// IM-054: all eleven conditions, by their names.
    @Test func conditions() {
        let names = SASLFailure.Condition.allCases.map(\.rawValue)
        #expect(
            names == [
                "aborted", "account-disabled", "credentials-expired", "encryption-required", "incorrect-encoding",
                "invalid-authzid", "invalid-mechanism", "malformed-request", "mechanism-too-weak", "not-authorized",
                "temporary-auth-failure",
            ])
        for condition in SASLFailure.Condition.allCases {
            let bytes = SASLFailure(condition).element.bytes()
            #expect(String(decoding: bytes, as: UTF8.self) == failure(condition.rawValue))
        }
    }

    @Test func explanation() {
        let element = SASLFailure(.notAuthorized, "no & never").element
        #expect(element.child("text", saslNamespace)?.text == "no & never")
        #expect(element.child("text", saslNamespace)?.language == "en")
    }
}
