// Many people do everything in a random order, and the room stays what it should be.

import Testing
import XMPP

@testable import Rooms

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
        limits.members = 4
        limits.onlookers = 2
        limits.clientsElsewhere = 1
        limits.nodeItems = 2
        limits.ownNodes = 2
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
                }, limits: limits, defaults: defaults, homes: ["a.example"])
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
                    wanderer.hear(event)
                }
            } catch {
                refusals += 1
                #expect(error != .roomMissing || room.state == .absent || room.settings.isAdHoc)
            }
            let violations = room.violations(since: before)
            #expect(violations.isEmpty, "seed \(seed) step \(step) \(command): \(violations)")
            #expect(RoomSnapshot.encode(before) == snapshot)
            let (isSame, others) = (sameWithoutSeats(room, recovered), recovered.violations())
            #expect(isSame && others.isEmpty, "recovered otherwise: seed \(seed) step \(step) \(command): \(others)")
            guard violations.isEmpty, isSame else { return }
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
                limits: limits(seed), homes: ["a.example"])
            if number % 3 == 0 { context.defaults[.registration] = .choice("approval") }
            for _ in 0..<700 {
                context.now = context.now + .seconds(wanderer.pick([0, 1, 100]))
                for event in (try? room.decide(wanderer.command(room), in: context)) ?? [] {
                    met.formUnion(names(of: event))
                    room.apply(event)
                    wanderer.hear(event)
                }
            }
        }
        let expected: Set = [
            "created", "unlocked", "destroyed", "shutDown", "entered", "resynced", "presenceChanged", "renamed", "left",
            "said", "subjectChanged", "whispered", "invited", "declined", "roleChanged", "affiliationChanged",
            "configured", "own", "kicked", "banned", "lostMembership", "becameMembersOnly", "missesFeature",
            "technical", "silent", "removes", "passing", "visibilityChanged", "voiceRequested", "registers", "returned",
            "entombed", "registrationRequested", "retracted", "renamed for good", "membership.joined",
            "membership.changed", "membership.withdrawn", "membership.listening", "membership.deafened",
            "membership.placed", "membership.retuned", "membership.invited", "membership.sighted",
            "membership.vanished", "admitted", "joined again", "only subscribed", "changes sight",
            "library.made", "library.dropped", "library.published", "library.removed",
        ]
        #expect(met.symmetricDifference(expected).isEmpty)
    }

    /// The kind of an event, and what sets it apart from others of its kind.
    private func names(of event: Event) -> [String] {
        func label(_ value: Any) -> String { Mirror(reflecting: value).children.first?.label ?? "\(value)" }
        var names = Mirror(reflecting: event).children.first.map { [label($0.value)] } ?? []
        switch event {
        case .membership(let happening): names = ["membership.\(label(happening))"]
        case .library(let happening): names = ["library.\(label(happening))"]
        default: break
        }
        if let joining = event.joining {
            if joining.token != nil { names.append("admitted") }
            if !joining.isNew { names.append("joined again") }
        }
        if let change = event.membershipChange {
            if !change.enrolment.isParticipant { names.append("only subscribed") }
            if change.changesSight { names.append("changes sight") }
        }
        if event.renaming?.stamp != nil { names.append("renamed for good") }
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
                #expect(decoded == event.asKept)
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
