// Derivation of SCRAM keys, and what they say when printed.

import Testing

@testable import Streams

struct ScramKeysTests {
    private func password(_ text: String) throws -> Password { try #require(Password(text)) }

    /// RFC 6070 §2: PBKDF2 with HMAC-SHA-1.
    @Test(arguments: [
        (1, "0c60c80f961f0e71f3a9b524af6012062fe037a6"), (2, "ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957"),
        (4096, "4b007901b765489abead49d926f721d065a429c1"),
    ])
    func stretchesAsPBKDF2(iterations: Int, hex: String) throws {
        let key = try #require(
            ScramHash.sha1.stretch(Array("password".utf8), salt: Array("salt".utf8), iterations: iterations))
        let digits = key.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        #expect(digits == hex)
    }

    /// IM-056: the keys of the examples in RFC 5802 §5 and RFC 7677 §3, by way of the account's password.
    @Test func storesNothingButKeys() throws {
        let salt = try #require(Base64.decode("QSXCR+Q6sek8bf92".utf8))
        let keys = try ScramKeys.derive(password("pencil"), salt: salt, iterations: 4096, hash: .sha1)
        #expect(Base64.encode(keys.storedKey) == "6dlGYMOdZcOPutkcNY8U2g7vK9Y=")
        #expect(Base64.encode(keys.serverKey) == "D+CSWLOshSulAsxiupA+qs2/fTE=")
        #expect(keys.salt == salt)
        #expect(keys.iterations == 4096)
    }

    @Test func needsSaltAndIterations() throws {
        let password = try password("pencil")
        #expect(throws: ScramFault.badParameters) {
            try ScramKeys.derive(password, salt: [], iterations: 1, hash: .sha256)
        }
        #expect(throws: ScramFault.badParameters) {
            try ScramKeys.derive(password, salt: [1], iterations: 0, hash: .sha256)
        }
    }

    @Test func everyHashHasItsOwnSalt() throws {
        let credentials = try Romeo.credentials()
        #expect(credentials[.sha1].salt == Array(repeating: 101, count: ScramKeys.saltBytes))
        #expect(credentials[.sha256].salt == Array(repeating: 102, count: ScramKeys.saltBytes))
        #expect(credentials[.sha1].storedKey.count == 20)
        #expect(credentials[.sha256].storedKey.count == 32)
    }

    /// IM-056: OpaqueString (RFC 8265 §4.2), by which a no-break space is a space and "é" is one way of writing it.
    @Test func preparesPasswords() throws {
        #expect(try password("caf\u{65}\u{301}\u{A0}noir") == password("caf\u{E9} noir"))
        #expect(try password("Pencil") != password("pencil"))
        #expect(Password("") == nil)
        #expect(Password("tab\tbed") == nil)
    }

    @Test func passwordsAreNotPrinted() throws {
        let password = try password("pencil")
        var dumped = ""
        dump(password, to: &dumped)
        #expect(!"\(password) \(String(reflecting: password)) \(dumped)".contains("112"))
        #expect(!"\(password) \(String(reflecting: password)) \(dumped)".contains("pencil"))
    }
}
