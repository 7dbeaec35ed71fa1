// The SCRAM keys of one account, one set for each hash function we speak.

/// What an account keeps to let its owner in: keys for every SCRAM hash, never the password.
public struct Credentials: Sendable, Equatable {
    /// Keys for SCRAM-SHA-1.
    public let sha1: ScramKeys
    /// Keys for SCRAM-SHA-256, and for PLAIN, which is checked against them.
    public let sha256: ScramKeys

    /// Credentials as they were stored.
    public init(sha1: ScramKeys, sha256: ScramKeys) {
        self.sha1 = sha1
        self.sha256 = sha256
    }

    /// The keys for `hash`.
    public subscript(hash: ScramHash) -> ScramKeys {
        switch hash {
        case .sha1: sha1
        case .sha256: sha256
        }
    }

    /// Derives both sets from `password`, with fresh salts from `entropy` (count of bytes → that many random bytes).
    /// Takes two milliseconds per 10,000 iterations: not for an event loop.
    public static func derive(
        _ password: Password, iterations: Int = ScramKeys.defaultIterations, entropy: (Int) -> [UInt8]
    ) throws(ScramFault) -> Credentials {
        let salts = (entropy(ScramKeys.saltBytes), entropy(ScramKeys.saltBytes))
        return Credentials(
            sha1: try .derive(password, salt: salts.0, iterations: iterations, hash: .sha1),
            sha256: try .derive(password, salt: salts.1, iterations: iterations, hash: .sha256))
    }
}
