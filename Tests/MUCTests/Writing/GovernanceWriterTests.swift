// Changes of rank and rules.

import MUC
import Rooms
import Testing
import XMPP

@Suite struct GovernanceWriterTests {
    private func configure(_ bench: inout RoomBench, _ name: String, _ values: String...) throws -> Outcome {
        let list = values.map { "<value>\($0)</value>" }.joined()
        return try bench.ask(
            RoomBench.ada, "set",
            "<query xmlns='\(NS.mucOwner)'><x xmlns='jabber:x:data' type='submit'>"
                + "<field var='\(name)'>\(list)</field></x></query>")
    }

    private func notice(_ codes: Int...) -> String {
        "<message from='cellar@rooms.example' type='groupchat'>"
            + user(codes.map { status($0) }.joined()) + "</message>"
    }

    @Test("Whoever becomes moderator is shown everybody anew, with addresses (MUC-011, MUC-289)")
    func moderator() throws {
        var bench = try RoomBench.withBo()
        try bench.enter(RoomBench.carl, "carl")
        let outcome = try bench.administer("<item nick='bo' role='moderator'/>")
        #expect(outcome[RoomBench.bo].count == 3)
        #expect(outcome[RoomBench.bo][0].contains("role='moderator'><actor nick='ada'/></item>" + status(110)))
        #expect(outcome[RoomBench.bo][1].contains("jid='ada@a.example/desk'"))
        #expect(outcome[RoomBench.bo][2].contains("jid='carl@c.example/tent'"))
        #expect(outcome[RoomBench.carl].count == 1)
        #expect(outcome[RoomBench.carl].allSatisfy { !$0.contains("b.example") })
        let again = try bench.administer("<item nick='bo' role='participant'/>")
        #expect(again[RoomBench.bo].count == 1)
    }

