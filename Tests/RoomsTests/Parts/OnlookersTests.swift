// People who are seen in a channel and take no part: who is, under which nick, and until when.

import Testing
import XML
import XMPP

@testable import Rooms

@Suite("Onlookers")
struct OnlookersTests {
    private let open: [Setting: SettingValue] = [.openPresence: .flag(true)]

    private func look(
        _ address: JID, nick: String? = nil, _ presence: SeatPresence? = SeatPresence(payload: [])
    ) -> Command {
        .membership(
            .look(
                Command.Glance(
                    address: address, presence: presence, nick: nick, dialect: DialectID("mix"), domain: "m.example")))
    }

    private func sighting(_ events: [Event]) throws -> Event.Sighting {
        guard case .membership(.sighted(let sighting))? = events.first, events.count == 1 else {
            throw Unexpected(what: "\(events)")
        }
        return sighting
    }

    @Test("A stranger is seen only where anybody's presence is shown, and takes no part by it (MIXC-384, T-22)")
    func seen() throws {
        var closed = try RoomScript.channel()
        #expect(try closed.run(look(cy)).isEmpty)
        var script = try RoomScript.channel(open)
        try script.join(bo, as: "bo")
        let seen = try sighting(try script.run(look(cy, nick: "cy")))
        #expect(seen.person.id == script.room.participantID(of: cy) && seen.person.nick == "cy")
        #expect(script.room.onlookers[cy] == seen && script.room.participant(jid: cy) == nil)
        #expect(script.room.reach(of: .membership(.sighted(seen))) == .sessions)
        #expect(script.room.roster.count == 0 && script.room.seating[address: cy] == nil)
        #expect(try script.run(look(bo)).isEmpty, "bo takes part")
        #expect(try script.run(look(cy, nil)) == [.membership(.vanished(seen))])
        #expect(try script.run(look(cy, nil)).isEmpty && script.room.onlookers.isEmpty)
    }

    @Test("Its nick is its own: that of nobody here, and the same as long as it is seen")
    func nicks() throws {
        var script = try RoomScript.channel(open)
        try script.join(bo, as: "bo")
        #expect(try sighting(try script.run(look(cy, nick: "Bo"))).person.nick == "Bo (2)")
        #expect(try sighting(try script.run(look(cy, nick: "cy"))).person.nick == "Bo (2)")
        #expect(try sighting(try script.run(look(jid("dee@d.example/a"), nick: "bo"))).person.nick == "bo (3)")
        #expect(try sighting(try script.run(look(jid("eve@e.example/a")))).person.nick.count == 36)
    }

    @Test("Whoever joins, or is banned, is a stranger no more; and nobody is where the channel closes")
    func ends() throws {
        var script = try RoomScript.channel(open)
        let seen = try sighting(try script.run(look(cy)))
        #expect(try script.run(RoomScript.joining(cy, as: "cy")).first == .membership(.vanished(seen)))
        let other = try sighting(try script.run(look(bo)))
        let ban = AffiliationChange(target: .jid(bo.bare), affiliation: .outcast)
        let banned = try script.run(.setAffiliations([ban], by: Requester(jid: ada)))
        #expect(banned.last == .membership(.vanished(other)))
        #expect(try script.run(look(bo)).isEmpty)
        let third = try sighting(try script.run(look(jid("dee@d.example/a"))))
        #expect(try script.configure([.openPresence: .flag(false)]).contains(.membership(.vanished(third))))
    }

    @Test("So many are seen, and what they show has its limit")
    func limits() throws {
        var limits = RoomLimits()
        limits.onlookers = 1
        var script = try RoomScript.channel(open, limits: limits)
        try script.run(look(cy))
        #expect(script.refusal(of: look(bo)) == .tooMany(limit: "onlookers"))
        try script.run(look(cy))
        let fat = SeatPresence(payload: [Element("x", "urn:x") { String(repeating: "x", count: 20_000) }])
        #expect(script.refusal(of: look(cy, fat)) == .tooLarge(limit: "presenceBytes"))
    }
}
