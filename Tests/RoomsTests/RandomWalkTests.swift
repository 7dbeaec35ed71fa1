// Many people do everything in a random order, and the room stays what it should be.

import Testing
import XML
import XMPP

@testable import Rooms

/// Makes random commands, most of them sensible for the room as it is.
private struct Wanderer {
    var chance: Seeded
    private static let people = [
        ada, adaPhone, bo, boDesk, cy, jid("dee@d.example/a"), jid("dee@d.example/b"), jid("eve@b.example/x"),
        jid("bot.example/bot"),
    ]
    private static let nicks = ["ada", "bo", "BO", "cy", "dee", "Dee ", "eve", "x", "", "日本"]
    private static let targets = people.map(\.bare) + [jid("b.example"), jid("d.example"), jid("bot.example")]

    mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: 0..<values.count, using: &chance)]
    }
    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &chance) < percent }

    private mutating func presence() -> SeatPresence {
        SeatPresence(payload: [Element("show", NS.client) { pick(["away", "xa"]) }], priority: pick([-1, 0, 1]))
    }

    private mutating func requester(_ room: Room) -> Requester {
        let address = pick(Self.people)
        return Requester(jid: address, seat: room.seating[address: address]?.id, isOperator: chance(5))
    }

    private mutating func seat(_ room: Room) -> SeatID {
        chance(3)
            ? SeatID(UInt64.random(in: 0...50, using: &chance))
            : room.seating.all.isEmpty
                ? SeatID(0) : pick(room.seating.all).id
    }

    private mutating func words() -> Utterance {
        let payload: [Element] = pick([
            [Element("body", NS.client) { "hi" }], [Element("composing", NS.chatStates)], [],
            [Element("body", NS.client) { String(repeating: "x", count: 3_000) }, Element("no-store", NS.hints)],
        ])
        return Utterance(id: pick([nil, "m"]), type: .groupchat, payload: payload)
    }

    private mutating func entry() -> Command {
        .enter(
            Entry(
                address: pick(Self.people), domain: "rooms.example", dialect: DialectID(pick(["muc", "groupchat"])),
                nick: pick(Self.nicks), tolerance: pick([.orHeld, .exactly]),
                creation: pick([.locked, .open, .never]), password: pick([nil, nil, "p"]), presence: presence(),
                features: pick([[], ["urn:x:one"]])))
    }

    private mutating func configuration() -> Configuration {
        var settings: [Setting: SettingValue] = [:]
        for setting in [Setting.isMembersOnly, .isModerated, .nicksLocked, .isArchived, .invitationsByParticipants]
        where chance(20) { settings[setting] = .flag(chance(50)) }
        if chance(5) { settings[.isPersistent] = .flag(chance(50)) }
        if chance(30) { settings[.registration] = .choice(pick(["open", "approval", "closed"])) }
        if chance(10) { settings[.password] = .text(pick(["", "p"])) }
        if chance(10) { settings[.maxOccupants] = .number(pick([nil, 1, 3, -4])) }
        if chance(25) { settings[.requiredFeatures] = .lines(pick([[], ["urn:x:one"]])) }
        if chance(10) { settings[.presenceBroadcast] = .roles(pick([[.moderator], [.moderator, .participant]])) }
        return Configuration(
            settings: settings, owners: chance(10) ? [pick(Self.targets), pick(Self.targets)] : nil,
            admins: chance(10) ? [pick(Self.targets)] : nil)
    }

    private mutating func ruling(_ room: Room) -> Command {
        switch Int.random(in: 0..<12, using: &chance) {
        case 0..<3:
            let changes = (0...pick([0, 0, 1])).map { _ in
                RoleChange(nick: pick(Self.nicks), role: pick(Role.allCases), reason: pick([nil, "r"]))
            }
            return .setRoles(changes, by: requester(room))
        case 3..<7:
            let changes = (0...pick([0, 0, 2])).map { _ in
                AffiliationChange(
                    target: chance(80) ? .jid(pick(Self.targets)) : .nick(pick(Self.nicks)),
                    affiliation: pick(Affiliation.allCases), nick: chance(20) ? pick(Self.nicks) : nil)
            }
            return .setAffiliations(changes, by: requester(room))
        case 7: return .configure(configuration(), by: requester(room))
        case 8:
            return .invite(Invitation(invitees: [pick(Self.people)], id: pick([nil, "m"])), by: requester(room))
        case 9:
            if chance(20) {
                return .answerRegistration(of: pick(Self.people), grants: true, by: requester(room))
            }
            let wish = Command.register(nick: pick(Self.nicks), by: requester(room))
            return chance(60) ? wish : .unregister(by: requester(room))
        case 10:
            return .giveBack(
                id: "m", from: pick(Self.people), isInvitation: chance(50), StanzaError(.notAcceptable))
        default: return .decline(Decline(target: .nick(pick(Self.nicks))), by: pick(Self.people))
        }
    }

    mutating func command(_ room: Room) -> Command {
        switch Int.random(in: 0..<1_000, using: &chance) {
        case 0..<300: return entry()
        case 300..<400: return .updatePresence(seat(room), presence())
        case 400..<450: return .rename(seat(room), nick: pick(Self.nicks))
        case 450..<530: return .leave(seat(room), payload: [])
        case 530..<550: return .remove(seat(room), because: "gone")
        case 550..<680: return .say(seat(room), words())
        case 680..<700: return .whisper(seat(room), to: room.participantID(of: pick(Self.people)), words())
        case 700..<730:
            let subject = Utterance(id: "s", type: .groupchat, payload: [Element("subject", NS.client) { "t" }])
            return .setSubject(seat(room), subject)
        case 730..<738:
            guard chance(30) else { return .requestVoice(seat(room)) }
            return .answerVoiceRequest(of: pick(Self.people), grants: chance(80), by: requester(room))
        case 738..<750:
            return .resync(
                seat(room), dialect: DialectID("muc"), history: HistoryRequest(), presence: presence(), answering: "r")
        case 750..<985: return ruling(room)
        case 985..<990: return chance(50) ? .abandon(by: requester(room)) : .found(by: requester(room))
        case 990..<992: return .destroy(Destruction(reason: "r"), by: requester(room))
        case 992..<994: return .shutDown
        default: return .deadlineReached
        }
    }
}

