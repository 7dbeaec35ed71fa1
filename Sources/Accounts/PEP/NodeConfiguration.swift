// How a PEP node is configured, and how it is stored.

import XML
import XMPP

/// The configuration of one node (XEP-0060 §16.4.4); the defaults are those of XEP-0163 §5.
struct NodeConfiguration: Sendable, Equatable {
    /// Who may read it (XEP-0060 §4.5).
    enum Access: String, Sendable, CaseIterable {
        case open
        case presence
        case roster
        case whitelist
    }

    /// When the last item goes to whoever comes online.
    enum LastItem: String, Sendable, CaseIterable {
        case never
        case onSubscription = "on_sub"
        case onSubscriptionAndPresence = "on_sub_and_presence"
    }

    /// The type of the messages that notify (XEP-0060 §16.4.4).
    enum Notification: String, Sendable, CaseIterable {
        case headline
        case normal
    }

    var title = ""
    var access = Access.presence
    /// The roster groups whose members may read it where `access` is `roster`.
    var groups: [String] = []
    var persistsItems = true
    /// The newest items that stay; `Int.max`: as many as the server keeps.
    var maxItems = 1
    var lastItem = LastItem.onSubscriptionAndPresence
    var deliversPayloads = true
    var notifiesRetraction = true
    var notifiesDeletion = true
    var notifiesConfiguration = false
    var notification = Notification.headline
    /// The namespace of the payloads, for people; empty: not said.
    var payloadType = ""
    /// Seconds after which an item is not answered any more; nil: never.
    var itemExpiry: Int?

    /// How many items are stored: of a node that persists none, at most the one for whoever comes online.
    var keep: Int { persistsItems ? maxItems : lastItem == .never ? 0 : 1 }

    /// A node only its owner may read, with as many items as there are (XEP-0223 §3, XEP-0402 §3.3).
    static let ofPrivateStorage: NodeConfiguration = {
        var configuration = NodeConfiguration()
        configuration.access = .whitelist
        configuration.maxItems = .max
        configuration.lastItem = .never
        return configuration
    }()

    // MARK: Storing

    /// The bytes that stand in the store: what a client would submit.
    var stored: [UInt8] { form(.submit).element.bytes(in: "") }

    /// A configuration from the store; what cannot be read of it is as in the narrowest one, so that nothing becomes
    /// readable by damage.
    init(stored bytes: [UInt8]) {
        guard let element = try? Element(parsing: bytes, in: ""), let form = DataForm(reading: element),
            let read = try? NodeConfiguration().applying(form, mostItems: .max)
        else {
            self = Self.ofPrivateStorage
            return
        }
        self = read
    }

    init() {}
}
