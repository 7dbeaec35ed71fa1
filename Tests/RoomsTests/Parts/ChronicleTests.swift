// What the nodes of a channel name their items by: when each was changed last, and by whom.

import Testing
import XMPP

@testable import Rooms

@Suite("Chronicle")
struct ChronicleTests {
    @Test("A new channel was changed when it was made, by its owner")
    func beginning() throws {
        let chronicle = try RoomScript.channel().room.chronicle
        for mark in [chronicle.configuration, chronicle.lists, chronicle.information] {
            #expect(mark?.id == "2026-11-21T08:00:00Z" && mark?.by == ada.bare)
        }
    }

    @Test("An id is the time to the second; within one second to the millisecond, so that none comes twice (MIXC-505)")
    func ids() throws {
        var script = try RoomScript.channel()
        var ids: [String] = []
        for (step, title) in ["a", "b", "c", "d"].enumerated() {
            script.now = script.now + .milliseconds(step == 3 ? 2_000 : 250)
            _ = try script.configure([.title: .text(title)])
            ids.append(try #require(script.room.chronicle.configuration?.id))
        }
        #expect(
            ids == [
                "2026-11-21T08:00:00.250Z", "2026-11-21T08:00:00.500Z", "2026-11-21T08:00:00.750Z",
                "2026-11-21T08:00:02Z",
            ])
        for _ in 0..<50 {
            _ = try script.configure([.title: .text("\(ids.count)")])
            ids.append(try #require(script.room.chronicle.configuration?.id))
        }
        #expect(Set(ids).count == ids.count)
    }

    @Test("Each node has its own time: rules and rulers, lists, and what is told of the room")
    func parts() throws {
        var script = try RoomScript.channel()
        var before = script.room.chronicle
        func changed(_ script: RoomScript) -> [Bool] {
            let after = script.room.chronicle
            return [
                after.configuration != before.configuration, after.lists != before.lists,
                after.information != before.information,
            ]
        }
        func expect(
            _ parts: [Bool], _ act: (inout RoomScript) throws -> Void, _ location: SourceLocation = #_sourceLocation
        ) throws {
            script.now = script.now + .seconds(1)
            before = script.room.chronicle
            try act(&script)
            #expect(changed(script) == parts, sourceLocation: location)
        }
        try expect([true, false, false]) { _ = try $0.configure([.mandatoryNicks: .flag(false)]) }
        try expect([true, true, true]) { _ = try $0.configure([.title: .text("Coven")]) }
        try expect([true, false, true]) { _ = try $0.configure([.about: .text("Witches")]) }
        try expect([true, false, true]) { _ = try $0.configure([.whois: .choice("anyone")]) }
        try expect([false, true, false]) { try $0.give(.member, to: bo) }
        try expect([false, true, false]) { try $0.give(.outcast, to: cy) }
        try expect([true, true, false]) { try $0.give(.admin, to: bo) }
        try expect([true, true, false]) { try $0.give(.member, to: bo) }
        try expect([true, false, false]) { try $0.give(.admin, to: jid("dee@d.example")) }
        try expect([false, false, false]) { try $0.join(bo, as: "bo") }
        #expect(script.room.chronicle.lists?.by == ada.bare)
        try script.expectKept()
    }

    @Test("By whom: the one who did it, by bare JID")
    func by() throws {
        var script = try RoomScript.channel()
        try script.give(.owner, to: bo)
        _ = try script.configure([.about: .text("x")], by: bo)
        #expect(script.room.chronicle.information?.by == bo.bare)
        _ = try script.configure([.registration: .choice("open")])
        try script.run(.register(nick: "cy", by: script.requester(cy)))
        #expect(script.room.chronicle.lists?.by == cy.bare, "nobody else made it a member")
    }

    @Test("A room that is made anew begins anew")
    func again() throws {
        var script = try RoomScript.channel()
        try script.run(.destroy(Destruction(), by: script.requester(ada)))
        #expect(script.room.chronicle == Chronicle())
        script.now = script.now + .seconds(5)
        try script.run(.found(by: Requester(jid: ada)))
        #expect(script.room.chronicle.lists?.id == "2026-11-21T08:00:05Z")
    }
}
