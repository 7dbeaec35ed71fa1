// What the account side is told at its start.

public import XMPP

/// The settings of the account side of one server.
public struct AccountsSetup: Sendable {
    /// The domain accounts live in.
    public var domain: String
    /// Domains that disco#items of the server lists, with their names for people.
    public var services: [DiscoItems.Item]
    /// Whether strangers may make accounts (XEP-0077).
    public var isRegistrationOpen: Bool
    /// The name and version that XEP-0092 tells.
    public var version: (name: String, version: String)
    public var limits: AccountLimits
    /// Runs work that takes a millisecond or more away from the loops.
    public var offload: @Sendable (@escaping @Sendable () -> Void) -> Void

    public init(
        domain: String, services: [DiscoItems.Item] = [], isRegistrationOpen: Bool = false,
        version: (name: String, version: String), limits: AccountLimits = AccountLimits(),
        offload: @escaping @Sendable (@escaping @Sendable () -> Void) -> Void
    ) {
        self.domain = domain
        self.services = services
        self.isRegistrationOpen = isRegistrationOpen
        self.version = version
        self.limits = limits
        self.offload = offload
    }
}

/// Every limit of the account side, with its name and default (law 8).
public struct AccountLimits: Sendable, Equatable {
    /// Resources of one account at a time.
    public var resourcesPerAccount = 32
    /// Addresses to which one resource has sent directed presence.
    public var directedPresences = 1_000
    /// Seconds a client has to authenticate and bind.
    public var negotiationSeconds = 60
    /// Seconds of silence after which the server sends a space, so that a dead link is noticed.
    public var keepaliveSeconds = 240
    /// Seconds without a byte from a client after which it is asked with a ping (XEP-0199).
    public var silenceSeconds = 900
    /// Seconds between two looks at all connections of a loop.
    public var sweepSeconds = 20
    /// Octets of a password.
    public var passwordBytes = 1_023
    /// Accounts one connection may register.
    public var registrationsPerConnection = 1
    /// Stanzas that wait for an account to be read from disk.
    public var accountMailbox = 1_000
    /// Stanzas that an account takes up at once, and stores in one transaction.
    public var batchPosts = 256

    public init() {}
}
