// The seating plan against the room: whatever happens, it is what one computed from nothing would be.

import DialectKit
import MUC
import Rooms
import ScenarioKit
import Storage
import Testing
import XML
import XMPP

@testable import Host

@Suite struct SeatingPlanTests {
    /// What of a plan must follow from the room alone.
    private struct Line: Hashable, Sendable {
        let view: View
        let shard: Int
        let seat: SeatID
        let hole: AddressHole
    }

    private static let people = ["ada", "bo", "cy", "dee", "eve"]

    @Test(arguments: 1...60 as ClosedRange<UInt64>) func equalsThePlanOfTheRoom(seed: UInt64) {
        var chance = SeededGenerator(seed: seed)
        let house = TestHouse(seed: seed, shards: 2)
        let guests = Self.people.flatMap { name in
            [Guest(name, at: 0, in: house), Guest(name, at: 1, in: house, resource: "s")]
        }
        guests[0].send(Guest.join("coven", "ada"))
        var checked = 0
        for step in 0..<60 {
            let guest = guests[Int.random(in: 0..<guests.count, using: &chance)]
            if Int.random(in: 0..<12, using: &chance) == 0 { house.disk.failCommits(1, with: .full) }
            guest.send(Self.act(of: guest, step, &chance))
            guard let wrong = house.room("coven", { room, _ in Self.findings(room) }) else { continue }
            #expect(wrong.isEmpty, "seed \(seed), step \(step)")
            checked += 1
        }
        #expect(checked > 0)
    }

    private static func act(of guest: Guest, _ step: Int, _ chance: inout SeededGenerator) -> Stanza {
        let name = people[Int.random(in: 0..<people.count, using: &chance)]
        let own = guest.jid.local ?? ""
        switch Int.random(in: 0..<14, using: &chance) {
        case 0...4: return Guest.join("coven", own)
        case 5: return Guest.leave("coven", own)
        case 6: return Guest.say("\(step)", in: "coven")
        case 7: return .presence(to: Guest.room("coven", "\(own)\(step)"))
        case 8:
            let role = ["visitor", "participant", "moderator", "none"][Int.random(in: 0..<4, using: &chance)]
            return Guest.give(["nick": name, "role": role], in: "coven")
        case 9, 10:
            let rank = ["owner", "admin", "member", "none", "outcast"][Int.random(in: 0..<5, using: &chance)]
            return Guest.give(["jid": "\(name)@example", "affiliation": rank], in: "coven")
        case 11, 12:
            let whois = Bool.random(using: &chance) ? "anyone" : "moderators"
            return Guest.configure("coven", ["muc#roomconfig_whois": whois])
        default:
            return Guest.configure("coven", ["muc#roomconfig_moderatedroom": Bool.random(using: &chance) ? "1" : "0"])
        }
    }

    /// What of the plan is not as it follows from the room.
    static func findings(_ loop: RoomLoop) -> [String] {
        let (room, plan) = (loop.state.room, loop.state.plan)
        var wrong: [String] = []
        let lines = plan.groups.flatMap { group in
            group.rolls.flatMap { shard, roll in
                roll.entries.map { Line(view: group.view, shard: shard, seat: $0.seat, hole: $0.hole) }
            }
        }
        let seats = room.seating.all.filter(\.listens)
        let expected = seats.map { seat in
            Line(
                view: loop.view(of: seat), shard: Int(plan.port(of: seat.id)?.shard ?? 99), seat: seat.id,
                hole: AddressHole(seat.address))
        }
        if Set(lines) != Set(expected) || lines.count != expected.count { wrong.append("the lines differ") }
        if plan.seats != seats.count { wrong.append("\(plan.seats) places, \(seats.count) seats") }
        if plan.groups.contains(where: { $0.rolls.isEmpty }) { wrong.append("a view of nobody") }
        let members = Dictionary(grouping: plan.groups.flatMap { $0.rolls.values.flatMap(\.entries) }, by: \.member)
        for (member, entries) in members {
            let people = Set(entries.compactMap { room.seating[$0.seat]?.participant })
            if people.count != 1 || people.first.map(plan.member) != member { wrong.append("member \(member) is torn") }
        }
        if members.count != Set(seats.map(\.participant)).count { wrong.append("\(members.count) members") }
        // reach: those whom `Room.reach` calls moderators are those whose view sees addresses, where not all do
        if !room.settings.isOpen {
            let seeing = Set(lines.filter { $0.view.seesJIDs && $0.view.dialect == MUCDialect.id }.map(\.seat))
            let visits = seats.filter { $0.kind == .visit }
            let moderators = Set(visits.filter { room.roster[$0.participant]?.role == .moderator }.map(\.id))
            if seeing != moderators { wrong.append("who sees addresses is not who moderates") }
        } else if lines.contains(where: { !$0.view.seesJIDs && $0.view.dialect == MUCDialect.id }) {
            wrong.append("somebody does not see addresses in an open room")
        }
        return wrong
    }
}
