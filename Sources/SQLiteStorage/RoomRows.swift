// The rows of rooms: how a batch is written, and how rooms and pages are read.

import Foundation
import GRDB
import Storage

/// The statements on rooms.
enum RoomRows {
    /// How many rows one transaction deletes in the background: some 15 ms of the writer's time. Rows.
    static let slice = 5_000

    static let eventColumns = "seq, time, kind, archived, who, a, body"
    static let insertEvent = """
        INSERT INTO event (room, seq, time, kind, archived, who, a, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """
    static let insertNote = "INSERT INTO note (room, time, who, cause) VALUES (?, ?, ?, ?)"
    static let insertRoom = """
        INSERT INTO room (service, name, listed, title, head, archived_count, secret, wakes)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """
    /// Most batches change only these two columns; written alone they leave the indexes of the room alone.
    static let updateHead = """
        UPDATE room SET head = ?, archived_count = ?
        WHERE id = ? AND service = ? AND name = ? AND listed = ? AND title = ? AND secret = ? AND wakes = ?
        """
    static let updateFace = """
        UPDATE room SET listed = ?, title = ?, head = ?, archived_count = ?, secret = ?, wakes = ?
        WHERE id = ? AND service = ? AND name = ?
        """
    static let setSnapshot = "INSERT OR REPLACE INTO snapshot (room, seq, body) VALUES (?, ?, ?)"
    static let erase = "UPDATE event SET body = ?, who = NULL WHERE room = ? AND seq = ?"
    static let findRoom = """
        SELECT id, listed, title, head, archived_count, secret, snapshot.seq, snapshot.body, wakes
        FROM room LEFT JOIN snapshot ON snapshot.room = room.id WHERE service = ? AND name = ?
        """

    /// A page: a range over the index (room, seq), from one end or the other.
    static func page(newestFirst: Bool, archivedOnly: Bool) -> String {
        """
        SELECT \(eventColumns) FROM event WHERE room = ? AND seq BETWEEN ? AND ?\(archivedOnly ? " AND archived" : "") \
        ORDER BY seq\(newestFirst ? " DESC" : "") LIMIT ?
        """
    }

    /// One place of a room's archive.
    static let place = "SELECT \(eventColumns) FROM event WHERE room = ? AND seq = ? AND archived"

    static func directory(listedOnly: Bool) -> String {
        """
        SELECT name, title, listed FROM room WHERE service = ? AND name > ?\(listedOnly ? " AND listed" : "") \
        ORDER BY name LIMIT ?
        """
    }

    static let waking = "SELECT name FROM room WHERE service = ? AND name > ? AND wakes ORDER BY name LIMIT ?"

    static let notes = """
        SELECT time, who, cause FROM note WHERE room = ? AND who = ifnull(?, who) ORDER BY pos DESC LIMIT ?
        """

    static func count(listedOnly: Bool) -> String {
        "SELECT count(*) FROM room WHERE service = ?\(listedOnly ? " AND listed" : "")"
    }
}

// MARK: Writing

extension RoomRows {
    /// Writes a batch. Throws a `StorageFault` only while nothing is changed.
    static func write(_ batch: RoomBatch, _ db: Database) throws -> RoomNumber {
        if batch.ends { return try end(batch, db) }
        let number = try batch.number.map { try update(batch, $0, db) } ?? create(batch, db)
        let room = number.rawValue
        do {
            for event in batch.events { try insert(event, room, db) }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
            throw HalfWritten(fault: .conflict(.eventExists(batch.key)))
        }
        for note in batch.notes { try db.run(insertNote, [room, note.time, note.who, Data(note.cause)]) }
        if let snapshot = batch.snapshot {
            try db.run(setSnapshot, [room, Int64(clamping: snapshot.seq), Data(snapshot.bytes)])
        }
        for erasure in batch.erasures {
            try db.run(erase, [Data(erasure.body), room, Int64(clamping: erasure.seq)])
        }
        return number
    }

    private static func insert(_ event: EventRecord, _ room: Int64, _ db: Database) throws {
        try db.run(
            insertEvent,
            [
                room, Int64(clamping: event.seq), event.time, Int64(event.kind), event.isArchived, event.who,
                event.archiveID, Data(event.body),
            ])
    }

    private static func create(_ batch: RoomBatch, _ db: Database) throws -> RoomNumber {
        let (key, face) = (batch.key, batch.face)
        do {
            try db.run(
                insertRoom,
                [
                    key.service, key.name, face.listed, face.title, Int64(clamping: face.head),
                    Int64(clamping: face.archivedCount), Data(face.secret), face.wakes,
                ])
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
            throw StorageFault.conflict(.roomExists(key))
        }
        return RoomNumber(rawValue: db.lastInsertedRowID)
    }

