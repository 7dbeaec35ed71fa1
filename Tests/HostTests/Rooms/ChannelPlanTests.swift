// The seating plan of a room that is a channel too: members who listen, come and go beside visitors.

import Rooms
import ScenarioKit
import Storage
import Testing
import XML
import XMPP

@testable import Host

@Suite struct ChannelPlanTests {
    private static let people = ["ada", "bo", "cy", "dee", "eve"]
    private static let nodes = [
        NS.mixNodeMessages, NS.mixNodeParticipants, NS.mixNodePresence, NS.mixNodeInfo, NS.mixNodeConfig,
    ]

    @Test(arguments: 1...60 as ClosedRange<UInt64>) func equalsThePlanOfTheRoom(seed: UInt64) {
        var chance = SeededGenerator(seed: seed)
        let house = TestHouse(seed: seed, shards: 2)
        let guests = Self.people.flatMap { name in
            [Guest(name, at: 0, in: house), Guest(name, at: 1, in: house, resource: "s")]
        }
        guests[0].send(Guest.join("coven", "ada"))
        var (checked, listeners) = (0, 0)
        for step in 0..<80 {
            let guest = guests[Int.random(in: 0..<guests.count, using: &chance)]
            if Int.random(in: 0..<15, using: &chance) == 0 { house.disk.failCommits(1, with: .full) }
            guest.send(Self.act(of: guest, step, &chance))
            let found = house.room("coven") { room, _ in
                (SeatingPlanTests.findings(room), room.state.room.seating.all.count { $0.kind == .listener })
            }
            guard let (wrong, count) = found else { continue }
            #expect(wrong.isEmpty, "seed \(seed), step \(step)")
            checked += 1
            listeners = max(listeners, count)
        }
        #expect(checked > 0 && listeners > 0)
    }

    private static func act(of guest: Guest, _ step: Int, _ chance: inout SeededGenerator) -> Stanza {
        let name = people[Int.random(in: 0..<people.count, using: &chance)]
        let own = guest.jid.local ?? ""
        switch Int.random(in: 0..<20, using: &chance) {
        case 0, 1: return Guest.join("coven", own)
        case 2: return Guest.leave("coven", own)
        case 3...6: return channel("join", subscriptions(&chance), nick: "\(own)\(step)", chance.next())
        case 7: return channel("leave", [], nick: nil, chance.next())
        case 8...10: return .presence(to: address)
        case 11: return .presence(type: .unavailable, to: address)
        case 12:
            return .message(type: .groupchat, id: "m", to: address, payload: [Element("body", NS.client) { "hi" }])
        case 13:
            return .iq(
                type: .set, id: "u", to: address,
                payload: [
                    Element("update-subscription", NS.mixCore) {
                        for node in subscriptions(&chance) { Element("subscribe", NS.mixCore, ["node": node]) }
                    }
                ])
        case 14:
            return Guest.give(
                ["nick": name, "role": ["visitor", "moderator", "none"][Int.random(in: 0..<3, using: &chance)]],
                in: "coven")
        case 15, 16:
            let rank = ["owner", "admin", "member", "none", "outcast"][Int.random(in: 0..<5, using: &chance)]
            return Guest.give(["jid": "\(name)@example", "affiliation": rank], in: "coven")
        case 17:
            let whois = Bool.random(using: &chance) ? "anyone" : "moderators"
            return Guest.configure("coven", ["muc#roomconfig_whois": whois])
        case 18:
            return Guest.configure("coven", ["muc#roomconfig_membersonly": Bool.random(using: &chance) ? "1" : "0"])
        default: return .presence(to: Guest.room("coven", "\(own)\(step)"))
        }
    }

    private static var address: JID { Guest.address("coven@\(TestHouse.channels)") }

    private static func subscriptions(_ chance: inout SeededGenerator) -> [String] {
        nodes.filter { _ in Bool.random(using: &chance) }
    }

    /// Joining or leaving, in the way of today or that of the drafts.
    private static func channel(_ name: String, _ nodes: [String], nick: String?, _ dice: UInt64) -> Stanza {
        let namespace = dice % 3 == 0 ? NS.mix0 : NS.mixCore
        let request = Element(name, namespace) {
            for node in nodes { Element("subscribe", namespace, ["node": node]) }
            if let nick { Element("nick", namespace) { nick } }
        }
        return .iq(type: .set, id: name, to: address, payload: [request])
    }
}
