// Kept events survive being written, and damaged ones are refused without a trap.

import Testing
import XMPP

@testable import Rooms

@Suite("Event coding")
struct EventCodingTests {
    @Test("Every kept event comes back as it was (3,000 random ones of all kinds)")
    func roundTrip() throws {
        var generator = EventGenerator(11)
        var kinds: Set<UInt8> = []
        for _ in 0..<3_000 {
            let event = generator.kept()
            let bytes = try #require(EventCoding.encode(event))
            #expect(try EventCoding.decode(bytes) == event)
            kinds.insert(try #require(EventCoding.kind(of: event)))
            #expect(bytes[0] == EventCoding.version && bytes[1] == EventCoding.kind(of: event))
        }
        #expect(kinds == Set(1...20).subtracting([6, 8]), "6 and 8 are written as 16 now")
    }

    @Test("Damaged bytes never trap, and what is read of them can be written and applied (20,000 mutations)")
    func damage() throws {
        var generator = EventGenerator(12)
        var refused = 0
        for _ in 0..<20_000 {
            let bytes = generator.damaged(try #require(EventCoding.encode(generator.kept())))
            do throws(CodingFault) {
                let event = try EventCoding.decode(bytes)
                var room = Room(name: RoomName(service: "main", local: "x"))
                room.recover(event)
                _ = EventCoding.encode(event)
            } catch {
                refused += 1
            }
        }
        #expect(refused > 5_000)
    }

    @Test("Other versions, other kinds and trailing bytes are refused")
    func unknown() throws {
        let bytes = try #require(
            EventCoding.encode(.lifecycle(.unlocked(Stamp(seq: 1, time: Moment(milliseconds: 5))))))
        #expect(bytes == [1, 2, 1, 10])  // as version 1 has it for ever
        #expect(throws: CodingFault.unknownVersion(2)) { try EventCoding.decode([2, 2, 1, 10]) }
        #expect(throws: CodingFault.unknownKind(21)) { try EventCoding.decode([1, 21, 1, 10]) }
        #expect(throws: CodingFault.trailingBytes) { try EventCoding.decode(bytes + [0]) }
        #expect(throws: CodingFault.truncated) { try EventCoding.decode(Array(bytes.dropLast())) }
        #expect(throws: CodingFault.truncated) { try EventCoding.decode([]) }
    }

    @Test("Affiliations as they were written before they told the former one are still read")
    func formerRanks() throws {
        let time = Moment(milliseconds: 5)
        for kind: UInt8 in [6, 8] {
            let bytes =
                [1, kind, 1, 1, 10, 12] + "bo@b.example".utf8 + [0, 0, 2, 0, 0, 1, 2] + "Bo".utf8 + [0, 0, 10]
            let change = try #require(try EventCoding.decode(bytes).rankChange)
            #expect(
                change
                    == Event.RankChange(
                        stamp: Stamp(seq: 1, time: time), jid: bo.bare, person: nil, formerRole: nil,
                        affiliation: .member, actor: nil, reason: nil, reservedNick: "Bo", isSilent: false,
                        removes: false, time: time, registers: kind == 8, former: .none))
            #expect(
                try EventCoding.decode(try #require(EventCoding.encode(.governance(.affiliationChanged(change)))))
                    == .governance(.affiliationChanged(change)))
        }
    }

    @Test("Another nick is kept of those who joined, and only noted of visitors (law 3)")
    func nicks() throws {
        var script = try RoomScript.channel()
        try script.join(bo, as: "bo")
        try script.enter(cy, as: "cy")
        let kept = try script.run(.membership(.rename(bo.bare, nick: "bob")))[0]
        let noted = try script.run(.rename(try script.seat(cy), nick: "cyan"))[0]
        #expect(EventCoding.kind(of: kept) == 13 && kept.durability == .kept && kept.stamp != nil)
        #expect(EventCoding.encode(noted) == nil && noted.durability == .noted && noted.stamp == nil)
        try script.expectKept()
    }

    @Test("Of somebody who left remains that it did, not where it had been listening (law 3)")
    func withdrawal() throws {
        var script = try RoomScript.channel()
        try script.join(bo, as: "bo")
        let event = try #require(try script.run(.membership(.leave(bo))).last)
        #expect(event.withdrawal?.seats.map(\.address) == [bo])
        let decoded = try EventCoding.decode(try #require(EventCoding.encode(event))).withdrawal
        #expect(decoded?.enrolment == event.withdrawal?.enrolment && decoded?.seats == [])
    }

    @Test("What is not kept has no bytes (law 3)")
    func notKept() throws {
        var script = try RoomScript.open()
        try script.enter(bo, as: "bo")
        try script.run(.rename(try script.seat(bo), nick: "bob"))
        try script.run(script.roleCommand(.visitor, to: "bob", by: ada))
        try script.run(.say(try script.seat(ada), Utterance(id: nil, type: .groupchat, payload: [])))
        try script.run(.shutDown)
        for event in script.told where event.durability != .kept {
            #expect(EventCoding.encode(event) == nil && EventCoding.kind(of: event) == nil && event.stamp == nil)
        }
        #expect(script.told.filter { $0.durability == .kept }.count == 1)
    }

    @Test("Of a destroyed room remains why, not who sat in it (law 3)")
    func ending() throws {
        var script = try RoomScript.open()
        let wish = Destruction(alternate: jid("den@rooms.example"), reason: "moved")
        let event = try script.run(.destroy(wish, by: script.requester(ada)))[0]
        let ending = try EventCoding.decode(try #require(EventCoding.encode(event))).ending
        #expect(ending?.destruction == wish && ending?.seats == [])
    }
}
