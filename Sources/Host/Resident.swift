// Who lives at a domain, on one shard.

/// Receives what is addressed to a domain and placed on its shard. Confined to that shard.
public protocol Resident: AnyObject {
    /// Takes a stanza. Whoever sent it with an origin is owed exactly one `Shard.complete` (law 3).
    func receive(_ envelope: Envelope, on shard: isolated Shard)

    /// A tick ends: do what was collected.
    func endTick(on shard: isolated Shard)

    /// The service goes down: say goodbye; what must be written is written before the store closes.
    func shutDown(on shard: isolated Shard)

    /// Whether nothing waits to be written or told.
    func isQuiet(on shard: isolated Shard) -> Bool

    /// A room tells what became of one of the accounts in it. Only who looks after accounts hears of that.
    func take(_ notice: ChannelNotice, on shard: isolated Shard)
}

extension Resident {
    public func take(_ notice: ChannelNotice, on shard: isolated Shard) {}
}
