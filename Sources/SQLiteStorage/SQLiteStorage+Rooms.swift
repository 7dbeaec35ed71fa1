// The rooms of the embedded store.

import GRDB
public import Storage

extension SQLiteStorage {
    public func load(_ key: RoomKey, tail: Int, _ done: @escaping Completion<StoredRoom?>) {
        let tail = limits.page(tail)
        read(done) { try RoomRows.load(key, tail: tail, $0) }
    }

    public func append(_ batch: RoomBatch, _ done: @escaping Completion<RoomNumber>) {
        guard batch.ends else {
            return write(rows: batch.rows, scrubs: !batch.erasures.isEmpty, done) { try RoomRows.write(batch, $0) }
        }
        let ended: Completion<(RoomNumber, Bool)> = { [self] result in
            if case .success((_, true)) = result { purge() }
            done(result.map { number, _ in number })
        }
        write(scrubs: true, ended) { (try RoomRows.write(batch, $0), try RoomRows.hasEnded($0)) }
    }

    /// Deletes what destroyed rooms left, slice by slice, other writes between them. What is left when the store
    /// closes goes on when it is opened again.
    func purge() {
        let slice: Completion<Bool> = { [self] result in
            if case .success(true) = result { purge() }
        }
        write(scrubs: true, slice) { try RoomRows.purge($0) }
    }

    public func directory(
        of service: String, listedOnly: Bool, after name: String?, limit: Int,
        _ done: @escaping Completion<[DirectoryEntry]>
    ) {
        let limit = limits.page(limit)
        read(done) { db in
            try db.rows(RoomRows.directory(listedOnly: listedOnly), [service, name ?? "", limit]) { row in
                DirectoryEntry(name: row[0], title: row[1], listed: row[2])
            }
        }
    }

    public func roomCount(of service: String, listedOnly: Bool, _ done: @escaping Completion<Int>) {
        read(done) { db in
            Int(try db.number(RoomRows.count(listedOnly: listedOnly), [service]) ?? 0)
        }
    }

    public func roomsToWake(
        of service: String, after name: String?, limit: Int, _ done: @escaping Completion<[String]>
    ) {
        let limit = limits.page(limit)
        read(done) { db in try db.rows(RoomRows.waking, [service, name ?? "", limit]) { $0[0] } }
    }

    public func events(_ query: EventQuery, _ done: @escaping Completion<[EventRecord]>) {
        let limit = limits.page(query.limit)
        read(done) { try RoomRows.exists(query.room, $0) ? RoomRows.events(query, limit: limit, $0) : [] }
    }

    public func archived(in room: RoomNumber, at seqs: [UInt64], _ done: @escaping Completion<[EventRecord]>) {
        let seqs = seqs.prefix(limits.pageRows)
        read(done) { db in
            guard try RoomRows.exists(room, db) else { return [] }
            return try seqs.compactMap { try RoomRows.archived(room, at: $0, db) }
        }
    }

    public func firstSeq(in room: RoomNumber, notBefore time: Int64, _ done: @escaping Completion<UInt64?>) {
        read(done) { try RoomRows.exists(room, $0) ? RoomRows.firstSeq(room, notBefore: time, $0) : nil }
    }

    public func seq(in room: RoomNumber, archiveID: String, _ done: @escaping Completion<UInt64?>) {
        read(done) { db in
            guard try RoomRows.exists(room, db) else { return nil }
            return try db.number("SELECT seq FROM event WHERE room = ? AND a = ?", [room.rawValue, archiveID])
                .map { UInt64(clamping: $0) }
        }
    }

    public func notes(
        in room: RoomNumber, of who: String?, limit: Int, _ done: @escaping Completion<[NoteRecord]>
    ) {
        let limit = limits.page(limit)
        read(done) { db in
            guard try RoomRows.exists(room, db) else { return [] }
            return try db.rows(RoomRows.notes, [room.rawValue, who, limit]) { row in
                NoteRecord(time: row[0], who: row[1], cause: try row.bytes(2))
            }
        }
    }

    public func expireNotes(before time: Int64, _ done: @escaping Completion<Int>) {
        expireNotes(before: time, already: 0, done)
    }

    /// Slice by slice, other writes between them.
    private func expireNotes(before time: Int64, already: Int, _ done: @escaping Completion<Int>) {
        let slice: Completion<Int> = { [self] result in
            switch result {
            case .success(0): done(.success(already))
            case .success(let count): expireNotes(before: time, already: already + count, done)
            case .failure: done(result)
            }
        }
        write(slice) { try RoomRows.expireNotes(before: time, $0) }
    }
}
