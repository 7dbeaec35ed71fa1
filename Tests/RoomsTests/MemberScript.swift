// A room in a test that people join for good.

import Testing
import XML
import XMPP

@testable import Rooms

let mix = DialectID("mix")

extension RoomScript {
    /// A channel of Ada's, who is not in it.
    static func channel(
        _ settings: [Setting: SettingValue] = [:], limits: RoomLimits = RoomLimits()
    ) throws -> RoomScript {
        var script = RoomScript(limits: limits)
        try script.run(.found(by: Requester(jid: ada), with: settings))
        return script
    }

    /// The wish of somebody to join, of which one client listens: its own.
    static func joining(
        _ address: JID, as nick: String? = nil, to asked: [Topics] = [.messages, .participants, .presence],
        assignsNick: Bool = false, preferences: Preferences? = nil, invitation: ChannelInvitation? = nil,
        listens: Bool = true
    ) -> Command {
        let listener = Command.Joining.Listening(address: address, dialect: mix, showsPresence: false)
        return .membership(
            .join(
                Command.Joining(
                    address: address, domain: "mix.example", dialect: mix, asked: asked, nick: nick,
                    assignsNick: assignsNick, preferences: preferences, invitation: invitation,
                    listeners: listens ? [listener] : [])))
    }

    @discardableResult
    mutating func join(
        _ address: JID, as nick: String? = nil, to asked: [Topics] = [.messages, .participants, .presence],
        assignsNick: Bool = false, preferences: Preferences? = nil, invitation: ChannelInvitation? = nil,
        listens: Bool = true, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> Event.Joining {
        let command = Self.joining(
            address, as: nick, to: asked, assignsNick: assignsNick, preferences: preferences, invitation: invitation,
            listens: listens)
        let events = try run(command, sourceLocation: sourceLocation)
        guard case .membership(.joined(let joining))? = events.last else { throw Unexpected(what: "\(events)") }
        return joining
    }

    /// Presence of a client of a member.
    static func appearing(
        _ address: JID, _ presence: SeatPresence = SeatPresence(payload: []), isHeardFor: Bool = false
    ) -> Command {
        .membership(.appear(address, presence, dialect: mix, domain: "mix.example", isHeardFor: isHeardFor))
    }

    @discardableResult
    mutating func appear(
        _ address: JID, _ presence: SeatPresence = SeatPresence(payload: []), isHeardFor: Bool = false,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> [Event] {
        try run(Self.appearing(address, presence, isHeardFor: isHeardFor), sourceLocation: sourceLocation)
    }

    static func listening(_ address: JID) -> Command {
        .membership(.listen(address, dialect: mix, domain: "mix.example", showsPresence: false))
    }

    static func subscribing(_ address: JID, _ add: Topics = [], without remove: Topics = []) -> Command {
        .membership(.subscribe(address, add: add, remove: remove, dialect: mix, domain: "mix.example"))
    }

    /// An invitation as its maker is answered.
    mutating func invitation(for invitee: JID, by inviter: JID) throws -> ChannelInvitation {
        let events = try run(.membership(.invite(invitee, by: requester(inviter))))
        guard case .membership(.invited(let invitation))? = events.first else { throw Unexpected(what: "\(events)") }
        return invitation
    }

    func enrolment(_ address: JID) -> Enrolment? { room.enrolments[jid: address] }

    /// The same room, as it is after a start of the server.
    func recovered() throws -> Room {
        var room = Room(name: room.name, limits: room.limits)
        for event in told {
            guard let bytes = EventCoding.encode(event) else { continue }
            room.recover(try EventCoding.decode(bytes))
        }
        return room
    }

    /// What is kept makes the same room, by its events and by its snapshot.
    func expectKept(_ sourceLocation: SourceLocation = #_sourceLocation) throws {
        let bytes = RoomSnapshot.encode(room)
        #expect(RoomSnapshot.encode(try recovered()) == bytes, sourceLocation: sourceLocation)
        let restored = try Room(snapshot: bytes, name: room.name, limits: room.limits)
        #expect(RoomSnapshot.encode(restored) == bytes, sourceLocation: sourceLocation)
        #expect(try recovered().violations() == [], sourceLocation: sourceLocation)
        #expect(restored.violations() == [], sourceLocation: sourceLocation)
    }
}

extension Event {
    var joining: Joining? { if case .membership(.joined(let joining)) = self { joining } else { nil } }
    var withdrawal: Withdrawal? {
        if case .membership(.withdrawn(let withdrawal)) = self { withdrawal } else { nil }
    }
    var membershipChange: MembershipChange? {
        if case .membership(.changed(let change)) = self { change } else { nil }
    }
    var arrival: Arrival? { if case .attendance(.entered(let arrival)) = self { arrival } else { nil } }
    var renaming: Renaming? { if case .attendance(.renamed(let renaming)) = self { renaming } else { nil } }
    var listening: Listening? { if case .membership(.listening(let listening)) = self { listening } else { nil } }
    var retraction: Retraction? {
        if case .conversation(.retracted(let retraction)) = self { retraction } else { nil }
    }
    var isDestruction: Bool { ending != nil }

    /// The same as far as it is written: who sat where, and what is only told, is not (law 3).
    var asKept: Event {
        switch self {
        case .lifecycle(.destroyed(let ending)):
            let kept = Ending(
                stamp: ending.stamp, destruction: ending.destruction, seats: [], tombstone: ending.tombstone)
            return .lifecycle(.destroyed(kept))
        case .membership(.withdrawn(let withdrawal)):
            let kept = Withdrawal(
                stamp: withdrawal.stamp, enrolment: withdrawal.enrolment, person: withdrawal.person, seats: [],
                cause: .own)
            return .membership(.withdrawn(kept))
        case .membership(.changed(var change)):
            change.added = []
            return .membership(.changed(change))
        case .conversation(.retracted(var retraction)):
            retraction.tombstone = nil
            return .conversation(.retracted(retraction))
        case .governance(.affiliationChanged(var change)):
            (change.isOfPurge, change.isContinued) = (false, false)
            return .governance(.affiliationChanged(change))
        case .governance(.configured(var change)):
            (change.removedNodes, change.isContinued) = ([], false)
            return .governance(.configured(change))
        default: return self
        }
    }
}

extension Room {
    /// How many bytes of its snapshot versions 3 and 4 added, if nobody joined and nothing is published.
    var channelBytes: Int {
        var writer = ByteWriter()
        for mark in [chronicle.configuration, chronicle.lists, chronicle.information] {
            writer.optional(mark) { writer, mark in
                writer.text(mark.id)
                writer.jid(mark.by)
                writer.moment(mark.time)
            }
        }
        return writer.bytes.count + 4  // and four empty lists
    }
}
