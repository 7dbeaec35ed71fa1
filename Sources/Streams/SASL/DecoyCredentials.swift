// Credentials for accounts that do not exist, so that asking for one looks like a wrong password.

/// Makes credentials nobody can satisfy for names without an account. The same name always gets the same salts, as a
/// real account does, and nobody without the server's secret can tell them from real ones (RFC 5802 §9).
public struct DecoyCredentials: Sendable {
    private let secret: [UInt8]
    private let iterations: Int

    /// - Parameters:
    ///   - secret: the server's own, at least 16 random bytes, the same over restarts.
    ///   - iterations: those of real accounts: a different count would tell.
    public init(secret: [UInt8], iterations: Int = ScramKeys.defaultIterations) {
        precondition(secret.count >= 16, "a decoy secret has at least 16 bytes")
        self.secret = secret
        self.iterations = iterations
    }

    /// The credentials of the account `username` that is not there.
    public func credentials(for username: String) -> Credentials {
        Credentials(sha1: keys(for: username, .sha1), sha256: keys(for: username, .sha256))
    }

    private func keys(for username: String, _ hash: ScramHash) -> ScramKeys {
        func derive(_ purpose: String) -> [UInt8] {
            ScramHash.sha256.authenticate(Array("\(purpose) \(hash.rawValue)\0\(username)".utf8), key: secret)
        }
        return ScramKeys(
            salt: Array(derive("salt").prefix(ScramKeys.saltBytes)), iterations: iterations,
            storedKey: Array(derive("stored key").prefix(hash.byteCount)),
            serverKey: Array(derive("server key").prefix(hash.byteCount)))
    }
}
