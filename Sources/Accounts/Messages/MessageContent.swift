// What a message carries, as far as keeping, copying and refusing it depend on it.

import XML
import XMPP

/// What stands in a message, seen in one look at its children.
struct MessageContent: OptionSet, Sendable {
    let rawValue: UInt32

    static let body = MessageContent(rawValue: 1 << 0)
    /// Encrypted for the recipient (XEP-0380).
    static let encrypted = MessageContent(rawValue: 1 << 1)
    /// A receipt, or the wish for one (XEP-0184).
    static let receipt = MessageContent(rawValue: 1 << 2)
    /// A displayed marker, or the wish for one (XEP-0333).
    static let marker = MessageContent(rawValue: 1 << 3)
    /// A chat state (XEP-0085), or a message event of old (XEP-0022).
    static let chatState = MessageContent(rawValue: 1 << 4)
    /// A correction, retraction or reaction (XEP-0308, XEP-0424, XEP-0444).
    static let change = MessageContent(rawValue: 1 << 5)
    /// A call that begins or ends (XEP-0353).
    static let call = MessageContent(rawValue: 1 << 6)
    /// An invitation to a room, direct (XEP-0249) or mediated by it (XEP-0045 §7.8.2).
    static let invitation = MessageContent(rawValue: 1 << 7)
    /// The child by which rooms mark private messages (XEP-0045 §7.5), and which is no invitation.
    static let roomUser = MessageContent(rawValue: 1 << 8)
    /// The sender wants no copies (XEP-0280 §9), by `<private/>` or by the hint.
    static let uncopied = MessageContent(rawValue: 1 << 9)
    /// The hint not to keep it anywhere (XEP-0334 §4.2).
    static let noStore = MessageContent(rawValue: 1 << 10)
    /// The hint not to keep it for good (XEP-0334 §4.1).
    static let noPermanentStore = MessageContent(rawValue: 1 << 11)
    /// The hint to keep it (XEP-0334 §4.4).
    static let store = MessageContent(rawValue: 1 << 12)
    /// Anything that still means something later: all but chat states, hints, ids and the thread.
    static let lasting = MessageContent(rawValue: 1 << 13)

    init(rawValue: UInt32) { self.rawValue = rawValue }

    init(_ message: Stanza) {
        self = []
        for child in message.payload { formUnion(Self.mark(child)) }
    }

    private static func mark(_ child: XML.Element) -> MessageContent {
        switch child.namespace {
        case NS.client: child.name == "body" ? [.body, .lasting] : child.name == "thread" ? [] : .lasting
        case NS.chatStates, NS.legacyEvents: .chatState
        case NS.hints: hint(child.name)
        case NS.carbons: child.name == "private" ? .uncopied : .lasting
        case NS.sid: []
        case NS.encryption: [.encrypted, .lasting]
        case NS.receipts: [.receipt, .lasting]
        case NS.chatMarkers: [.marker, .lasting]
        case NS.correction, NS.retraction, NS.retraction0, NS.fastening, NS.reactions: [.change, .lasting]
        case NS.jingleMessage: [.call, .lasting]
        case NS.conference: child.name == "x" ? [.invitation, .lasting] : .lasting
        case NS.mucUser: [child.child("invite", NS.mucUser) == nil ? .roomUser : .invitation, .lasting]
        default: .lasting
        }
    }

    private static func hint(_ name: String) -> MessageContent {
        switch name {
        case "no-store": .noStore
        case "no-permanent-store": .noPermanentStore
        case "no-copy": .uncopied
        case "store": .store
        default: []
        }
    }
}

extension Stanza {
    /// Whether it is a private message that a room passed on (XEP-0045 §7.5).
    func isPrivateFromRoom(_ content: MessageContent) -> Bool {
        kind == .message && content.contains(.roomUser) && !content.contains(.invitation) && from?.resource != nil
    }
}
