// The store of rooms: a journal that is also the archive, and a directory.

/// Called once with the answer, on any thread, and must return soon: hop to a loop before doing work.
public typealias Completion<Value> = @Sendable (Result<Value, StorageFault>) -> Void

/// The store of rooms. No call blocks. Batches are written in the order of the calls; a read sees every write whose
/// completion was called before it, and of the others either all or nothing.
public protocol RoomStore: Sendable {
    /// A room with its last `tail` archived events; nil if there is none.
    func load(_ key: RoomKey, tail: Int, _ done: @escaping Completion<StoredRoom?>)

    /// Writes a batch whole or not at all, and answers after the commit has reached the disk.
    /// Faults: `.conflict` (`roomExists`, `roomMissing`, `eventExists`), `.busy`, `.full` and the store's own.
    func append(_ batch: RoomBatch, _ done: @escaping Completion<RoomNumber>)

    /// Rooms of a service in the order of their names (bytes of UTF-8), after `name` if given; at most `limit`.
    func directory(
        of service: String, listedOnly: Bool, after name: String?, limit: Int,
        _ done: @escaping Completion<[DirectoryEntry]>)

    /// How many rooms the whole directory has.
    func roomCount(of service: String, listedOnly: Bool, _ done: @escaping Completion<Int>)

    /// The names of rooms of a service that have something to do when it starts, in the order of their bytes, after
    /// `name` if given; at most `limit`.
    func roomsToWake(of service: String, after name: String?, limit: Int, _ done: @escaping Completion<[String]>)

    /// A page of events. An unknown room has none.
    func events(_ query: EventQuery, _ done: @escaping Completion<[EventRecord]>)

    /// The archived events at these places of a room, in the order of `seqs`; what is not there is left out. At most
    /// `StorageLimits.pageRows` places.
    func archived(in room: RoomNumber, at seqs: [UInt64], _ done: @escaping Completion<[EventRecord]>)

    /// `seq` of the first event of a room at `time` (milliseconds since 1970) or later, nil if there is none.
    func firstSeq(in room: RoomNumber, notBefore time: Int64, _ done: @escaping Completion<UInt64?>)

    /// `seq` of the event with an archive id that was made elsewhere, nil if there is none.
    func seq(in room: RoomNumber, archiveID: String, _ done: @escaping Completion<UInt64?>)

    /// Notes of a room, of everybody or of one bare JID, newest first; at most `limit`.
    func notes(in room: RoomNumber, of who: String?, limit: Int, _ done: @escaping Completion<[NoteRecord]>)

    /// Deletes the notes of all rooms from before `time` (milliseconds since 1970) and answers how many.
    func expireNotes(before time: Int64, _ done: @escaping Completion<Int>)
}
