// What is remembered of a kind of client.

import Rooms
import XMPP

/// What of a client's features means something to its account.
struct ClientTraits: Sendable, Equatable {
    /// The nodes it wants to hear of (XEP-0060 §9.2): each is a feature with `+notify` behind.
    var interests: Set<String>
    /// What it speaks of MIX; nil: nothing.
    var tongue: DialectID?

    init(_ info: DiscoInfo) {
        let mark = "+notify"
        interests = Set(info.features.filter { $0.hasSuffix(mark) }.map { String($0.dropLast(mark.count)) })
        tongue = Tongue.of(features: info.features)
    }
}
