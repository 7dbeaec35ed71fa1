// The durable state of a room as bytes, so that a start need not replay the journal from its beginning.

import XMPP

/// The durable state of a room as bytes: no seats, which nobody has after a start, and no tail, which the archive has.
public enum RoomSnapshot {
    /// The version that is written; every version ever written stays readable.
    ///
    /// 2: whether a membership came with a registered nick; tombstones. 3: who joined, what is published, when the
    /// rules were changed. 4: where accounts of other servers hear.
    public static let version: UInt8 = 4

    /// The durable state of `room`; equal states have equal bytes.
    public static func encode(_ room: Room) -> [UInt8] {
        var writer = ByteWriter(capacity: 1_024)
        writer.byte(version)
        switch room.state {
        case .absent:
            writer.byte(room.tombstone == nil ? 0 : 3)
            if let tombstone = room.tombstone { writer.tombstone(tombstone) }
        case .locked(let until):
            writer.byte(1)
            writer.moment(until)
        case .open: writer.byte(2)
        }
        writer.raw(room.secret.bytes)
        writer.settings(room.settings.chosen)
        writer.list(room.affiliations.entries.sorted { $0.key < $1.key }) { writer, line in
            writer.jid(line.key)
            writer.byte(line.value.affiliation.rawValue)
            writer.optional(line.value.reason) { $0.text($1) }
            writer.optional(line.value.nick) { $0.text($1) }
            writer.flag(line.value.isRegistered)
        }
        writer.optional(room.subject.change) { $0.message($1) }
        writer.number(room.head)
        writer.moment(room.lastTime)
        writer.number(room.archivedCount)
        channel(of: room, &writer)
        return writer.bytes
    }

    /// What makes a channel of it: members, invitations that were used, what is published, and when it was changed.
    private static func channel(of room: Room, _ writer: inout ByteWriter) {
        writer.list(room.enrolments.all.sorted { $0.jid < $1.jid }) { $0.enrolment($1) }
        writer.list(room.invitationTokens.used.sorted { $0.key < $1.key }) { writer, use in
            writer.number(use.key)
            writer.moment(use.value)
        }
        for mark in [room.chronicle.configuration, room.chronicle.lists, room.chronicle.information] {
            writer.optional(mark) { writer, mark in
                writer.text(mark.id)
                writer.jid(mark.by)
                writer.moment(mark.time)
            }
        }
        writer.list(room.library.nodes.sorted { $0.key < $1.key }) { writer, node in
            writer.text(node.key)
            writer.number(node.value.topic.rawValue)
            writer.list(node.value.items) { $0.item($1) }
        }
        writer.list(room.farPlaces.sorted { $0.key.text < $1.key.text }) { writer, line in
            writer.text(line.key.text)
            writer.places(line.value)
        }
    }
}

extension Room {
    /// A room as its snapshot tells it; what happened since is given to `recover`.
    ///
    /// - Throws: `CodingFault`, whatever the bytes are.
    public init(snapshot: [UInt8], name: RoomName, limits: RoomLimits = RoomLimits()) throws(CodingFault) {
        var reader = ByteReader(snapshot)
        let version = try reader.version(of: 1...RoomSnapshot.version)
        self.init(name: name, limits: limits)
        switch try reader.byte() {
        case 0: state = .absent
        case 1: state = .locked(until: try reader.moment())
        case 2: state = .open
        case 3 where version >= 2: tombstone = try reader.tombstone()
        case let other: throw .unknownKind(other)
        }
        secret = try reader.secret()
        settings = Settings(chosen: try reader.settings())
        for _ in 0..<(try reader.count()) {
            let jid = try reader.jid()
            let entry = Affiliations.Entry(
                affiliation: try reader.affiliation(), reason: try reader.optionalText(),
                nick: try reader.optionalText(), isRegistered: version < 2 ? false : try reader.flag())
            guard entry.affiliation != .none else { throw .malformed("affiliation") }
            affiliations.restore(jid, entry)
        }
        if let change = try reader.optional({ reader throws(CodingFault) in try reader.message() }) {
            subject.apply(change)
        }
        head = try reader.sequence()
        lastTime = try reader.moment()
        archivedCount = try reader.sequence()
        if version >= 3 { try readChannel(&reader) }
        if version >= 4 {
            for _ in 0..<(try reader.count()) { farPlaces[ParticipantID(try reader.text())] = try reader.places() }
        }
        try reader.end()
    }

    private mutating func readChannel(_ reader: inout ByteReader) throws(CodingFault) {
        for _ in 0..<(try reader.count()) { enrolments.put(try reader.enrolment()) }
        takeNicksOfMembers()
        for _ in 0..<(try reader.count()) {
            invitationTokens.restore(try reader.number(), until: try reader.moment())
        }
        for place in [\Chronicle.configuration, \Chronicle.lists, \Chronicle.information] {
            chronicle[keyPath: place] = try reader.optional { reader throws(CodingFault) in
                Chronicle.Mark(id: try reader.text(), by: try reader.jid(), time: try reader.moment())
            }
        }
        for _ in 0..<(try reader.count()) {
            let (name, topic) = (try reader.text(), Topics(rawValue: try reader.number()))
            let items = try reader.list { reader throws(CodingFault) in try reader.item() }
            library.nodes[name] = NodeLibrary.Node(topic: topic, items: items)
        }
    }

    /// Applies a kept event of the journal. Others are passed over: nobody has a seat after a start (law 3).
    public mutating func recover(_ event: Event) {
        if event.durability == .kept { apply(event) }
    }

    /// Puts the newest archived messages back, before or after the events since the snapshot are recovered.
    public mutating func restoreTail(_ messages: [Event.Message]) { conversation.restore(messages, limits) }

    /// Whether no older message would find a place among those that newcomers are shown.
    public var hasFullTail: Bool {
        conversation.tail.count >= limits.tailEvents || conversation.tailBytes >= limits.tailBytes
    }

    /// Takes back from the notes who spoke which dialect here and when, after the kept events are recovered.
    ///
    /// Whoever came and never went was here when the service broke off. When that was nobody wrote down: the last that
    /// is known of the room counts, not now, so that loading the room does not prolong it.
    ///
    /// - Parameter notes: oldest first.
    public mutating func recollect(_ notes: [Note]) {
        var last: [JID: Note] = [:]
        for note in notes where note.dialect != nil && !note.address.isBare { last[note.address] = note }
        let end = max(lastTime, notes.map(\.time).max() ?? lastTime)
        for note in last.values.sorted(by: { $0.time < $1.time }) {
            guard let dialect = note.dialect else { continue }
            acquaintances.note(note.address, dialect, at: note.kind == .entered ? end : note.time, limits)
        }
    }
}
