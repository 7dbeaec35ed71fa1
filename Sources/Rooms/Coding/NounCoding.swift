// The nouns that events and snapshots are made of, as bytes.

import XMPP

extension ByteWriter {
    mutating func stamp(_ stamp: Stamp) {
        number(stamp.seq)
        moment(stamp.time)
    }

    mutating func person(_ person: Person) {
        text(person.id.text)
        jid(person.jid)
        text(person.nick)
        byte(person.affiliation.rawValue)
        byte(person.role.rawValue)
    }

    mutating func actor(_ actor: Event.Actor) {
        optional(actor.nick) { $0.text($1) }
        jid(actor.jid)
    }

    mutating func message(_ message: Event.Message) {
        stamp(message.stamp)
        text(message.archiveID)
        person(message.speaker)
        text(message.id)
        optional(message.language) { $0.text($1) }
        list(message.payload) { $0.element($1) }
        flag(message.isArchived)
        flag(message.isHistory)
        flag(message.wasOpen)
    }

    mutating func tombstone(_ tombstone: Tombstone) {
        moment(tombstone.until)
        optional(tombstone.alternate) { $0.jid($1) }
        list(tombstone.owners) { $0.jid($1) }
    }

    mutating func destruction(_ destruction: Destruction) {
        optional(destruction.alternate) { $0.jid($1) }
        optional(destruction.password) { $0.text($1) }
        optional(destruction.reason) { $0.text($1) }
    }
}

extension ByteReader {
    mutating func stamp() throws(CodingFault) -> Stamp { Stamp(seq: try sequence(), time: try moment()) }

    mutating func affiliation() throws(CodingFault) -> Affiliation {
        let byte = try byte()
        guard let affiliation = Affiliation(rawValue: byte) else { throw .unknownKind(byte) }
        return affiliation
    }

    mutating func role() throws(CodingFault) -> Role {
        let byte = try byte()
        guard let role = Role(rawValue: byte) else { throw .unknownKind(byte) }
        return role
    }

    mutating func person() throws(CodingFault) -> Person {
        Person(
            id: ParticipantID(try text()), jid: try jid(), nick: try text(), affiliation: try affiliation(),
            role: try role())
    }

    mutating func optionalText() throws(CodingFault) -> String? {
        try optional { reader throws(CodingFault) in try reader.text() }
    }

    mutating func optionalActor() throws(CodingFault) -> Event.Actor? {
        try optional { reader throws(CodingFault) in try reader.actor() }
    }

    mutating func actor() throws(CodingFault) -> Event.Actor {
        Event.Actor(nick: try optionalText(), jid: try jid())
    }

    mutating func message() throws(CodingFault) -> Event.Message {
        Event.Message(
            stamp: try stamp(), archiveID: try text(), speaker: try person(), id: try text(),
            language: try optionalText(),
            payload: try list { reader throws(CodingFault) in try reader.element() },
            isArchived: try flag(), isHistory: try flag(), wasOpen: try flag())
    }

    mutating func destruction() throws(CodingFault) -> Destruction {
        Destruction(
            alternate: try optional { reader throws(CodingFault) in try reader.jid() },
            password: try optionalText(), reason: try optionalText())
    }

    mutating func tombstone() throws(CodingFault) -> Tombstone {
        Tombstone(
            until: try moment(), alternate: try optional { reader throws(CodingFault) in try reader.jid() },
            owners: try list { reader throws(CodingFault) in try reader.jid() })
    }

    mutating func secret() throws(CodingFault) -> RoomSecret { RoomSecret(try raw(RoomSecret.length)) }
}
