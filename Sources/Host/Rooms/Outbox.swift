// What a room has to tell, in order, held until the commit.

import DialectKit
import XMPP

/// Everything one batch has to tell. Released whole when the batch is durable; dropped whole if it fails (law 3).
struct Outbox: Sendable {
    enum Item: Sendable {
        case fan(Fan, shard: Int)
        /// Stanzas for one seat.
        case told([Template], AddressHole, Port)
        /// A complete stanza for an outlet.
        case direct([UInt8], Port)
        /// A stanza that goes through the router.
        case route(Stanza)
        /// A stanza has had its effect.
        case complete(Port, ticket: UInt64)
    }

    private(set) var items: [Item] = []
    /// The stanzas of the batch that wait for its commit, to be answered if it fails.
    private(set) var waiting: [Envelope] = []

    mutating func add(_ item: Item) { items.append(item) }

    /// A stanza's effect is in this batch.
    mutating func owe(_ envelope: Envelope) {
        waiting.append(envelope)
        if let origin = envelope.origin { items.append(.complete(origin, ticket: envelope.ticket)) }
    }

    /// Hands everything over, in order.
    func release(on shard: isolated Shard) {
        for item in items {
            switch item {
            case .fan(let fan, let target): shard.deliver(fan, to: target)
            case .told(let templates, let address, let port): shard.tell(templates, to: address, at: port)
            case .direct(let bytes, let port): shard.write(bytes, to: port)
            case .route(let stanza): shard.route(stanza)
            case .complete(let port, let ticket): shard.completed(ticket, at: port)
            }
        }
    }
}
