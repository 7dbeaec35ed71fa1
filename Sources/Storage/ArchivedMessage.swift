// The rows of an account's archive, and how a page of them is asked for.

/// A message in the archive of an account (XEP-0313 §3.2).
public struct ArchivedMessage: Sendable, Hashable {
    /// Its place in the archive: 1, 2, 3 …
    public var seq: UInt64
    /// When it was archived, milliseconds since 1970 UTC; rises strictly with `seq`.
    public var time: Int64
    /// Bare JID of the other side.
    public var peer: String
    /// The other side's resource (of a room: the nick), if there was one.
    public var resource: String?
    /// It was said in a channel (XEP-0313 §6.1.1).
    public var isGroupchat: Bool
    /// The stanza. Of a channel it should be the same bytes for every account, so that a store can keep them once.
    public var stanza: [UInt8]

    /// A message from its columns.
    public init(
        seq: UInt64, time: Int64, peer: String, resource: String? = nil, isGroupchat: Bool = false, stanza: [UInt8]
    ) {
        self.seq = seq
        self.time = time
        self.peer = peer
        self.resource = resource
        self.isGroupchat = isGroupchat
        self.stanza = stanza
    }
}

/// A page of an account's archive.
public struct AccountArchiveQuery: Sendable, Hashable {
    /// The places to look at; all by default.
    public var seqs: ClosedRange<UInt64>
    /// Only messages with this bare JID.
    public var peer: String?
    /// Of those, only messages with this resource; means nothing without `peer`.
    public var resource: String?
    /// What was said in channels too.
    public var includesGroupchat: Bool
    /// The most messages, brought into 0 ... `StorageLimits.pageRows`.
    public var limit: Int
    /// From the newest backwards.
    public var newestFirst: Bool

    /// A query from its parts.
    public init(
        seqs: ClosedRange<UInt64> = 0...UInt64.max, peer: String? = nil, resource: String? = nil,
        includesGroupchat: Bool = true, limit: Int, newestFirst: Bool = false
    ) {
        self.seqs = seqs
        self.peer = peer
        self.resource = resource
        self.includesGroupchat = includesGroupchat
        self.limit = limit
        self.newestFirst = newestFirst
    }
}

/// Where an archive begins and ends (XEP-0313 §7).
public struct ArchiveBounds: Sendable, Hashable {
    /// `seq` and time of one end.
    public struct End: Sendable, Hashable {
        /// Its place in the archive.
        public var seq: UInt64
        /// When it was archived, milliseconds since 1970 UTC.
        public var time: Int64

        /// An end from its parts.
        public init(seq: UInt64, time: Int64) {
            self.seq = seq
            self.time = time
        }
    }

    /// The oldest message.
    public var first: End
    /// The newest message; the same one if there is only one.
    public var last: End

    /// Bounds from their parts.
    public init(first: End, last: End) {
        self.first = first
        self.last = last
    }
}
