// Role and affiliation requests: what is understood, and who may read which list.

import MUC
import Rooms
import Testing
import XMPP

@Suite struct AdminReaderTests {
    private func list(_ bench: inout RoomBench, _ item: String, as address: String = RoomBench.ada) throws -> String {
        try bench.ask(address, "get", "<query xmlns='\(NS.mucAdmin)'><item \(item)/></query>").answer
    }

    private func result(_ items: String, to address: String = RoomBench.ada) -> String {
        "<iq to='\(address)' from='cellar@rooms.example' id='q1' type='result'>"
            + (items.isEmpty
                ? "<query xmlns='\(NS.mucAdmin)'/>" : "<query xmlns='\(NS.mucAdmin)'>\(items)</query>") + "</iq>"
    }

    @Test(
        "Items that say too much or too little are bad requests (MUC-245)",
        arguments: [
            "<item nick='bo' role='none' affiliation='member'/>", "<item nick='bo'/>", "", "<item role='none'/>",
            "<item affiliation='member'/>", "<item nick='bo' role='king'/>", "<item nick='bo' affiliation='king'/>",
        ])
    func badItems(item: String) throws {
        var bench = try RoomBench.withBo()
        let answer = try bench.administer(item).answer
        #expect(answer.contains("<error type='modify' code='400'><bad-request "))
        #expect(bench.room.roster.count == 2)
    }

    @Test("A role can be asked for by real JID, full or bare (MUC-246)")
    func roleByJID() throws {
        var bench = try RoomBench.withBo()
        #expect(try bench.administer("<item jid='\(RoomBench.bo)' role='visitor'/>")[RoomBench.bo].count == 1)
        #expect(bench.room.occupant("bo")?.role == .visitor)
        #expect(try bench.administer("<item nick='x' role='none'/>").answer.contains("<item-not-found "))
        #expect(try bench.administer("<item jid='x@y.example' role='none'/>").answer.contains("<item-not-found "))
        #expect(try bench.administer("<item jid='@' role='none'/>").answer.contains("<jid-malformed "))
    }

    @Test("An affiliation takes a full JID for its bare form, or the nick of somebody present (MUC-064, MUC-267)")
    func affiliationTargets() throws {
        var bench = try RoomBench.withBo()
        _ = try bench.administer("<item jid='carl@c.example/tent' affiliation='member'/>")
        #expect(bench.room.affiliations.affiliation(of: try JID("carl@c.example")) == .member)
        _ = try bench.administer("<item nick='bo' affiliation='outcast'><reason>spam</reason></item>")
        #expect(
            try list(&bench, "affiliation='outcast'")
                == result("<item affiliation='outcast' jid='bo@b.example'><reason>spam</reason></item>"))
    }

    @Test("All items or none; the request is repeated in the error (MUC-062, MUC-247)")
    func batch() throws {
        var bench = try RoomBench.withBo()
        let items = "<item nick='bo' role='visitor'/><item nick='nobody' role='visitor'/>"
        let answer = try bench.administer(items).answer
        #expect(answer.contains("<query xmlns='\(NS.mucAdmin)'>\(items)</query><error "))
        #expect(bench.room.occupant("bo")?.role == .participant)
    }

    @Test("Role lists have nick, role, affiliation and full JID, for moderators only (MUC-263, MUC-264, MUC-291)")
    func roleLists() throws {
        var bench = try RoomBench.withBo()
        #expect(
            try list(&bench, "role='participant'")
                == result("<item affiliation='none' role='participant' nick='bo' jid='bo@b.example/phone'/>"))
        #expect(try list(&bench, "role='visitor'") == result(""))
        #expect(try list(&bench, "role='none'") == result(""))
        #expect(
            try list(&bench, "role='moderator'")
                == result("<item affiliation='owner' role='moderator' nick='ada' jid='ada@a.example/desk'/>"))
        #expect(try list(&bench, "role='participant'", as: RoomBench.bo).contains("<forbidden "))
    }

    @Test("Affiliation lists have bare JID and a known nick, never a role (MUC-281, MUC-284, MUC-429)")
    func affiliationLists() throws {
        var bench = try RoomBench.withBo()
        _ = try bench.administer(
            "<item jid='carl@c.example' nick='carl' affiliation='member'/>"
                + "<item jid='bo@b.example' affiliation='member'/>"
        )
        #expect(
            try list(&bench, "affiliation='member'")
                == result(
                    "<item affiliation='member' jid='bo@b.example' nick='bo'/>"
                        + "<item affiliation='member' jid='carl@c.example' nick='carl'/>"))
    }

    @Test("Members read no list where JIDs are hidden, else all but the bans (MUC-282, MUC-283, MUC-325, MUC-327)")
    func readers() throws {
        for (whois, readable) in [("moderators", false), ("anyone", true)] {
            var bench = try RoomBench.withBo([.whois: .choice(whois), .isMembersOnly: .flag(false)])
            _ = try bench.administer("<item jid='bo@b.example' affiliation='member'/>")
            for affiliation in ["member", "admin", "owner"] {
                let answer = try list(&bench, "affiliation='\(affiliation)'", as: RoomBench.bo)
                #expect(answer.contains("type='result'") == readable, "\(whois) \(affiliation)")
            }
            #expect(try list(&bench, "affiliation='outcast'", as: RoomBench.bo).contains("<forbidden "))
        }
    }

    @Test("Whether admins read the admin list of such a room is for the operator to say (MUC-328)")
    func adminList() throws {
        var bench = try RoomBench.withBo()
        _ = try bench.administer("<item jid='bo@b.example' affiliation='admin'/>")
        #expect(try list(&bench, "affiliation='admin'", as: RoomBench.bo).contains("<forbidden "))
        bench.dialect.adminsReadAdminList = true
        #expect(try list(&bench, "affiliation='admin'", as: RoomBench.bo).contains("jid='bo@b.example'"))
        #expect(try list(&bench, "affiliation='owner'", as: RoomBench.bo).contains("<forbidden "))
    }

    @Test("A room that nobody made, or that is locked for others, has no lists (MUC-076)")
    func noRoom() throws {
        var bench = RoomBench()
        #expect(try list(&bench, "affiliation='owner'").contains("<item-not-found "))
        try bench.enter(RoomBench.ada, "ada")
        #expect(try list(&bench, "affiliation='owner'", as: RoomBench.bo).contains("<item-not-found "))
        #expect(try list(&bench, "affiliation='owner'").contains("jid='ada@a.example'"))
    }
}
