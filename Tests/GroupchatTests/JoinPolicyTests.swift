// Entering or lost: what is made of a bare presence under each policy.

import DialectKit
import Groupchat
import Rooms
import Testing
import XML
import XMPP

struct JoinPolicyTests {
    private static let caps =
        "<presence to='coven@chat.shakespeare.lit/thirdwitch'>"
        + "<c xmlns='\(NS.caps)' hash='sha-1' node='urn:x' ver='q'/></presence>"

    private func isIn(_ coven: Coven) -> Bool { coven.room.occupant("thirdwitch") != nil }

    @Test("accept: it enters (GC-003)")
    func accept() throws {
        var coven = try Coven()
        coven.dialect = GroupchatDialect(policy: .accept)
        try coven.send(Coven.crone, Self.caps)
        #expect(isIn(coven))
    }

    @Test("kick: one unavailable presence with 110, 307 and 333, and nothing happens (GC-002)")
    func kick() throws {
        var coven = try Coven()
        coven.dialect = GroupchatDialect(policy: .kick)
        let told = try coven.enter(Coven.crone, "thirdwitch")
        let presence = try #require(told.answers.first)
        let user = try #require(presence.child("x", NS.mucUser))
        #expect(presence["type"] == "unavailable")
        #expect(presence["from"] == "coven@chat.shakespeare.lit/thirdwitch")
        #expect(presence["to"] == Coven.crone)
        #expect(user.child("item", NS.mucUser)?["affiliation"] == "none")
        #expect(user.child("item", NS.mucUser)?["role"] == "none")
        #expect(user.children.filter { $0.name == "status" }.compactMap { $0["code"] } == ["110", "307", "333"])
        #expect(told.events.isEmpty && told.answers.count == 1 && !isIn(coven))
    }

    @Test("kick: where there is no room, none is made")
    func kickWithoutRoom() throws {
        var coven = try Coven()
        coven.dialect = GroupchatDialect(policy: .kick)
        coven.room = Room(name: coven.room.name)
        let told = try coven.enter(Coven.crone, "thirdwitch")
        #expect(told.answers.first?.child("error", NS.client)?.child("item-not-found", NS.stanzas) != nil)
        #expect(coven.room.state == .absent)
    }

    @Test("a room may choose otherwise than its service (GC-004)", arguments: ["accept", "kick", "auto", "service"])
    func override(_ choice: String) throws {
        var coven = try Coven([.groupchatJoin: .choice(choice)])
        coven.dialect = GroupchatDialect(policy: choice == "accept" ? .kick : .accept)
        try coven.send(Coven.crone, Self.caps)
        #expect(isIn(coven) == (choice == "accept" || choice == "service"))
    }

    @Test("auto: without any sign of youth it enters (GC-004)")
    func autoAccepts() throws {
        var coven = try Coven()
        try coven.enter(Coven.crone, "thirdwitch")
        #expect(isIn(coven))
    }

    @Test("auto: who spoke MUC here within a day is lost, not old (GC-004 a)")
    func autoKnowsSpeakers() throws {
        var coven = try Coven()
        try coven.command(.enter(coven.entry(Coven.crone, "thirdwitch", dialect: "muc")))
        let seat = try #require(coven.room.seating[address: JID(Coven.crone)])
        try coven.command(.leave(seat.id, payload: []))
        coven.context.now = coven.context.now + .seconds(86_400)
        try coven.enter(Coven.crone, "thirdwitch")
        #expect(!isIn(coven))
        coven.context.now = coven.context.now + .seconds(1)
        try coven.enter(Coven.crone, "thirdwitch")
        #expect(isIn(coven))
    }

    @Test("auto: who spoke groupchat 1.0 here enters again")
    func autoKnowsItsOwn() throws {
        var coven = try Coven.withCrone()
        try coven.send(Coven.crone, "<presence type='unavailable' to='coven@chat.shakespeare.lit/thirdwitch'/>")
        try coven.enter(Coven.crone, "thirdwitch")
        #expect(isIn(coven))
    }

    @Test("auto: capabilities that name MUC, or that nobody could resolve, are those of a young client (GC-004 b)")
    func autoReadsCapabilities() throws {
        for (features, enters) in [(nil, false), ([NS.muc], false), ([NS.discoInfo], true)] as [([String]?, Bool)] {
            var coven = try Coven()
            try coven.send(Coven.crone, Self.caps, features: features)
            #expect(isIn(coven) == enters)
        }
    }

    @Test("auto: a client that knows MIX, of somebody who is known here, is young (GC-004 c)")
    func autoReadsMIX() throws {
        var coven = try Coven()
        try coven.command(.enter(coven.entry("crone1@shakespeare.lit/phone", "oldwitch", dialect: "mix")))
        let bare = "<presence to='coven@chat.shakespeare.lit/oldwitch'/>"
        let refused = try coven.send(Coven.crone, bare, features: [NS.mixCore])
        #expect(refused.events.isEmpty && refused.answers.count == 1)
        #expect(try !coven.send(Coven.crone, bare, features: []).events.isEmpty)
    }
}