@Suite("Random walk")
struct RandomWalkTests {
    /// What no part of a room may differ in after the kept events are applied to an empty one.
    private func sameWithoutSeats(_ live: Room, _ recovered: Room) -> Bool {
        RoomSnapshot.encode(live) == RoomSnapshot.encode(recovered) && live.conversation == recovered.conversation
            && live.settings == recovered.settings && live.affiliations == recovered.affiliations
            && live.subject == recovered.subject
    }

    private func limits(_ seed: UInt64) -> RoomLimits {
        var limits = RoomLimits()
        guard seed % 3 == 0 else { return limits }
        limits.seatsPerParticipant = 1
        limits.occupants = 4
        limits.occupantReserve = 1
        limits.affiliations = 5
        limits.tailEvents = 3
        limits.acquaintances = 4
        limits.pendingInvitations = 2
        limits.voiceRequests = 1
        limits.letters = 1
        limits.voices = 1
        limits.applications = 1
        return limits
    }

    @Test(
        "Invariants hold after every step, and recovery makes the same room (MUC-447, MUC-012, MUC-443)",
        arguments: 0..<60)
    func walk(_ number: Int) throws {
        let seed = UInt64(number)
        var wanderer = Wanderer(chance: Seeded(seed &* 77 &+ 1))
        let limits = limits(seed)
        var room = Room(name: RoomName(service: "main", local: "walk"), limits: limits)
        var recovered = room
        var now = Moment(milliseconds: 1_795_248_000_000)
        var defaults = Settings()
        defaults[.isPersistent] = .flag(seed % 2 == 0)
        var refusals = 0
        for step in 0..<400 {
            now = now + .milliseconds(wanderer.pick([0, 1, 1_000, 100_000]))
            let entropy = Seeded(seed &+ UInt64(step) &* 1_000)
            let context = Context(
                now: now,
                randomBytes: { count in
                    var chance = entropy
                    return (0..<count).map { _ in UInt8.random(in: 0...255, using: &chance) }
                }, limits: limits, defaults: defaults)
            let command = wanderer.command(room)
            let before = room
            let snapshot = RoomSnapshot.encode(room)
            do throws(Refusal) {
                let events = try room.decide(command, in: context)
                let again = try? room.decide(command, in: context)
                #expect(again == events, "decide is not pure: \(command)")
                for event in events {
                    room.apply(event)
                    try keep(event, &recovered)
                }
            } catch {
                refusals += 1
                #expect(error != .roomMissing || room.state == .absent)
            }
            let violations = room.violations(since: before)
            #expect(violations.isEmpty, "seed \(seed) step \(step) \(command): \(violations)")
            #expect(RoomSnapshot.encode(before) == snapshot)
            #expect(sameWithoutSeats(room, recovered), "seed \(seed) step \(step) \(command)")
            guard violations.isEmpty else { return }
        }
        #expect((20...380).contains(refusals), "\(refusals) of 400 refused: the walk goes nowhere")
        let restored = try Room(snapshot: RoomSnapshot.encode(room), name: room.name, limits: limits)
        #expect(RoomSnapshot.encode(restored) == RoomSnapshot.encode(room))
        #expect(restored.affiliations == room.affiliations && restored.subject == room.subject)
    }

