// Temporary rooms and members: one that is away keeps the room, and the last who goes for good ends it.

import Testing
import XMPP

@testable import Rooms

@Suite("Temporary channels")
struct TemporaryChannelTests {
    private let temporary: [Setting: SettingValue] = [.isPersistent: .flag(false)]

    /// A temporary room with Ada in it as a visitor, and Bo as a member who is away.
    private func room() throws -> RoomScript {
        var script = try RoomScript.open(temporary)
        try script.join(bo, as: "bo")
        return script
    }

    @Test("One member who is away keeps the room (T-12)")
    func stays() throws {
        var script = try room()
        let left = try script.run(.leave(try script.seat(ada), payload: []))
        #expect(left.count == 1 && script.room.state == .open && script.room.nextDeadline == nil)
        var recovered = try script.recovered()
        #expect(recovered.nextDeadline == nil)
        recovered.apply(.lifecycle(.shutDown([], nicks: [:])))
        #expect(recovered.state == .open)
        let late = script.now + .seconds(86_400)
        script.now = late
        #expect(try script.run(.deadlineReached).isEmpty)
    }

    @Test("The room ends with the last member: by leaving, by being removed, and by a ban (T-12)")
    func ends() throws {
        let owner = Requester(jid: ada)
        for way in 0..<3 {
            var script = try room()
            try script.run(.leave(try script.seat(ada), payload: []))
            let command: Command =
                switch way {
                case 0: .membership(.leave(bo))
                case 1: .membership(.expel(script.room.participantID(of: bo), by: owner))
                default: .setAffiliations([AffiliationChange(target: .jid(bo.bare), affiliation: .outcast)], by: owner)
                }
            let events = try script.run(command)
            #expect(events.last?.isDestruction == true && events.last?.ending?.destruction == nil, "way \(way)")
            #expect(script.room.state == .absent && script.room.tombstone == nil)
        }
    }

    @Test("With somebody inside it goes on without members")
    func visitors() throws {
        var script = try room()
        #expect(try script.run(.membership(.leave(bo))).contains(where: \.isDestruction) == false)
        #expect(try script.run(.leave(try script.seat(ada), payload: [])).last?.isDestruction == true)
    }

    @Test("A room that becomes temporary ends at once where nobody is, and not where a member is")
    func becomes() throws {
        var script = try RoomScript.channel()
        try script.join(bo, as: "bo")
        #expect(try script.configure(temporary).count == 1)
        script = try RoomScript.channel()
        #expect(try script.configure(temporary).last?.isDestruction == true)
    }

    @Test("An end of life comes for every room, members or not, and leaves a tombstone (XEP-0406)")
    func endOfLife() throws {
        var script = try room()
        let end = script.now + .seconds(60)
        _ = try script.configure([.endOfLife: .text(end.xep0082), .isPersistent: .flag(true)])
        #expect(script.room.nextDeadline == end)
        #expect(try script.run(.deadlineReached).isEmpty)
        script.now = end
        let ending = try #require(try script.run(.deadlineReached).first?.ending)
        #expect(ending.enrolments.map(\.jid) == [bo.bare] && ending.seats.map(\.address) == [ada, bo])
        #expect(script.room.state == .absent && script.room.tombstone != nil && script.room.enrolments.isEmpty)
    }

    @Test("After a start, a temporary room without members waits for its guests a little")
    func restarted() throws {
        let script = try RoomScript.open(temporary)
        let recovered = try script.recovered()
        #expect(recovered.nextDeadline == recovered.lastTime + .seconds(recovered.limits.emptySeconds))
    }

    @Test("It waits no longer than to its end of life, and no longer because it has one")
    func restartedWithAnEnd() throws {
        for (seconds, isEarly) in [(60, true), (3_600, false)] {
            var script = try RoomScript.open(temporary)
            let end = script.now + .seconds(seconds)
            _ = try script.configure([.endOfLife: .text(end.xep0082)])
            let recovered = try script.recovered()
            let patience = recovered.lastTime + .seconds(recovered.limits.emptySeconds)
            #expect(recovered.nextDeadline == (isEarly ? end : patience))
        }
    }
}
