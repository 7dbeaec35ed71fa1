// Credentials of accounts that do not exist.

import Testing

@testable import Streams

struct DecoyCredentialsTests {
    private let decoys = DecoyCredentials(secret: Array(repeating: 1, count: 16), iterations: 5)

    /// IM-054: the same name is always shown the same salt, as an account is.
    @Test func isTheSameEveryTime() {
        #expect(decoys.credentials(for: "nobody") == decoys.credentials(for: "nobody"))
    }

    @Test func differsByNameHashAndSecret() {
        let one = decoys.credentials(for: "nobody")
        #expect(one.sha1.salt != decoys.credentials(for: "nobodz").sha1.salt)
        #expect(one.sha1.salt != one.sha256.salt)
        let other = DecoyCredentials(secret: Array(repeating: 2, count: 16), iterations: 5)
        #expect(one.sha256.salt != other.credentials(for: "nobody").sha256.salt)
    }

    /// IM-054: in length of salt and in iterations it looks like a real one.
    @Test(arguments: ScramHash.allCases)
    func looksLikeAnAccount(hash: ScramHash) throws {
        let decoy = decoys.credentials(for: "nobody")[hash]
        let real = try Romeo.credentials()[hash]
        #expect(decoy.salt.count == real.salt.count)
        #expect(decoy.storedKey.count == real.storedKey.count)
        #expect(decoy.iterations == 5)
    }
}
