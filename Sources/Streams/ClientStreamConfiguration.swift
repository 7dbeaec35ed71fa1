// How a server treats the streams of its clients: the same value for all of a listener's connections.

public import XML

/// Settings of client streams.
public struct ClientStreamConfiguration: Sendable {
    /// Whether streams are encrypted by STARTTLS. On a direct TLS listener call `secured(_:)` before anything else.
    public enum Encryption: Sendable, Equatable {
        /// Nothing else is offered until TLS is up.
        case required
        /// STARTTLS is offered, logins with SCRAM are possible without.
        case offered
        /// There is no certificate to do TLS with.
        case unavailable
    }

    /// The domain accounts live in, prepared (RFC 7622 §3.2).
    public var domain: String
    /// Whether STARTTLS is demanded, offered or impossible.
    public var encryption: Encryption
    /// Whether connections from loopback addresses may go without TLS, and use PLAIN even so.
    public var plainOnLoopback: Bool
    /// Whether a client that has no account may ask for one on its stream (XEP-0077), where nobody can listen.
    public var registration: Bool
    /// Stand in for accounts that do not exist.
    public var decoys: DecoyCredentials
    /// Features beyond binding, offered once the client is authenticated.
    public var sessionFeatures: [Element]
    /// What a client may use.
    public var limits: StreamLimits

    /// Settings for the accounts of `domain`.
    public init(
        domain: String, encryption: Encryption = .required, plainOnLoopback: Bool = false, registration: Bool = false,
        decoys: DecoyCredentials, sessionFeatures: [Element] = [], limits: StreamLimits = StreamLimits()
    ) {
        self.domain = domain
        self.encryption = encryption
        self.plainOnLoopback = plainOnLoopback
        self.registration = registration
        self.decoys = decoys
        self.sessionFeatures = sessionFeatures
        self.limits = limits
    }
}
