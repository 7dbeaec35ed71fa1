// Pages out of archives of different sizes: read from the disk's cache, understood, rendered for one reader.

import DialectKit
import Foundation
import MUC
import Rooms
import SQLiteStorage
import Storage
import XML
import XMPP

/// What a page costs, from the store to the bytes for the reader, and that it costs the same in every room.
struct ArchiveBenchmarks {
    private static let pages = 200
    private static let size = 100
    private static let domain = "conference.localhost"

    func run(_ table: inout Table) throws {
        for messages in [UInt64(10_000), 1_000_000] {
            let name = "archive page of \(Self.size), room of \(messages)"
            guard table.wants(name) else { continue }
            let folder = FileManager.default.temporaryDirectory.appending(
                path: "parlance-bench-\(getpid())-\(messages)")
            defer { try? FileManager.default.removeItem(at: folder) }
            let store = try SQLiteStorage(in: DataFolder(folder.path))
            let number = try fill(store, with: messages)
            let question = question
            var generator = SystemRandomNumberGenerator()
            try table.measure(name, per: "messages", count: Self.pages * Self.size, runs: 5) { _ in
                for _ in 0..<Self.pages {
                    let first = UInt64.random(in: 1...(messages - UInt64(Self.size)), using: &generator)
                    let query = EventQuery(room: number, seqs: first...messages, limit: Self.size + 1)
                    let records = try answer { store.events(query, $0) }
                    precondition(records.count == Self.size + 1, "a message is missing")
                    for record in records.prefix(Self.size) {
                        keep(question.result(for: .message(try EventCoding.recall(record.body))))
                    }
                }
            }
            try answer { store.close($0) }
        }
    }

    private var question: ArchiveQuestion {
        let address = RoomAddress(Room(name: RoomName(service: "main", local: "room")), Self.domain)
        return ArchiveQuestion(
            .page(ArchiveQuery(queryID: "q"), by: nil),
            reader: ArchiveReader(address, seesAllJIDs: false, isOpen: false), dialect: MUCDialect())
    }

    private func fill(_ store: SQLiteStorage, with messages: UInt64) throws -> RoomNumber {
        let key = RoomKey(service: "main", name: "room\(messages)")
        let body = try message()
        var number: RoomNumber?
        for start in stride(from: UInt64(1), through: messages, by: 5_000) {
            let events = (start..<min(start + 5_000, messages + 1)).map { seq in
                EventRecord(
                    seq: seq, time: 1_700_000_000_000 + Int64(seq) * 7, kind: 4, who: "somebody\(seq % 40)@localhost",
                    isArchived: true, body: body)
            }
            let face = RoomFace(
                listed: true, title: "Room", head: start, archivedCount: start,
                secret: [UInt8](repeating: 3, count: RoomSecret.length))
            let batch = RoomBatch(key: key, number: number, face: face, events: events)
            number = try answer { store.append(batch, $0) }
        }
        guard let number else { preconditionFailure("no room") }
        return number
    }

    /// A message as a room keeps it.
    private func message() throws -> [UInt8] {
        var room = Room(name: RoomName(service: "main", local: "room"))
        let context = Context(
            now: Moment(milliseconds: 1_700_000_000_000), randomBytes: { [UInt8](repeating: 7, count: $0) },
            locksNewRooms: false)
        let entry = Entry(
            address: try JID("somebody@localhost/r"), domain: Self.domain, dialect: MUCDialect.id, nick: "somebody",
            tolerance: .orHeld, creation: .open)
        for event in try room.decide(.enter(entry), in: context) { room.apply(event) }
        guard let seat = room.seating.all.first else { preconditionFailure("nobody sits") }
        let words = Utterance(
            id: "7f2c1b9e-m1", type: .groupchat, language: "en",
            payload: [
                Element("body", NS.client) { "Say hello to everybody in this room, and what to do." },
                Element("origin-id", NS.sid, ["id": "7f2c1b9e-m1"]),
            ])
        guard let event = try room.decide(.say(seat.id, words), in: context).first,
            let bytes = EventCoding.encode(event)
        else { preconditionFailure("nothing was said") }
        return bytes
    }
}
