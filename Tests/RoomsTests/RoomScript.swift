// A room in a test: given a room, when a command, then events or a refusal.

import Testing
import XML
import XMPP

@testable import Rooms

/// A room with a clock moved by hand and chance from a seed; every step is checked against the invariants.
struct RoomScript {
    private(set) var room: Room
    var now = Moment(milliseconds: 1_795_248_000_000)  // 2026-11-21T08:00:00Z
    var limits = RoomLimits()
    var defaults = Settings()
    var mayCreate = true
    var locksNewRooms = true
    var registry = NickRegistry()
    /// The domains of this house's accounts; nil: everybody's.
    var homes: Set<String>?
    private(set) var told: [Event] = []
    private var chance: Seeded

    init(name: String = "cellar", seed: UInt64 = 1, limits: RoomLimits = RoomLimits()) {
        room = Room(name: RoomName(service: "main", local: name), limits: limits)
        self.limits = limits
        chance = Seeded(seed)
    }

    /// Ada's room, open, with these settings; she sits in it.
    static func open(
        _ settings: [Setting: SettingValue] = [:], limits: RoomLimits = RoomLimits()
    ) throws -> RoomScript {
        var script = RoomScript(limits: limits)
        for (setting, value) in settings { script.defaults[setting] = value }
        let password = script.defaults.password
        try script.enter(ada, as: "ada", creation: .open, password: password)
        return script
    }

    var context: Context {
        let seed = chance
        return Context(
            now: now,
            randomBytes: { count in
                var chance = seed
                return (0..<count).map { _ in UInt8.random(in: 0...255, using: &chance) }
            }, mayCreate: mayCreate, limits: limits, defaults: defaults, locksNewRooms: locksNewRooms,
            registry: registry, homes: homes)
    }

    /// Decides and applies; the same decision made twice is the same.
    @discardableResult
    mutating func run(
        _ command: Command, sourceLocation: SourceLocation = #_sourceLocation
    ) throws(Refusal) -> [Event] {
        let before = room
        let events = try room.decide(command, in: context)
        #expect(RoomSnapshot.encode(room) == RoomSnapshot.encode(before), sourceLocation: sourceLocation)
        for event in events {
            room.apply(event)
        }
        #expect(room.violations(since: before) == [], sourceLocation: sourceLocation)
        told += events
        _ = chance.next()
        return events
    }

    /// Why the room does not do it; nil where it would. Nothing happens either way.
    func refusal(of command: Command) -> Refusal? {
        do throws(Refusal) {
            _ = try room.decide(command, in: context)
            return nil
        } catch {
            return error
        }
    }

    static func entry(
        _ address: JID, as nick: String, dialect: String = "muc", tolerance: Entry.NickTolerance = .orHeld,
        creation: Entry.Creation = .locked, password: String? = nil,
        presence: SeatPresence = SeatPresence(payload: [])
    ) -> Command {
        .enter(
            Entry(
                address: address, domain: "rooms.example", dialect: DialectID(dialect), nick: nick,
                tolerance: tolerance, creation: creation, password: password, presence: presence))
    }

    @discardableResult
    mutating func enter(
        _ address: JID, as nick: String, dialect: String = "muc", tolerance: Entry.NickTolerance = .orHeld,
        creation: Entry.Creation = .locked, password: String? = nil,
        presence: SeatPresence = SeatPresence(payload: []), sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> Event.Arrival {
        let events = try run(
            Self.entry(
                address, as: nick, dialect: dialect, tolerance: tolerance, creation: creation, password: password,
                presence: presence),
            sourceLocation: sourceLocation)
        guard case .attendance(.entered(let arrival))? = events.last else { throw Unexpected(what: "\(events)") }
        return arrival
    }

    /// The seat at this address.
    func seat(_ address: JID) throws -> SeatID { try #require(room.seating[address: address]).id }

    /// A requester as a dialect makes it.
    func requester(_ address: JID) -> Requester {
        Requester(jid: address, seat: room.seating[address: address]?.id)
    }

    func role(_ address: JID) -> Role? { room.roster[jid: address]?.role }

    /// Gives an affiliation, on the word of an owner.
    @discardableResult
    mutating func give(
        _ affiliation: Affiliation, to target: JID, by owner: JID = ada, nick: String? = nil, reason: String? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> [Event] {
        try run(
            .setAffiliations(
                [AffiliationChange(target: .jid(target), affiliation: affiliation, nick: nick, reason: reason)],
                by: requester(owner)),
            sourceLocation: sourceLocation)
    }

    /// The command to give `role` to whom has `nick`.
    func roleCommand(_ role: Role, to nick: String, by actor: JID) -> Command {
        .setRoles([RoleChange(nick: nick, role: role)], by: requester(actor))
    }

    mutating func configure(_ settings: [Setting: SettingValue], by owner: JID = ada) throws -> [Event] {
        try run(.configure(Configuration(settings: settings), by: requester(owner)))
    }

    static func words(_ text: String, id: String? = "m1", extra: [Element] = []) -> Utterance {
        Utterance(id: id, type: .groupchat, payload: [Element("body", NS.client) { text }] + extra)
    }
}

/// Something came out otherwise than a test needs to go on.
struct Unexpected: Error { let what: String }

/// A generator whose numbers follow from its seed (SplitMix64).
struct Seeded: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

/// An address that is known to be one.
func jid(_ text: String) -> JID {
    do { return try JID(text) } catch { preconditionFailure("\(text) is no address") }
}

let ada = jid("ada@a.example/desk")
let adaPhone = jid("ada@a.example/phone")
let bo = jid("bo@b.example/phone")
let boDesk = jid("bo@b.example/desk")
let cy = jid("cy@b.example/lab")

extension Event {
    var departure: Departure? { if case .attendance(.left(let departure)) = self { departure } else { nil } }
    var rankChange: RankChange? {
        switch self {
        case .governance(.affiliationChanged(let change)), .governance(.roleChanged(let change)): change
        default: nil
        }
    }
    var ending: Ending? { if case .lifecycle(.destroyed(let ending)) = self { ending } else { nil } }
    var message: Message? {
        switch self {
        case .conversation(.said(let message)), .conversation(.subjectChanged(let message)): message
        default: nil
        }
    }
}
