// What an account has to tell, in order, held until the commit.

import DialectKit
import Host
import XMPP

/// Everything one batch of an account has to tell. Released whole when the batch is durable; dropped whole if it fails
/// (law 3).
struct AccountOutbox {
    enum Item {
        /// A rendered stanza for one resource.
        case told(Template, AddressHole, Port)
        /// A complete stanza for an outlet.
        case direct([UInt8], Port)
        /// A stanza that goes through the router.
        case route(Envelope)
        /// Something else that may happen once the batch is durable.
        case work(@Sendable (isolated Shard) -> Void)
        case complete(Envelope)
    }

    private(set) var items: [Item] = []
    /// What the batch took from the mailbox, to be answered or taken up again if it fails.
    private(set) var taken: [AccountLoop.Post] = []

    mutating func add(_ item: Item) { items.append(item) }

    /// The effect of a post is in this batch; that of an envelope is owed to whoever sent it.
    mutating func owe(_ post: AccountLoop.Post) {
        taken.append(post)
        if let envelope = post.envelope { items.append(.complete(envelope)) }
    }

    /// Hands everything over, in order.
    func release(on shard: isolated Shard) {
        for item in items {
            switch item {
            case .told(let template, let address, let port): shard.tell([template], to: address, at: port)
            case .direct(let bytes, let port): shard.write(bytes, to: port)
            case .route(let envelope): shard.route(envelope)
            case .work(let work): work(shard)
            case .complete(let envelope): shard.complete(envelope)
            }
        }
    }
}