    private static func update(_ batch: RoomBatch, _ number: RoomNumber, _ db: Database) throws -> RoomNumber {
        let (key, face) = (batch.key, batch.face)
        let (head, count) = (Int64(clamping: face.head), Int64(clamping: face.archivedCount))
        let id = number.rawValue
        let secret = Data(face.secret)
        let hot = try db.run(
            updateHead, [head, count, id, key.service, key.name, face.listed, face.title, secret, face.wakes])
        guard hot == 0 else { return number }
        let changed = try db.run(
            updateFace, [face.listed, face.title, head, count, secret, face.wakes, id, key.service, key.name])
        guard changed == 1 else { throw StorageFault.conflict(.roomMissing(key)) }
        return number
    }

    private static func end(_ batch: RoomBatch, _ db: Database) throws -> RoomNumber {
        guard let number = batch.number else {
            let number = try create(batch, db)
            try db.run("DELETE FROM room WHERE id = ?", [number.rawValue])
            return number
        }
        let id = number.rawValue
        let found = try db.run(
            "DELETE FROM room WHERE id = ? AND service = ? AND name = ?", [id, batch.key.service, batch.key.name])
        guard found == 1 else { throw StorageFault.conflict(.roomMissing(batch.key)) }
        try db.run("DELETE FROM snapshot WHERE room = ?", [id])
        try db.run("INSERT INTO ended (room) VALUES (?)", [id])
        try purge(db)
        return number
    }

    /// Deletes a slice of what a destroyed room left, so that a large one holds nobody up; a small one goes whole.
    /// Nothing of it can be read meanwhile: every read by number looks for the room first. Answers whether there is
    /// more to delete.
    @discardableResult
    static func purge(_ db: Database) throws -> Bool {
        guard let room = try db.number("SELECT min(room) FROM ended", []) else { return false }
        let events = try db.run(
            "DELETE FROM event WHERE pos IN (SELECT pos FROM event WHERE room = ? LIMIT ?)", [room, slice])
        let notes = try db.run(
            "DELETE FROM note WHERE pos IN (SELECT pos FROM note WHERE room = ? LIMIT ?)", [room, slice])
        if events < slice, notes < slice { try db.run("DELETE FROM ended WHERE room = ?", [room]) }
        return try hasEnded(db)
    }

    /// Whether destroyed rooms wait for `purge`.
    static func hasEnded(_ db: Database) throws -> Bool {
        try db.number("SELECT 1 FROM ended LIMIT 1", []) != nil
    }

    /// Deletes the oldest notes from before a time, at most a slice; answers how many.
    static func expireNotes(before time: Int64, _ db: Database) throws -> Int {
        try db.run(
            "DELETE FROM note WHERE time < ? AND pos IN (SELECT pos FROM note ORDER BY pos LIMIT ?)", [time, slice])
    }
}

// MARK: Reading

extension RoomRows {
    static func event(_ row: Row) throws -> EventRecord {
        EventRecord(
            seq: UInt64(clamping: row[0] as Int64), time: row[1], kind: UInt8(truncatingIfNeeded: row[2] as Int64),
            who: row[4], archiveID: row[5], isArchived: row[3], body: try row.bytes(6))
    }

    static func events(_ query: EventQuery, limit: Int, _ db: Database) throws -> [EventRecord] {
        try db.rows(
            page(newestFirst: query.newestFirst, archivedOnly: query.archivedOnly),
            [
                query.room.rawValue, Int64(clamping: query.seqs.lowerBound), Int64(clamping: query.seqs.upperBound),
                limit,
            ], event)
    }

    static func archived(_ room: RoomNumber, at seq: UInt64, _ db: Database) throws -> EventRecord? {
        try db.row(place, [room.rawValue, Int64(clamping: seq)]).map(event)
    }

    static func exists(_ room: RoomNumber, _ db: Database) throws -> Bool {
        try db.number("SELECT 1 FROM room WHERE id = ?", [room.rawValue]) != nil
    }

    static func load(_ key: RoomKey, tail: Int, _ db: Database) throws -> StoredRoom? {
        guard let row = try db.row(findRoom, [key.service, key.name]) else { return nil }
        let number = RoomNumber(rawValue: row[0])
        let count = row[4] as Int64
        let face = RoomFace(
            listed: row[1], title: row[2], head: UInt64(clamping: row[3] as Int64),
            archivedCount: UInt64(clamping: count), secret: try row.bytes(5), wakes: row[8])
        let snapshot = try (row[6] as Int64?).map {
            Snapshot(seq: UInt64(clamping: $0), bytes: try row.bytes(7))
        }
        let first = snapshot.map { $0.seq < UInt64(Int64.max) ? $0.seq + 1 : UInt64.max } ?? 0
        let all = EventQuery(room: number, seqs: first...UInt64.max, limit: 0, archivedOnly: false)
        let newest = EventQuery(room: number, limit: 0, newestFirst: true)
        return StoredRoom(
            number: number, face: face, snapshot: snapshot, events: try events(all, limit: Int.max, db),
            tail: count == 0 ? [] : try events(newest, limit: tail, db).reversed())
    }

    /// The first event at a time or later.
    static func firstSeq(_ room: RoomNumber, notBefore time: Int64, _ db: Database) throws -> UInt64? {
        try times.first(of: room.rawValue, notBefore: time, db)
    }

    private static let times = RisingTimes(table: "event", owner: "room")
}
