// What the account side is told at its start.

public import Storage
public import XML
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
    /// The limits of the store, which are the account's where it keeps something.
    public var storage: StorageLimits
    /// The limits of one query of an archive.
    public var archive: ArchiveLimits
    /// Runs work that takes a millisecond or more away from the loops.
    public var offload: @Sendable (@escaping @Sendable () -> Void) -> Void

    public init(
        domain: String, services: [DiscoItems.Item] = [], isRegistrationOpen: Bool = false,
        version: (name: String, version: String), limits: AccountLimits = AccountLimits(),
        storage: StorageLimits = .default, archive: ArchiveLimits = ArchiveLimits(),
        offload: @escaping @Sendable (@escaping @Sendable () -> Void) -> Void
    ) {
        self.domain = domain
        self.services = services
        self.isRegistrationOpen = isRegistrationOpen
        self.version = version
        self.limits = limits
        self.storage = storage
        self.archive = archive
        // a page is read with one message more, which tells whether it is all
        self.archive.largestPage = min(archive.largestPage, max(1, storage.pageRows - 1))
        self.offload = offload
    }

    /// What a stream offers because of the accounts: roster versions (RFC 6121 §2.6.1), approval of subscriptions
    /// before they are asked for (§3.4.1), and what the server can (XEP-0115 §6.3).
    public var streamFeatures: [Element] {
        [Element("ver", NS.rosterVersioning), Element("sub", NS.preApproval)]
            + (HostInfo(self, .standard).capabilities.map { [$0.element] } ?? [])
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
    /// Groups of one contact on a roster.
    public var groupsPerContact = 100
    /// Octets of a contact's name, and of a group's.
    public var rosterNameBytes = 1_023
    /// Accounts one connection may register.
    public var registrationsPerConnection = 1
    /// Seconds for which a session waits for a client that lost its connection (XEP-0198 §5); 0: none waits.
    public var resumptionSeconds = 600
    /// Stanzas collected for a client that lost its connection, past which its session ends.
    public var hibernationStanzas = 1_000
    /// Octets of those.
    public var hibernationBytes = 4_194_304
    /// Stanzas that a connected client may leave unacknowledged before its stream ends.
    public var unacknowledgedStanzas = 20_000
    /// Octets of those.
    public var unacknowledgedBytes = 33_554_432
    /// Seconds until a request for acknowledgement is answered although some stanza is still in work.
    public var acknowledgementSeconds = 2
    /// Sessions of one loop that are over and of which is remembered what was handled.
    public var endedSessions = 1_000
    /// Stanzas that wait for an account to be read from disk.
    public var accountMailbox = 1_000
    /// Resources of one account and of its contacts that may hear of its nodes.
    public var listenersPerAccount = 1_000
    /// Kinds of clients whose capabilities each loop remembers.
    public var capabilitiesRemembered = 1_000
    /// Octets of what an account keeps under one namespace: a vCard, an element of private XML.
    public var slotBytes = 262_144
    /// Requests to channels that one account has open.
    public var channelRequests = 64
    /// Clients of the drafts of MIX that an account remembers for one channel.
    public var clientsPerChannel = 8
    /// Channels to which one client speaks, other than those of its account's roster.
    public var channelsPerClient = 1_000
    /// Things that clients of one account say to channels and of which it has yet to learn; of more it learns nothing.
    public var waitingVentures = 1_000
    /// Channels whose messages one query of an account's archive may want.
    public var channelsPerQuery = 100
    /// Stanzas that an account takes up at once, and stores in one transaction.
    public var batchPosts = 256

    /// Messages an account's resources sent lately, of which it remembers that copies were made: copies are then made
    /// of errors that answer them.
    public var copiedMessages = 64

    public init() {}
}
