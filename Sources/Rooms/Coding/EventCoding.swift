// Kept events as bytes: what the journal holds, readable by every later version.

/// Kept events as bytes and back: version, kind, then the event. What is not kept has no bytes (law 3).
public enum EventCoding {
    /// The version that is written; every version ever written stays readable.
    public static let version: UInt8 = 1

    /// The number of a kind of kept event, as it stands in the journal; never reused.
    enum Kind: UInt8 {
        case created = 1
        case unlocked = 2
        case destroyed = 3
        case said = 4
        case subjectChanged = 5
        case affiliationChanged = 6
        case configured = 7
        /// An affiliation that came with a registered nick; else as `affiliationChanged`.
        case registered = 8
        /// The end of a room that leaves a tombstone, which follows; else as `destroyed`.
        case entombed = 9
        case joined = 10
        case membershipChanged = 11
        case withdrawn = 12
        /// Another nick of somebody who joined.
        case renamed = 13
        case retracted = 14
        case nodeMade = 15
        /// An affiliation, with the one before it, and whether it came with a registered nick.
        case ranked = 16
        case nodeDropped = 17
        case itemPublished = 18
        case itemsRemoved = 19
        /// Where an account of another server hears.
        case placed = 20
    }

    /// The kind of a kept event, for the journal's own column; nil for what is not kept.
    public static func kind(of event: Event) -> UInt8? { event.durability == .kept ? Kind(event)?.rawValue : nil }

    /// A kept event as bytes; nil for what is not kept.
    ///
    /// Seats are never written: of a destroyed room remains why, not who sat in it.
    public static func encode(_ event: Event) -> [UInt8]? {
        guard event.durability == .kept, let kind = Kind(event) else { return nil }
        var writer = ByteWriter()
        writer.byte(version)
        writer.byte(kind.rawValue)
        switch event {
        case .lifecycle(.created(let creation)): writer.creation(creation)
        case .lifecycle(.unlocked(let stamp)): writer.stamp(stamp)
        case .lifecycle(.destroyed(let ending)):
            writer.stamp(ending.stamp)
            writer.optional(ending.destruction) { $0.destruction($1) }
            if let tombstone = ending.tombstone { writer.tombstone(tombstone) }
        case .conversation(.said(let message)), .conversation(.subjectChanged(let message)): writer.message(message)
        case .governance(.affiliationChanged(let change)):
            writer.rankChange(change)
            writer.flag(change.registers)
            writer.byte(change.former.rawValue)
        case .governance(.configured(let change)):
            writer.stamp(change.stamp)
            writer.settings(change.changed)
            writer.flag(change.isFirst)
            writer.actor(change.by)
        case .conversation(.retracted(let retraction)): writer.retraction(retraction)
        case .attendance(.renamed(let renaming)):
            guard let stamp = renaming.stamp else { return nil }
            writer.renaming(renaming, stamp)
        case .membership(let happening): writer.membership(happening)
        case .library(let happening): writer.library(happening)
        case .lifecycle, .attendance, .conversation, .governance: return nil
        }
        return writer.bytes
    }

