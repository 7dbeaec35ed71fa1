// Every limit of the store, by name.

/// The limits of a store. Past one of them a call is refused with `StorageFault.busy` or `.limit` naming it.
public struct StorageLimits: Sendable, Equatable {
    /// The most rows one transaction takes from the queue (a larger batch goes alone). Rows; default 512.
    public var groupRows = 512
    /// The most rows waiting to be written, past it `.busy`. Rows; default 65,536.
    public var queuedRows = 65_536
    /// The most reads waiting for a reader, past it `.busy`. Calls; default 4,096.
    public var waitingReads = 4_096
    /// How many reads run at a time. Connections; default 4.
    public var readers = 4
    /// The most rows a page answers, whatever was asked for. Rows; default 1,000.
    public var pageRows = 1_000
    /// The most entries in one roster. Entries; default 2,000.
    public var rosterItems = 2_000
    /// The most waiting subscription requests of one account. Requests; default 500.
    public var subscriptionRequests = 500
    /// The most offline messages of one account. Messages; default 1,000.
    public var offlineMessages = 1_000
    /// The most slots (private XML, vCard …) of one account. Slots; default 100.
    public var slots = 100
    /// The most addresses one account blocks. Addresses; default 1,000.
    public var blockedAddresses = 1_000
    /// The most stays in channels that one account remembers. Stays; default 1,000.
    public var channelStays = 1_000
    /// The most PEP nodes of one account. Nodes; default 500.
    public var nodes = 500
    /// The most items one node keeps; older ones go. Items; default 1,000.
    public var itemsPerNode = 1_000
    /// The most payload of items that one answer holds, whatever was asked for. Bytes; default 4,194,304.
    public var itemsBytes = 4_194_304
    /// The largest item. Bytes; default 262,144.
    public var itemBytes = 262_144

    /// The defaults.
    public init() {}

    /// The defaults.
    public static let `default` = StorageLimits()

    /// A page size that was asked for, brought into 0 ... `pageRows`.
    public func page(_ limit: Int) -> Int { min(max(limit, 0), pageRows) }
}
