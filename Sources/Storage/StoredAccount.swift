// An account as its loop loads it: everything it decides on, at once.

/// What is stored of an account, without its messages and items.
public struct StoredAccount: Sendable, Equatable {
    /// Name, credentials, creation.
    public var record: AccountRecord
    /// The roster.
    public var roster: Roster
    /// The requests that wait for the account's answer, in the order of their JIDs.
    public var requests: [SubscriptionRequest]
    /// The JIDs it blocks, in their order (bytes of UTF-8).
    public var blocked: [String]
    /// How many offline messages wait.
    public var offlineCount: Int
    /// Under which namespaces something is kept, in their order (bytes of UTF-8).
    public var slots: [String]
    /// The key of its archive ids, nil before the first.
    public var secret: [UInt8]?
    /// `seq` of the last message archived, 0 before the first. It never falls, whatever is deleted.
    public var archiveHead: UInt64
    /// The time of the last message archived, milliseconds since 1970 UTC; 0 before the first.
    public var archiveTime: Int64
    /// How many messages of channels were archived. It never falls.
    public var archivedGroupchat: UInt64
    /// Its stays in channels, in the order of the channels (bytes of UTF-8) and of their beginnings.
    public var stays: [ChannelStay]
    /// Its PEP nodes, in the order of their names (bytes of UTF-8).
    public var nodes: [NodeRecord]

    /// An account that has nothing yet.
    public init(record: AccountRecord) {
        self.record = record
        roster = Roster(version: 0, items: [])
        requests = []
        blocked = []
        offlineCount = 0
        slots = []
        archiveHead = 0
        archiveTime = 0
        archivedGroupchat = 0
        stays = []
        nodes = []
    }
}
