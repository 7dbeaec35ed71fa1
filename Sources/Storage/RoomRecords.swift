// The rows of a room: kept events, notes, the face a directory reads, snapshots and erasures.

/// One kept event: a row of the journal and, when `isArchived`, a message of the archive.
public struct EventRecord: Sendable, Equatable {
    /// Place in the room's order, 1 or more, unique in the room, at most `Int64.max`.
    public var seq: UInt64
    /// Milliseconds since 1970 UTC. Rises strictly with `seq` within a room.
    public var time: Int64
    /// What the body is; the writer's own numbering.
    public var kind: UInt8
    /// Bare JID of who did it, if that is somebody.
    public var who: String?
    /// The archive id, only when it was made elsewhere; unique in the room. Ids of our own follow from `seq`.
    public var archiveID: String?
    /// Whether the archive shows it.
    public var isArchived: Bool
    /// The encoded event, opaque to the store.
    public var body: [UInt8]

    /// A record from its columns.
    public init(
        seq: UInt64, time: Int64, kind: UInt8, who: String? = nil, archiveID: String? = nil,
        isArchived: Bool, body: [UInt8]
    ) {
        self.seq = seq
        self.time = time
        self.kind = kind
        self.who = who
        self.archiveID = archiveID
        self.isArchived = isArchived
        self.body = body
    }
}

/// One coming or going and its cause, kept for days and not for ever.
public struct NoteRecord: Sendable, Equatable {
    /// Milliseconds since 1970 UTC.
    public var time: Int64
    /// Bare JID of who came or went.
    public var who: String
    /// The encoded cause, opaque to the store.
    public var cause: [UInt8]

    /// A note from its columns.
    public init(time: Int64, who: String, cause: [UInt8]) {
        self.time = time
        self.who = who
        self.cause = cause
    }
}

/// What of a room is read without loading it: by the directory, and by a count of its archive.
public struct RoomFace: Sendable, Equatable {
    /// Whether the directory shows the room.
    public var listed: Bool
    /// The title the directory shows.
    public var title: String
    /// `seq` of the last event, 0 before the first.
    public var head: UInt64
    /// How many events the archive shows.
    public var archivedCount: UInt64
    /// The room's own key, from which archive ids follow.
    public var secret: [UInt8]
    /// Whether the room has something to do when its service starts, asked or not.
    public var wakes: Bool

    /// A face from its columns.
    public init(
        listed: Bool, title: String, head: UInt64, archivedCount: UInt64, secret: [UInt8], wakes: Bool = false
    ) {
        self.listed = listed
        self.title = title
        self.head = head
        self.archivedCount = archivedCount
        self.secret = secret
        self.wakes = wakes
    }
}

/// The whole state of a room as of one event, so that recovery need not read the journal from its beginning.
public struct Snapshot: Sendable, Equatable {
    /// The last event the state contains.
    public var seq: UInt64
    /// The encoded state, opaque to the store.
    public var bytes: [UInt8]

    /// A snapshot from its columns.
    public init(seq: UInt64, bytes: [UInt8]) {
        self.seq = seq
        self.bytes = bytes
    }
}

/// The one exception to append-only: the body of an event becomes a tombstone and `who` becomes nil.
/// `seq`, `time`, `kind` and the archive id stay, so the order and every id stay true.
public struct Erasure: Sendable, Equatable {
    /// The event to erase; one that is not there (any more) is passed over.
    public var seq: UInt64
    /// The tombstone.
    public var body: [UInt8]

    /// An erasure of one event.
    public init(seq: UInt64, body: [UInt8]) {
        self.seq = seq
        self.body = body
    }
}