    /// The event behind stored bytes.
    ///
    /// - Throws: `CodingFault`, whatever the bytes are.
    public static func decode(_ bytes: [UInt8]) throws(CodingFault) -> Event {
        var reader = ByteReader(bytes)
        try reader.version(version)
        let number = try reader.byte()
        guard let kind = Kind(rawValue: number) else { throw .unknownKind(number) }
        let event: Event
        switch kind {
        case .created: event = .lifecycle(.created(try reader.creation()))
        case .unlocked: event = .lifecycle(.unlocked(try reader.stamp()))
        case .destroyed, .entombed:
            let stamp = try reader.stamp()
            let why = try reader.optional { reader throws(CodingFault) in try reader.destruction() }
            let tombstone = kind == .entombed ? try reader.tombstone() : nil
            event = .lifecycle(
                .destroyed(Event.Ending(stamp: stamp, destruction: why, seats: [], tombstone: tombstone)))
        case .said: event = .conversation(.said(try reader.message()))
        case .subjectChanged: event = .conversation(.subjectChanged(try reader.message()))
        case .affiliationChanged: event = .governance(.affiliationChanged(try reader.rankChange()))
        case .registered:
            var change = try reader.rankChange()
            change.registers = true
            event = .governance(.affiliationChanged(change))
        case .ranked:
            var change = try reader.rankChange()
            change.registers = try reader.flag()
            change.former = try reader.affiliation()
            event = .governance(.affiliationChanged(change))
        case .joined: event = .membership(.joined(try reader.joining()))
        case .membershipChanged: event = .membership(.changed(try reader.membershipChange()))
        case .withdrawn: event = .membership(.withdrawn(try reader.withdrawal()))
        case .placed: event = .membership(.placed(try reader.placing()))
        case .renamed: event = .attendance(.renamed(try reader.renaming()))
        case .retracted: event = .conversation(.retracted(try reader.retraction()))
        case .nodeMade, .nodeDropped, .itemPublished, .itemsRemoved: event = .library(try reader.library(kind))
        case .configured:
            let change = Event.Reconfiguration(
                stamp: try reader.stamp(), changed: try reader.settings(), isFirst: try reader.flag(),
                by: try reader.actor())
            event = .governance(.configured(change))
        }
        try reader.end()
        return event
    }
}

extension EventCoding.Kind {
    init?(_ event: Event) {
        switch event {
        case .lifecycle(.created): self = .created
        case .lifecycle(.unlocked): self = .unlocked
        case .lifecycle(.destroyed(let ending)): self = ending.tombstone == nil ? .destroyed : .entombed
        case .conversation(.said): self = .said
        case .conversation(.subjectChanged): self = .subjectChanged
        case .governance(.affiliationChanged): self = .ranked
        case .governance(.configured): self = .configured
        case .conversation(.retracted): self = .retracted
        case .attendance(.renamed(let renaming)) where renaming.stamp != nil: self = .renamed
        case .membership(.joined): self = .joined
        case .membership(.changed): self = .membershipChanged
        case .membership(.withdrawn): self = .withdrawn
        case .membership(.placed): self = .placed
        case .membership: return nil
        case .library(.made): self = .nodeMade
        case .library(.dropped): self = .nodeDropped
        case .library(.published): self = .itemPublished
        case .library(.removed): self = .itemsRemoved
        case .lifecycle, .attendance, .conversation, .governance: return nil
        }
    }
}

extension ByteWriter {
    fileprivate mutating func creation(_ creation: Event.Creation) {
        stamp(creation.stamp)
        raw(creation.secret.bytes)
        jid(creation.owner)
        flag(creation.isLocked)
        settings(creation.settings.chosen)
        optional(creation.opensAt) { $0.moment($1) }
    }

    fileprivate mutating func rankChange(_ change: Event.RankChange) {
        optional(change.stamp) { $0.stamp($1) }
        jid(change.jid)
        optional(change.person) { $0.person($1) }
        optional(change.formerRole) { $0.byte($1.rawValue) }
        byte(change.affiliation.rawValue)
        optional(change.actor) { $0.actor($1) }
        optional(change.reason) { $0.text($1) }
        optional(change.reservedNick) { $0.text($1) }
        flag(change.isSilent)
        flag(change.removes)
        moment(change.time)
    }
}

extension ByteReader {
    fileprivate mutating func creation() throws(CodingFault) -> Event.Creation {
        Event.Creation(
            stamp: try stamp(), secret: try secret(), owner: try jid(), isLocked: try flag(),
            settings: Settings(chosen: try settings()),
            opensAt: try optional { reader throws(CodingFault) in try reader.moment() })
    }

    fileprivate mutating func rankChange() throws(CodingFault) -> Event.RankChange {
        Event.RankChange(
            stamp: try optional { reader throws(CodingFault) in try reader.stamp() }, jid: try jid(),
            person: try optional { reader throws(CodingFault) in try reader.person() },
            formerRole: try optional { reader throws(CodingFault) in try reader.role() },
            affiliation: try affiliation(), actor: try optionalActor(), reason: try optionalText(),
            reservedNick: try optionalText(), isSilent: try flag(), removes: try flag(), time: try moment())
    }
}
