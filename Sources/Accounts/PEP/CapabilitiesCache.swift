// What clients can, by the hash they tell, so that each kind of client is asked once.

import DequeModule
import Streams
import XMPP

/// What kinds of clients can, by verified hash (XEP-0115 §5.4). Confined to a shard.
final class CapabilitiesCache {
    private let most: Int
    private var traits: [Capabilities: ClientTraits] = [:]
    /// The oldest first.
    private var order: Deque<Capabilities> = []

    /// - Parameter most: kinds of clients that are remembered; the oldest go.
    init(most: Int) { self.most = most }

    /// What clients that say this can, if it has been verified.
    subscript(_ capabilities: Capabilities) -> ClientTraits? { traits[capabilities] }

    /// Takes the answer of a client to the question what it can, and remembers it if its hash is right.
    ///
    /// - Returns: what this client can.
    func take(_ info: DiscoInfo, for capabilities: Capabilities) -> ClientTraits {
        let told = ClientTraits(info)
        let isVerified =
            capabilities.hash == CapabilitiesHash.name && CapabilitiesHash.ver(of: info) == capabilities.ver
        guard isVerified, most > 0, traits[capabilities] == nil else { return told }
        if order.count >= most, let oldest = order.popFirst() { traits[oldest] = nil }
        traits[capabilities] = told
        order.append(capabilities)
        return told
    }
}
