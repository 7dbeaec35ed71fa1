// What clients can, by the hash they tell, so that each kind of client is asked once.

import DequeModule
import Streams
import XMPP

/// The nodes that clients want to hear of, by verified hash (XEP-0115 §5.4). Confined to a shard.
final class CapabilitiesCache {
    private let most: Int
    private var interests: [Capabilities: Set<String>] = [:]
    /// The oldest first.
    private var order: Deque<Capabilities> = []

    /// - Parameter most: kinds of clients that are remembered; the oldest go.
    init(most: Int) { self.most = most }

    /// What clients that say this want to hear of, if it has been verified.
    subscript(_ capabilities: Capabilities) -> Set<String>? { interests[capabilities] }

    /// Takes the answer of a client to the question what it can, and remembers it if its hash is right.
    ///
    /// - Returns: what this client wants to hear of.
    func take(_ info: DiscoInfo, for capabilities: Capabilities) -> Set<String> {
        let wanted = Self.interests(in: info)
        let isVerified =
            capabilities.hash == CapabilitiesHash.name && CapabilitiesHash.ver(of: info) == capabilities.ver
        guard isVerified, most > 0, interests[capabilities] == nil else { return wanted }
        if order.count >= most, let oldest = order.popFirst() { interests[oldest] = nil }
        interests[capabilities] = wanted
        order.append(capabilities)
        return wanted
    }

    /// XEP-0060 §9.2: the node's name with `+notify` behind.
    private static func interests(in info: DiscoInfo) -> Set<String> {
        let mark = "+notify"
        return Set(info.features.filter { $0.hasSuffix(mark) }.map { String($0.dropLast(mark.count)) })
    }
}
