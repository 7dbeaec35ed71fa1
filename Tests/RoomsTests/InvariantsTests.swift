// The invariants find what they are there to find.

import Testing
import XMPP

@testable import Rooms

@Suite("Invariants")
struct InvariantsTests {
    private func room(_ settings: [Setting: SettingValue] = [:]) throws -> Room {
        var script = try RoomScript.open(settings)
        try script.enter(bo, as: "bo")
        #expect(script.room.violations() == [])
        return script.room
    }

    private func expectFound(_ room: Room, _ words: String, _ location: SourceLocation = #_sourceLocation) {
        let found = room.violations()
        #expect(found.contains { $0.contains(words) }, "\(found)", sourceLocation: location)
    }

    @Test("An owner, nobody banned inside, members only where that is so (MUC-447, MUC-012)")
    func ranks() throws {
        var room = try room()
        room.affiliations.restore(ada.bare, nil)
        expectFound(room, "nobody owns the room")
        room = try self.room()
        room.affiliations.restore(bo.bare, Affiliations.Entry(affiliation: .outcast))
        expectFound(room, "banned and present")
        room = try self.room()
        room.settings[.isMembersOnly] = .flag(true)
        expectFound(room, "may not be inside")
        room = try self.room()
        room.state = .locked(until: Moment(milliseconds: 0))
        expectFound(room, "may not be inside")
        room = try self.room()
        room.roster.setRole(room.participantID(of: ada), .visitor)
        expectFound(room, "owner and visitor")
    }

    @Test("Seats, roster and nicks agree")
    func tables() throws {
        var room = try room()
        room.seating.leave(SeatID(2))
        expectFound(room, "has no seat")
        room = try self.room()
        room.roster.remove(room.participantID(of: bo))
        expectFound(room, "sits for somebody else")
        room = try self.room()
        room.nicknames.release("bo", of: room.participantID(of: bo))
        expectFound(room, "is not found")
        room = try self.room()
        room.nicknames.take("ghost", by: ParticipantID("x"))
        expectFound(room, "nicks of people who are not here")
        room = try self.room()
        room.affiliations.restore(cy.bare, Affiliations.Entry(affiliation: .member, nick: "BO"))
        expectFound(room, "reserved for somebody else")
        room = try self.room()
        room.state = .absent
        expectFound(room, "somebody is in a room that is not there")
    }

    @Test("Head, time and numbers of seats never fall, and time rises with every event")
    func succession() throws {
        let before = try room()
        var after = before
        after.head -= 1
        #expect(after.violations(since: before).contains { $0.contains("head fell") })
        after = before
        after.head += 2
        after.lastTime = before.lastTime + .milliseconds(1)
        #expect(after.violations(since: before).contains { $0.contains("the time of 2 events") })
        after = before
        after.archivedCount += 1
        #expect(after.violations(since: before).contains { $0.contains("archived went") })
        after = before
        after.seating = Seating()
        #expect(after.violations(since: before).contains { $0.contains("used again") })
        #expect(before.violations(since: before) == [])
    }

    @Test("What is found is bounded")
    func bounded() throws {
        var room = try room()
        for number in 0..<100 { room.nicknames.take("x\(number)", by: ParticipantID("x")) }
        for number in 0..<100 {
            let entry = Affiliations.Entry(affiliation: .none)
            room.affiliations.restore(jid("x\(number)@b.example"), entry)
        }
        #expect(room.violations().count == 20)
    }

    @Test("Members are filed by what they are, are not banned, and have one nick (T-33)")
    func members() throws {
        func member() throws -> Room {
            var script = try RoomScript.channel()
            try script.join(bo, as: "bo")
            try script.appear(bo)
            #expect(script.room.violations() == [])
            return script.room
        }
        var room = try member()
        room.affiliations.restore(bo.bare, Affiliations.Entry(affiliation: .outcast))
        expectFound(room, "is banned and a member")
        room = try member()
        room.roster.rename(room.participantID(of: bo), to: "bob")
        expectFound(room, "has two nicks")
        room = try member()
        room.enrolments.remove(room.participantID(of: bo))
        expectFound(room, "sits as what it is not")
        room = try member()
        room.nicknames.release("bo", of: room.participantID(of: bo))
        expectFound(room, "is not found")
        room = try member()
        room.library.nodes = Dictionary(
            uniqueKeysWithValues: (0..<20).map { ("\($0)", NodeLibrary.Node(topic: .own(0), items: [])) })
        expectFound(room, "too many nodes")
    }
}
