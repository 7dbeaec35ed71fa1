// What one batch of an account changes in the store.

/// One change of an account. A batch of them is written in one transaction, in order, whole or not at all.
public enum AccountWrite: Sendable, Hashable {
    /// Adds or replaces an entry of the roster, whose version rises by one. Faults: `.limit("rosterItems")`.
    case roster(RosterRecord)
    /// Removes the entry of a bare JID; the version rises by one if there was one.
    case rosterRemoval(String)
    /// Adds or replaces the request of one JID. Faults: `.limit("subscriptionRequests")`.
    case request(SubscriptionRequest)
    /// Removes the request of one JID; none is no error.
    case requestRemoval(String)
    /// Blocks a JID; again is no error. Faults: `.limit("blockedAddresses")`.
    case block(String)
    /// Blocks a JID no more; none is no error.
    case unblock(String)
    /// Keeps a message that came at `time` (milliseconds since 1970 UTC). Faults: `.limit("offlineMessages")`.
    case offline(time: Int64, stanza: [UInt8])
    /// Removes the offline messages up to a place, which is included.
    case offlineRemoval(through: Int64)
    /// Replaces what is kept under a namespace; nil removes it. Faults: `.limit("slots")`.
    case slot(String, [UInt8]?)
    /// Sets the key of the archive ids.
    case secret([UInt8])
    /// Archives a message, whose `seq` is the last one plus one and whose time is later than the last one's.
    /// Faults: `.conflict(.archiveOutOfOrder)`.
    case archived(ArchivedMessage)
    /// Adds a stay in a channel, or replaces the one that began in the same place. Faults: `.limit("channelStays")`.
    case stay(ChannelStay)
    /// Removes the stay in a channel that began in this place; none is no error.
    case stayRemoval(channel: String, from: UInt64)
    /// Adds a PEP node, or replaces its configuration. Faults: `.limit("nodes")`.
    case node(NodeRecord)
    /// Removes a node with its items; none is no error.
    case nodeRemoval(String)
    /// Adds an item to a node, or replaces the one of its id, and makes it the newest; of all, the `keep` newest stay
    /// (at most `StorageLimits.itemsPerNode`). Faults: `.limit("itemBytes")`, `.conflict(.nodeMissing)`.
    case item(ItemRecord, keep: Int)
    /// Removes an item; none is no error.
    case itemRemoval(node: String, id: String)
    /// Removes all items of a node.
    case purge(node: String)
}
