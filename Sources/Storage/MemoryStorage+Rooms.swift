// The rooms of a memory store.

extension MemoryStorage {
    public func load(_ key: RoomKey, tail: Int, _ done: @escaping Completion<StoredRoom?>) {
        let tail = limits.page(tail)
        read(done) { $0.room(key)?.stored(tail: tail) }
    }

    public func append(_ batch: RoomBatch, _ done: @escaping Completion<RoomNumber>) {
        let write: Append = { [self] batch, done in
            self.write(rows: batch.rows, done) { image throws(StorageFault) in try image.write(batch) }
        }
        if let interception { interception(batch, done, write) } else { write(batch, done) }
    }

    public func directory(
        of service: String, listedOnly: Bool, after name: String?, limit: Int,
        _ done: @escaping Completion<[DirectoryEntry]>
    ) {
        let limit = limits.page(limit)
        read(done) { image in
            let entries = image.directory(of: service, listedOnly: listedOnly)
            let rest = entries.drop { entry in name.map { !$0.precedesInBytes(entry.name) } ?? false }
            return Array(rest.prefix(limit))
        }
    }

    public func roomCount(of service: String, listedOnly: Bool, _ done: @escaping Completion<Int>) {
        read(done) { $0.directory(of: service, listedOnly: listedOnly).count }
    }

    public func roomsToWake(
        of service: String, after name: String?, limit: Int, _ done: @escaping Completion<[String]>
    ) {
        let limit = limits.page(limit)
        read(done) { image in
            let names = image.rooms.values.filter { $0.key.service == service && $0.face.wakes }.map(\.key.name)
            let rest = names.inByteOrder(of: \.self).drop { next in name.map { !$0.precedesInBytes(next) } ?? false }
            return Array(rest.prefix(limit))
        }
    }

    public func events(_ query: EventQuery, _ done: @escaping Completion<[EventRecord]>) {
        let limit = limits.page(query.limit)
        read(done) { $0.rooms[query.room]?.page(query, limit: limit) ?? [] }
    }

    public func archived(in room: RoomNumber, at seqs: [UInt64], _ done: @escaping Completion<[EventRecord]>) {
        let seqs = seqs.prefix(limits.pageRows)
        read(done) { image in
            guard let room = image.rooms[room] else { return [] }
            return seqs.compactMap { room.page(EventQuery(room: room.number, seqs: $0...$0, limit: 1), limit: 1).first }
        }
    }

    public func firstSeq(in room: RoomNumber, notBefore time: Int64, _ done: @escaping Completion<UInt64?>) {
        read(done) { image in
            guard let room = image.rooms[room] else { return nil }
            return room.events.dropFirst(room.index(notBefore: time)).first?.seq
        }
    }

    public func seq(in room: RoomNumber, archiveID: String, _ done: @escaping Completion<UInt64?>) {
        read(done) { $0.rooms[room]?.events.first { $0.archiveID == archiveID }?.seq }
    }

    public func notes(
        in room: RoomNumber, of who: String?, limit: Int, _ done: @escaping Completion<[NoteRecord]>
    ) {
        let limit = limits.page(limit)
        read(done) { image in
            let notes = image.rooms[room]?.notes ?? []
            return Array(notes.reversed().lazy.filter { who == nil || $0.who == who }.prefix(limit))
        }
    }

    public func expireNotes(before time: Int64, _ done: @escaping Completion<Int>) {
        write(done) { $0.expireNotes(before: time) }
    }
}
