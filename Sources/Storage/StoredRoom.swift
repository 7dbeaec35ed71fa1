// What the store tells of a room: the loaded room, a line of the directory, a page of its events.

/// A room as recovery needs it. Apply `events` to `snapshot` (or to the empty room) to have the room again.
public struct StoredRoom: Sendable, Equatable {
    /// The room's number.
    public var number: RoomNumber
    /// The face as of the last committed batch.
    public var face: RoomFace
    /// The last snapshot, if one was written.
    public var snapshot: Snapshot?
    /// All events after the snapshot, in order. As many as the room wrote since: snapshots keep it short.
    public var events: [EventRecord]
    /// The last archived events, oldest first: what a join is shown without reading the disk again.
    public var tail: [EventRecord]

    /// A stored room from its parts.
    public init(
        number: RoomNumber, face: RoomFace, snapshot: Snapshot?, events: [EventRecord], tail: [EventRecord]
    ) {
        self.number = number
        self.face = face
        self.snapshot = snapshot
        self.events = events
        self.tail = tail
    }
}

/// One line of a service's directory.
public struct DirectoryEntry: Sendable, Equatable {
    /// The room's localpart.
    public var name: String
    /// The title of its face.
    public var title: String
    /// Whether the directory shows it.
    public var listed: Bool

    /// A line from its columns.
    public init(name: String, title: String, listed: Bool) {
        self.name = name
        self.title = title
        self.listed = listed
    }
}

/// Which events of one room to read: a range over (room, seq), so the cost follows the page and not the room.
public struct EventQuery: Sendable, Equatable {
    /// The room.
    public var room: RoomNumber
    /// The events to look at, both ends included.
    public var seqs: ClosedRange<UInt64>
    /// The most events to answer; never more than `StorageLimits.pageRows`.
    public var limit: Int
    /// Take from the newest end, and answer newest first.
    public var newestFirst: Bool
    /// Leave out what the archive does not show.
    public var archivedOnly: Bool

    /// A query; by default the oldest archived events of the whole room.
    public init(
        room: RoomNumber, seqs: ClosedRange<UInt64> = 0...UInt64.max, limit: Int, newestFirst: Bool = false,
        archivedOnly: Bool = true
    ) {
        self.room = room
        self.seqs = seqs
        self.limit = limit
        self.newestFirst = newestFirst
        self.archivedOnly = archivedOnly
    }
}
