// What an account keeps of a password: SCRAM keys, from which the password cannot be had back (RFC 5802 §3).

/// The keys of one password under one hash function (RFC 5802 §3).
public struct ScramKeys: Sendable, Equatable {
    /// The salt, any length above 0 (ours: `ScramKeys.saltBytes`).
    public let salt: [UInt8]
    /// PBKDF2 rounds, at least 1.
    public let iterations: Int
    /// H(ClientKey): what a client's proof is checked against.
    public let storedKey: [UInt8]
    /// HMAC(SaltedPassword, "Server Key"): what the server proves itself with.
    public let serverKey: [UInt8]

    /// Length of the salts we make, in bytes.
    public static let saltBytes = 16
    /// Default PBKDF2 rounds; no fewer than 10,000 for new accounts.
    public static let defaultIterations = 10_000

    /// Keys as they were stored.
    public init(salt: [UInt8], iterations: Int, storedKey: [UInt8], serverKey: [UInt8]) {
        self.salt = salt
        self.iterations = iterations
        self.storedKey = storedKey
        self.serverKey = serverKey
    }

    /// Derives the keys of `password`. Takes a millisecond per 10,000 iterations: not for an event loop.
    public static func derive(
        _ password: Password, salt: [UInt8], iterations: Int, hash: ScramHash
    ) throws(ScramFault) -> ScramKeys {
        guard iterations > 0, !salt.isEmpty else { throw .badParameters }
        guard let salted = hash.stretch(password.bytes, salt: salt, iterations: iterations) else {
            throw .derivationFailed
        }
        let clientKey = hash.authenticate(Array("Client Key".utf8), key: salted)
        return ScramKeys(
            salt: salt, iterations: iterations, storedKey: hash.digest(clientKey),
            serverKey: hash.authenticate(Array("Server Key".utf8), key: salted))
    }
}

/// Why SCRAM keys could not be derived.
public enum ScramFault: Error, Sendable, Equatable {
    /// No salt, or fewer than one iteration.
    case badParameters
    /// The cryptographic library refused.
    case derivationFailed
}
