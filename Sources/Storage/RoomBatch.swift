// Everything a room writes at once: one batch is written whole or not at all.

/// What one turn of a room writes, in one transaction.
public struct RoomBatch: Sendable, Equatable {
    /// The room.
    public var key: RoomKey
    /// The room's number; nil creates the room in this transaction.
    public var number: RoomNumber?
    /// The face as of the last event of the batch.
    public var face: RoomFace
    /// Kept events, in the room's order.
    public var events: [EventRecord]
    /// Comings and goings, in the room's order.
    public var notes: [NoteRecord]
    /// The state as of the last event of the batch, when it is time for one. It replaces the one before.
    public var snapshot: Snapshot?
    /// Events to erase (after `events` are written). A new snapshot belongs to it if the old one holds the content.
    public var erasures: [Erasure]
    /// The room is destroyed: from this transaction on nothing of its row, events, notes and snapshot can be read,
    /// after a restart neither, and their bytes are overwritten (of a large room, slice by slice soon after).
    /// `events`, `notes`, `snapshot` and `erasures` of the batch are not written.
    public var ends: Bool

    /// A batch from its parts.
    public init(
        key: RoomKey, number: RoomNumber?, face: RoomFace, events: [EventRecord] = [], notes: [NoteRecord] = [],
        snapshot: Snapshot? = nil, erasures: [Erasure] = [], ends: Bool = false
    ) {
        self.key = key
        self.number = number
        self.face = face
        self.events = events
        self.notes = notes
        self.snapshot = snapshot
        self.erasures = erasures
        self.ends = ends
    }

    /// How many rows the batch counts for in the queue and in a group (`StorageLimits`), 1 or more.
    public var rows: Int { 1 + events.count + notes.count + erasures.count + (snapshot == nil ? 0 : 1) }
}
