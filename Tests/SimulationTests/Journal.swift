// A room with one person in it and the ledger of what was said there, for tests of checkers.

import DialectKit
import Rooms
import Storage
import XML
import XMPP

@testable import Simulation

/// A room `r1` of ada's, and its ledger.
struct Journal {
    var room = Room(name: RoomName(service: "main", local: "r1"))
    private(set) var ledger = Ledger()
    /// The last batch.
    private(set) var last: RoomBatch?
    private let number = RoomNumber(rawValue: 1)

    init() {
        guard let jid = try? JID("ada@example/c1") else { return }
        let entry = Entry(
            address: jid, domain: "chat.example", dialect: DialectID("muc"), nick: "ada", tolerance: .exactly,
            creation: .open)
        write((try? room.decide(.enter(entry), in: context)) ?? [])
    }

    private var context: Context {
        Context(
            now: Moment(milliseconds: 1_700_000_000_000), randomBytes: { [UInt8](repeating: 7, count: $0) },
            mayCreate: true, offersCreation: true, limits: RoomLimits(), defaults: Settings(), locksNewRooms: false)
    }

    /// What saying this would bring.
    func decide(_ text: String) throws -> [Event] {
        guard let seat = room.seating.all.first else { return [] }
        let body = Element("body", NS.client) { text }
        return try room.decide(
            .say(seat.id, Utterance(id: text, type: .groupchat, language: nil, payload: [body])), in: context)
    }

    mutating func say(_ text: String) throws { write(try decide(text)) }

    /// The room is no more.
    mutating func end() { ledger.end(number) }

    var face: RoomFace {
        RoomFace(
            listed: false, title: "", head: room.head, archivedCount: room.archivedCount, secret: room.secret.bytes)
    }

    private mutating func write(_ events: [Event]) {
        for event in events { room.apply(event) }
        let rows = events.compactMap { event -> EventRecord? in
            guard let stamp = event.stamp, let body = EventCoding.encode(event) else { return nil }
            return EventRecord(
                seq: stamp.seq, time: stamp.time.milliseconds, kind: EventCoding.kind(of: event) ?? 0,
                isArchived: event.isArchived, body: body)
        }
        let batch = RoomBatch(key: RoomKey(service: "main", name: "r1"), number: number, face: face, events: rows)
        last = batch
        ledger.write(batch, as: number)
    }
}
