// The rows of personal eventing (XEP-0163): an account's nodes and their items.

/// A node of an account.
public struct NodeRecord: Sendable, Hashable {
    /// Its name (XEP-0060 §4).
    public var name: String
    /// How it is configured; the writer's own encoding.
    public var configuration: [UInt8]

    /// A node from its columns.
    public init(name: String, configuration: [UInt8]) {
        self.name = name
        self.configuration = configuration
    }
}

/// An item published to a node.
public struct ItemRecord: Sendable, Hashable {
    /// The node's name.
    public var node: String
    /// Its id, unique in the node.
    public var id: String
    /// Bare JID of who published it, if that is kept.
    public var publisher: String?
    /// When it was published, milliseconds since 1970 UTC.
    public var time: Int64
    /// The whole payload.
    public var payload: [UInt8]

    /// An item from its columns.
    public init(node: String, id: String, publisher: String? = nil, time: Int64, payload: [UInt8]) {
        self.node = node
        self.id = id
        self.publisher = publisher
        self.time = time
        self.payload = payload
    }
}

/// Which items of a node. Whatever is asked for, an answer holds at most `StorageLimits.itemsBytes` of payload, and at
/// least one item if there is one.
public enum ItemSelection: Sendable, Hashable {
    /// The newest, at most so many (and `StorageLimits.pageRows`).
    case newest(Int)
    /// The newest of those that are older than the one of this id, at most so many; none if there is no such item.
    case older(than: String, Int)
    /// Those of these ids that there are, at most `StorageLimits.pageRows`.
    case ids([String])
}