    @Test("Affiliation and role change in one presence (MUC-045, MUC-287, MUC-430)")
    func affiliation() throws {
        var bench = try RoomBench.withBo()
        let outcome = try bench.administer("<item jid='bo@b.example' affiliation='admin'/>")
        #expect(outcome[RoomBench.ada].count == 1)
        #expect(
            outcome[RoomBench.ada].first?.contains(
                "<item affiliation='admin' jid='bo@b.example/phone' role='moderator'>") == true)
        #expect(outcome.answers.count == 1)
        let same = try bench.administer("<item jid='bo@b.example' affiliation='admin'/>")
        #expect(same.copies.isEmpty && same.answers.count == 1)
    }

    @Test("Of somebody absent the moderators are told, or everybody where addresses are open (MUC-292)")
    func absent() throws {
        for (whois, readers) in [("moderators", 1), ("anyone", 2)] {
            var bench = try RoomBench.withBo([.whois: .choice(whois)])
            let outcome = try bench.administer("<item jid='carl@c.example' affiliation='member'/>")
            #expect(outcome.copies.count == readers)
            #expect(
                outcome[RoomBench.ada] == [
                    "<message from='cellar@rooms.example'>"
                        + user("<item affiliation='member' jid='carl@c.example' role='none'/>") + "</message>"
                ])
        }
    }

    @Test("Configuration changes are codes in one message of the room (MUC-316, MUC-318, MUC-395, MUC-398, MUC-399)")
    func codes() throws {
        var bench = try RoomBench.withBo()
        #expect(try configure(&bench, "muc#roomconfig_roomdesc", "x")[RoomBench.bo] == [notice(104)])
        #expect(try configure(&bench, "muc#roomconfig_enablelogging", "1")[RoomBench.bo] == [notice(170)])
        #expect(try configure(&bench, "muc#roomconfig_enablelogging", "0")[RoomBench.bo] == [notice(171)])
        #expect(try configure(&bench, "muc#roomconfig_enablelogging", "0").copies.isEmpty)
        #expect(try configure(&bench, "muc#roomconfig_whois", "anyone")[RoomBench.bo].first == notice(172))
        #expect(try configure(&bench, "muc#roomconfig_whois", "moderators")[RoomBench.bo] == [notice(173)])
    }

    @Test("After 172 everybody reads all presences again, with addresses, the own one with 110 (MUC-317)")
    func opened() throws {
        var bench = try RoomBench.withBo()
        let outcome = try configure(&bench, "muc#roomconfig_whois", "anyone")
        #expect(outcome[RoomBench.bo].count == 3)
        #expect(outcome[RoomBench.bo][1].contains("jid='ada@a.example/desk' role='moderator'/></x>"))
        #expect(
            outcome[RoomBench.bo][2].contains("jid='bo@b.example/phone' role='participant'/>" + status(110) + "</x>"))
    }

    @Test("A narrower broadcast hides people without a kick, a wider one shows them; each knows itself (MUC-140)")
    func narrowed() throws {
        var bench = try RoomBench.withBo()
        try bench.enter(RoomBench.carl, "carl")
        let hidden = try configure(&bench, "muc#roomconfig_presencebroadcast", "moderator")
        let item = { (role: String) in "<item affiliation='none' role='\(role)'/>" }
        #expect(
            hidden[RoomBench.carl].filter { $0.contains("/bo'") } == [
                "<presence from='cellar@rooms.example/bo' type='unavailable'>" + user(item("none"))
                    + "\(try bench.oid(RoomBench.bo))</presence>"
            ])
        #expect(hidden[RoomBench.ada].filter { $0.contains("type='unavailable'") }.count == 2)
        let own = hidden[RoomBench.bo].filter { $0.contains("/bo'") }
        #expect(own.count == 1 && own[0].contains("role='participant'/>" + status(110)))
        #expect(!own[0].contains("unavailable"))
        let shown = try configure(&bench, "muc#roomconfig_presencebroadcast", "moderator", "participant")
        #expect(
            shown[RoomBench.carl].filter { $0.contains("/bo'") } == [
                "<presence from='cellar@rooms.example/bo'>" + user(item("participant"))
                    + "\(try bench.oid(RoomBench.bo))</presence>"
            ])
        #expect(shown[RoomBench.carl].allSatisfy { !$0.contains("/ada'") })
    }

    @Test("The removal of somebody unseen is for itself and the moderators (MUC-141)")
    func unseenRemoval() throws {
        var bench = try RoomBench.opened([.presenceBroadcast: .roles([.moderator])])
        try bench.enter(RoomBench.bo, "bo")
        try bench.enter(RoomBench.carl, "carl")
        let outcome = try bench.administer("<item nick='bo' role='none'/>")
        #expect(outcome.copies.keys.sorted() == [RoomBench.ada, RoomBench.bo])
        #expect(outcome.copies.values.allSatisfy { $0.count == 1 && $0[0].contains("code='307'") })
    }

    @Test("A role that crosses the edge of what is broadcast comes or goes for the others (MUC-138, MUC-139)")
    func broadcast() throws {
        var bench = try RoomBench.opened([.presenceBroadcast: .roles([.moderator])])
        let entered = try bench.enter(RoomBench.bo, "bo")
        #expect(entered[RoomBench.ada].isEmpty)
        #expect(entered[RoomBench.bo].filter { $0.contains("<presence") }.count == 2)
        let third = try bench.enter(RoomBench.carl, "carl")
        #expect(third[RoomBench.carl].allSatisfy { !$0.contains("/bo'") })
        let up = try bench.administer("<item nick='bo' role='moderator'/>")
        #expect(up[RoomBench.carl].count == 1)
        #expect(up[RoomBench.carl].first?.contains("role='moderator'>") == true)
        let down = try bench.administer("<item nick='bo' role='participant'/>")
        #expect(
            down[RoomBench.carl] == [
                "<presence from='cellar@rooms.example/bo' type='unavailable'>"
                    + user("<item affiliation='none' role='none'/>") + "\(try bench.oid(RoomBench.bo))</presence>"
            ])
        #expect(down[RoomBench.bo].first?.contains("role='participant'>") == true)
        #expect(down[RoomBench.bo].count == 1)
    }
}