    @Test("The walk meets every kind of event, and every way to go")
    func coverage() {
        var met: Set<String> = []
        for number in 0..<60 {
            let seed = UInt64(number)
            var wanderer = Wanderer(chance: Seeded(seed &* 77 &+ 1))
            var room = Room(name: RoomName(service: "main", local: "walk"), limits: limits(seed))
            var context = Context(
                now: Moment(milliseconds: 1_795_248_000_000), randomBytes: { Array(repeating: 7, count: $0) },
                limits: limits(seed))
            if number % 3 == 0 { context.defaults[.registration] = .choice("approval") }
            for _ in 0..<400 {
                context.now = context.now + .seconds(wanderer.pick([0, 1, 100]))
                for event in (try? room.decide(wanderer.command(room), in: context)) ?? [] {
                    met.formUnion(names(of: event))
                    room.apply(event)
                }
            }
        }
        let expected: Set = [
            "created", "unlocked", "destroyed", "shutDown", "entered", "resynced", "presenceChanged", "renamed", "left",
            "said", "subjectChanged", "whispered", "invited", "declined", "roleChanged", "affiliationChanged",
            "configured", "own", "kicked", "banned", "lostMembership", "becameMembersOnly", "missesFeature",
            "technical", "silent", "removes", "passing", "visibilityChanged", "voiceRequested", "registers", "returned",
            "entombed", "registrationRequested",
        ]
        #expect(met == expected)
    }

    /// The kind of an event, and what sets it apart from others of its kind.
    private func names(of event: Event) -> [String] {
        func label(_ value: Any) -> String { Mirror(reflecting: value).children.first?.label ?? "\(value)" }
        var names = Mirror(reflecting: event).children.first.map { [label($0.value)] } ?? []
        if event.ending?.tombstone != nil { names.append("entombed") }
        if let departure = event.departure { names.append(label(departure.cause)) }
        if let change = event.rankChange {
            if change.isSilent { names.append("silent") }
            if change.removes { names.append("removes") }
            if change.registers { names.append("registers") }
        }
        if event.message?.isKept == false, event.durability == .passing { names.append("passing") }
        return names
    }

    /// A kept event goes through its bytes into the other room, a noted one through the bytes of its notes.
    private func keep(_ event: Event, _ recovered: inout Room) throws(Refusal) {
        do {
            if let bytes = EventCoding.encode(event) {
                let decoded = try EventCoding.decode(bytes)
                if event.ending == nil { #expect(decoded == event) }
                #expect(event.stamp.map { $0.seq == recovered.head + 1 } ?? false, "a gap before \(event)")
                recovered.recover(decoded)
            }
            for note in Note.notes(of: event, at: Moment(milliseconds: 0)) {
                #expect(try Note(time: note.time, jid: note.jid, encoded: note.encoded) == note)
            }
        } catch {
            Issue.record("\(event): \(error)")
        }
    }
}
