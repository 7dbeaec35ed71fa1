// The rows of an account: credentials, roster, waiting requests and messages.

/// What SCRAM keeps of a password for one hash (RFC 5802 §3).
public struct ScramRecord: Sendable, Hashable {
    /// Salt, octets.
    public var salt: [UInt8]
    /// Iteration count, 4,096 or more.
    public var iterations: Int
    /// StoredKey.
    public var storedKey: [UInt8]
    /// ServerKey.
    public var serverKey: [UInt8]

    /// A record from its parts.
    public init(salt: [UInt8], iterations: Int, storedKey: [UInt8], serverKey: [UInt8]) {
        self.salt = salt
        self.iterations = iterations
        self.storedKey = storedKey
        self.serverKey = serverKey
    }
}

/// What is kept of a password; the password itself is not.
public struct Credentials: Sendable, Hashable {
    /// For SCRAM-SHA-1.
    public var sha1: ScramRecord
    /// For SCRAM-SHA-256.
    public var sha256: ScramRecord

    /// Credentials for both hashes.
    public init(sha1: ScramRecord, sha256: ScramRecord) {
        self.sha1 = sha1
        self.sha256 = sha256
    }
}

/// An account.
public struct AccountRecord: Sendable, Hashable {
    /// The localpart, prepared (RFC 7622 §3.3).
    public var name: String
    /// What is kept of its password.
    public var credentials: Credentials
    /// When it was created, milliseconds since 1970 UTC.
    public var created: Int64

    /// An account from its columns.
    public init(name: String, credentials: Credentials, created: Int64) {
        self.name = name
        self.credentials = credentials
        self.created = created
    }
}

/// One entry of a roster (RFC 6121 §2.1.2).
public struct RosterRecord: Sendable, Hashable {
    /// Bare JID of the contact.
    public var jid: String
    /// The name the owner gave, if one.
    public var name: String?
    /// The subscription state; the writer's own numbering.
    public var subscription: UInt8
    /// A request of the owner waits for an answer.
    public var ask: Bool
    /// The owner approved a request before it came (RFC 6121 §3.4).
    public var approved: Bool
    /// The groups, in the order given.
    public var groups: [String]
    /// What the account knows of the channel it takes part in under this JID (XEP-0405 §2.9), in the writer's own
    /// words; nil of contacts.
    public var channel: String?

    /// An entry from its columns.
    public init(
        jid: String, name: String? = nil, subscription: UInt8 = 0, ask: Bool = false, approved: Bool = false,
        groups: [String] = [], channel: String? = nil
    ) {
        self.jid = jid
        self.name = name
        self.subscription = subscription
        self.ask = ask
        self.approved = approved
        self.groups = groups
        self.channel = channel
    }
}

/// A whole roster.
public struct Roster: Sendable, Equatable {
    /// Rises by one with every change (RFC 6121 §2.6); 0 before the first.
    public var version: Int64
    /// The entries, in the order of their JIDs (bytes of UTF-8).
    public var items: [RosterRecord]

    /// A roster from its parts.
    public init(version: Int64, items: [RosterRecord]) {
        self.version = version
        self.items = items
    }
}

/// Somebody's request to subscribe that waits for the account's answer (RFC 6121 §3.1.3).
public struct SubscriptionRequest: Sendable, Hashable {
    /// Bare JID of who asks.
    public var from: String
    /// The whole presence stanza as it came.
    public var stanza: [UInt8]

    /// A request from its columns.
    public init(from: String, stanza: [UInt8]) {
        self.from = from
        self.stanza = stanza
    }
}

/// A message that waits for its account to come online.
public struct OfflineMessage: Sendable, Hashable {
    /// Its place in the store, rising in the order of storing; the store gives it.
    public var place: Int64
    /// When it came, milliseconds since 1970 UTC.
    public var time: Int64
    /// The whole stanza.
    public var stanza: [UInt8]

    /// A message from its columns.
    public init(place: Int64, time: Int64, stanza: [UInt8]) {
        self.place = place
        self.time = time
        self.stanza = stanza
    }
}
