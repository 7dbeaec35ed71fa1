// One room as the memory store keeps it.

/// A room's row with everything that hangs on it.
struct MemoryRoom: Sendable {
    let key: RoomKey
    let number: RoomNumber
    var face: RoomFace
    var snapshot: Snapshot?
    /// In the order of `seq`.
    private(set) var events: [EventRecord] = []
    /// In the order of writing.
    private(set) var notes: [NoteRecord] = []

    init(key: RoomKey, number: RoomNumber, face: RoomFace) {
        self.key = key
        self.number = number
        self.face = face
    }

    /// Writes what a batch holds. Nothing is changed if it faults.
    mutating func write(_ batch: RoomBatch) throws(StorageFault) {
        try check(batch.events)
        face = batch.face
        for event in batch.events { events.insert(event, at: index(of: event.seq)) }
        notes += batch.notes
        if let snapshot = batch.snapshot { self.snapshot = snapshot }
        for erasure in batch.erasures {
            let place = index(of: erasure.seq)
            guard place < events.count, events[place].seq == erasure.seq else { continue }
            events[place].body = erasure.body
            events[place].who = nil
        }
    }

    /// Faults if one of the new events exists already, or is there twice.
    private func check(_ new: [EventRecord]) throws(StorageFault) {
        var seqs: Set<UInt64> = []
        var ids = Set(new.contains { $0.archiveID != nil } ? events.compactMap(\.archiveID) : [])
        for event in new {
            let place = index(of: event.seq)
            let taken = place < events.count && events[place].seq == event.seq
            let idTaken = event.archiveID.map { !ids.insert($0).inserted } ?? false
            guard !taken, !idTaken, seqs.insert(event.seq).inserted else { throw .conflict(.eventExists(key)) }
        }
    }

    /// Where the first event of `seq` or later stands.
    func index(of seq: UInt64) -> Int { partition { $0.seq >= seq } }

    /// Where the first event at `time` or later stands.
    func index(notBefore time: Int64) -> Int { partition { $0.time >= time } }

    private func partition(_ isRight: (EventRecord) -> Bool) -> Int {
        var low = 0
        var high = events.count
        while low < high {
            let middle = (low + high) / 2
            if isRight(events[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// The room as recovery reads it.
    func stored(tail: Int) -> StoredRoom {
        let after = snapshot.map { $0.seq == UInt64.max ? events.count : index(of: $0.seq + 1) } ?? 0
        return StoredRoom(
            number: number, face: face, snapshot: snapshot, events: Array(events[after...]),
            tail: events.reversed().lazy.filter(\.isArchived).prefix(tail).reversed())
    }

    /// A page of events; `limit` has been brought into its bounds.
    func page(_ query: EventQuery, limit: Int) -> [EventRecord] {
        let first = index(of: query.seqs.lowerBound)
        let end = query.seqs.upperBound == UInt64.max ? events.count : index(of: query.seqs.upperBound + 1)
        let shown = { (event: EventRecord) in event.isArchived || !query.archivedOnly }
        let range = events[first..<end]
        return query.newestFirst
            ? Array(range.reversed().lazy.filter(shown).prefix(limit)) : Array(range.lazy.filter(shown).prefix(limit))
    }

    /// Deletes notes from before a time and answers how many.
    mutating func expireNotes(before time: Int64) -> Int {
        let count = notes.count
        notes.removeAll { $0.time < time }
        return count - notes.count
    }
}
