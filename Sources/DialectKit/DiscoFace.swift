// What a dialect says of a room or a service when somebody looks for what it is.

public import Rooms
public import XMPP

/// Identities, features and forms: those of all dialects of a domain together are its answer (XEP-0030).
public struct DiscoFace: Sendable {
    public var identities: [DiscoInfo.Identity]
    public var features: [String]
    public var forms: [DataForm]

    public init(identities: [DiscoInfo.Identity] = [], features: [String] = [], forms: [DataForm] = []) {
        self.identities = identities
        self.features = features
        self.forms = forms
    }

    /// Adds what another dialect says; nothing is said twice.
    public mutating func add(_ other: DiscoFace) {
        identities += other.identities.filter { !identities.contains($0) }
        features += other.features.filter { !features.contains($0) }
        forms += other.forms.filter { !forms.contains($0) }
    }
}

/// Who asks something of a service itself, and what may be told to it.
public struct ServiceAsker: Sendable {
    public let stanza: Stanza
    public let from: JID
    /// The domain that was asked.
    public let domain: String
    /// It may make rooms here.
    public let mayCreate: Bool

    public init(_ stanza: Stanza, from: JID, domain: String, mayCreate: Bool) {
        self.stanza = stanza
        self.from = from
        self.domain = domain
        self.mayCreate = mayCreate
    }
}

/// What a request to a service wants.
public enum ServiceIntent: Sendable {
    /// Answered at once.
    case reply(Stanza)
    /// One of its rooms answers, in the service's name; nil: one whose name the service makes.
    case room(String?)
    /// The room in which the service keeps what is its own.
    case ownRoom
    /// Answered with those of its rooms that the asker may find, as many as fit on a page; the asker speaks this.
    case rooms(DialectID, @Sendable ([DiscoItems.Item]) -> Stanza)
}
