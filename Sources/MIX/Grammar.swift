// The generations of MIX, and wherein they differ, as data.

public import Rooms
import XMPP

/// One way of speaking MIX. All of them speak of the same rooms; what sets them apart stands here and nowhere else.
public enum Grammar: String, Sendable, CaseIterable {
    /// XEP-0369 with `urn:xmpp:mix:core:1`, and its family.
    case current = "mix"
    /// The same with `urn:xmpp:mix:core:0` (0.10.2 to 0.14.1).
    case core0 = "mix-core-0"
    /// XEP-0369 0.2.1.
    case v021 = "mix-0.2.1"
    /// The ProtoXEP 0.0.1.
    case v001 = "mix-0.0.1"
    /// `urn:xmpp:mix:0`, which the two drafts share, of a client that has not shown yet which it speaks (rule X-03).
    case undetermined = "mix-0"
    /// The same of an account of another server whose clients have shown both.
    case both = "mix-0-both"

    public var id: DialectID { DialectID(rawValue) }

    init?(_ id: DialectID) { self.init(rawValue: id.text) }

    /// How a participant is addressed.
    enum Addresses: Sendable {
        /// `P#coven@mix`
        case encoded
        /// `coven+P@mix`
        case proxied
    }

    /// How somebody's words or presence are written.
    enum Shape: Sendable {
        /// A stanza of today.
        case stanza
        /// A stanza from the proxy address.
        case proxiedStanza
        /// A notification of publish-subscribe.
        case event
    }

    /// Where the drafts' namespace is spoken.
    var isDraft: Bool { self == .v021 || self == .v001 || isDouble }

    /// It is told everything as both drafts have it.
    private var isDouble: Bool { self == .undetermined || self == .both }

    /// The namespace of joining, leaving and what comes with them.
    var core: String {
        switch self {
        case .current: NS.mixCore
        case .core0: NS.mixCore0
        case .v021, .v001, .undetermined, .both: NS.mix0
        }
    }

    /// That of preferences and of the map of addresses.
    var anonymity: String { isDraft ? NS.mix0 : NS.mixAnonymous }

    var addresses: Addresses { isDraft ? .proxied : .encoded }

    /// How it is told what is said; whoever may speak either draft gets both (rule X-03).
    var words: [Shape] {
        switch self {
        case .current, .core0: [.stanza]
        case .v021: [.proxiedStanza]
        case .v001: [.event]
        case .undetermined, .both: [.proxiedStanza, .event]
        }
    }

    /// How it is told of presence.
    var presence: [Shape] { words }

    /// The end of presence by leaving is an event too where the drafts show it so (rule mix-0.2.1 O-11).
    var retractsPresence: Bool { isDraft }

    /// A participants item repeats the address, proxied where the real one is hidden; 0.2.1 leaves it out (rule X-07).
    var namesAddresses: Bool { self == .v001 || isDouble }

    /// The real address stands for a participant wherever it may be seen: in joins and as publisher (rules ).
    var prefersRealAddresses: Bool { self == .v001 }
}
