// What a batch will write: events, notes, the face of the room, and now and then a snapshot.

import Rooms
import Storage
import XMPP

/// Collects what one batch of a room writes in its transaction.
struct JournalDraft {
    private var events: [EventRecord] = []
    private var notes: [NoteRecord] = []
    private var erasures: [Erasure] = []
    private(set) var ends = false
    private(set) var hasSnapshot = false
    /// What the store calls what is left of a destroyed room.
    var tombstoneNumber: RoomNumber?

    mutating func add(_ event: Event, at now: Moment) {
        if case .lifecycle(.destroyed) = event { ends = true }
        switch event.durability {
        case .kept:
            if let record = EventRecord(event) { events.append(record) }
            if let erasure = Erasure(event) { erasures.append(erasure) }
        case .noted: break
        case .passing: return
        }
        notes += Note.notes(of: event, at: now).map { NoteRecord($0) }
    }

    /// The batch to append; nil if nothing of it is written.
    mutating func batch(of state: RoomLoop.State, name: RoomName, _ limits: HostLimits) -> RoomBatch? {
        let key = RoomKey(service: name.service, name: name.local)
        let room = state.room
        if ends {
            guard state.number != nil else { return nil }  // made and gone within one batch
            let face = RoomFace(listed: false, title: "", head: 0, archivedCount: 0, secret: room.secret.bytes)
            return RoomBatch(key: key, number: state.number, face: face, ends: true)
        }
        guard !events.isEmpty || !notes.isEmpty, room.state != .absent else { return nil }
        var face = RoomFace(room)
        face.wakes = state.farMembers > 0 || room.settings.endOfLife != nil
        var batch = RoomBatch(
            key: key, number: state.number, face: face, events: events, notes: notes, erasures: erasures)
        if state.sinceSnapshot + events.count >= limits.eventsPerSnapshot || !erasures.isEmpty {
            batch.snapshot = Snapshot(seq: room.head, bytes: RoomSnapshot.encode(room))
            hasSnapshot = true
        }
        return batch
    }

    /// What is written after a room has ended: its name, kept for those who made it; nil where nothing is left.
    ///
    /// A batch of its own, because the one before takes away everything there was under the old number.
    func tombstone(of room: Room) -> RoomBatch? {
        guard ends, room.state == .absent, room.tombstone != nil else { return nil }
        var face = RoomFace(room)
        face.title = "(destroyed)"  // for the operator, who alone is shown it
        return RoomBatch(
            key: RoomKey(service: room.name.service, name: room.name.local), number: nil, face: face,
            snapshot: Snapshot(seq: 0, bytes: RoomSnapshot.encode(room)))
    }

    /// How many kept events the batch adds.
    var count: Int { events.count }
}

extension EventRecord {
    /// The row of a kept event.
    init?(_ event: Event) {
        guard let stamp = event.stamp, let kind = EventCoding.kind(of: event), let body = EventCoding.encode(event)
        else { return nil }
        self.init(
            seq: stamp.seq, time: stamp.time.milliseconds, kind: kind, who: event.author?.bare.description,
            isArchived: event.isArchived, body: body)
    }
}

extension Erasure {
    /// What was said goes with the batch that takes it back, and a tombstone stands in its place.
    fileprivate init?(_ event: Event) {
        guard case .conversation(.retracted(let retraction)) = event, let tombstone = retraction.tombstone,
            let body = EventCoding.encode(.conversation(.said(tombstone)))
        else { return nil }
        self.init(seq: retraction.targetSeq, body: body)
    }
}

extension NoteRecord {
    init(_ note: Note) {
        self.init(time: note.time.milliseconds, who: note.jid.bare.description, cause: note.encoded)
    }
}

extension RoomFace {
    init(_ room: Room) {
        var isOpen = false
        if case .open = room.state { isOpen = true }
        self.init(
            listed: room.settings.isPublic && isOpen, title: room.settings.title, head: room.head,
            archivedCount: room.archivedCount, secret: room.secret.bytes)
    }
}
