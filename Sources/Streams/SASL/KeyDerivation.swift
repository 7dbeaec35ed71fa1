// The slow step of a PLAIN login, packed up to be done away from the event loop.

/// A key derivation to be done elsewhere: hand the result of `keys()` to `ClientStream.derived(_:)`.
public struct KeyDerivation: Sendable, Equatable {
    /// The password the client sent.
    public let password: Password
    /// The salt of the account's stored keys.
    public let salt: [UInt8]
    /// PBKDF2 rounds of the account's stored keys.
    public let iterations: Int
    /// The hash of the account's stored keys.
    public let hash: ScramHash

    /// Does the work: about a millisecond per 10,000 iterations.
    public func keys() throws(ScramFault) -> ScramKeys {
        try ScramKeys.derive(password, salt: salt, iterations: iterations, hash: hash)
    }
}
