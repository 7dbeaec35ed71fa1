// Every limit of reading an archive, with its name and default.

/// The limits of one query, in rooms and accounts alike (law 8). A page that is cut by one says so: it is not complete.
public struct ArchiveLimits: Sendable, Equatable {
    /// Messages of a page whose size nobody named. Messages; default 50.
    public var page = 50
    /// Most messages of one page, whatever was asked for. Messages; default 250.
    public var largestPage = 250
    /// Bytes of one page after which it ends, at least one message long. Bytes; default 1 MiB.
    public var pageBytes = 1_048_576
    /// Most ids in one query. Ids; default 250.
    public var ids = 250
    /// Messages looked at for one page of those by a certain author, after which the page ends. Default 10,000.
    public var searched = 10_000
    /// Queries one account may have open in one archive. Queries; default 3.
    public var openQueries = 3

    /// The defaults.
    public init() {}

    /// How many messages a page has that was asked for with `max`; 0 asks for none (XEP-0059 §2.7).
    public func size(asked max: Int?) -> Int { min(max ?? page, largestPage) }
}
