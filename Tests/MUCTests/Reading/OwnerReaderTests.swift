// The owner's requests: configuration and destruction.

import MUC
import Rooms
import Testing
import XMPP

@Suite struct OwnerReaderTests {
    private func own(_ bench: inout RoomBench, _ inside: String, as address: String = RoomBench.ada) throws -> Outcome {
        try bench.ask(address, "set", "<query xmlns='\(NS.mucOwner)'>\(inside)</query>")
    }

    @Test("Only owners get anything, and the error repeats no more than the query (MUC-309, MUC-331, MUC-420)")
    func permission() throws {
        var bench = try RoomBench.withBo()
        let forms = [
            "<x xmlns='jabber:x:data' type='submit'><field var='muc#roomconfig_roomsecret'>"
                + "<value>s3</value></field></x>",
            "<x xmlns='jabber:x:data' type='cancel'/>", "<destroy/>", "<nonsense/>", "",
        ]
        for form in forms {
            #expect(
                try own(&bench, form, as: RoomBench.bo).answer
                    == "<iq to='bo@b.example/phone' from='cellar@rooms.example' id='q1' type='error'>"
                    + "<query xmlns='\(NS.mucOwner)'/><error type='auth' code='403'>"
                    + "<forbidden xmlns='\(NS.stanzas)'/></error></iq>")
        }
    }

    @Test("What is neither form nor destruction is a bad request (MUC-311, MUC-329)")
    func badRequests() throws {
        var bench = try RoomBench.opened()
        for inside in [
            "", "<item jid='x@y.example' affiliation='owner'/>", "<x xmlns='jabber:x:data' type='form'/>",
            "<x xmlns='jabber:x:data' type='result'/>", "<x xmlns='jabber:x:data'/>",
        ] {
            #expect(try own(&bench, inside).answer.contains("<bad-request "), "\(inside)")
        }
    }

    @Test("An empty form opens a new room (MUC-300, MUC-308)")
    func opening() throws {
        var bench = RoomBench()
        try bench.enter(RoomBench.ada, "ada")
        let outcome = try own(&bench, "<x xmlns='jabber:x:data' type='submit'/>")
        #expect(bench.room.state == .open)
        #expect(outcome.answer == "<iq to='ada@a.example/desk' from='cellar@rooms.example' id='q1' type='result'/>")
        #expect(outcome.copies.isEmpty)
    }

    @Test("Cancelling gives up a new room and leaves an old one as it is (MUC-304, MUC-312)")
    func cancelling() throws {
        var old = try RoomBench.opened()
        let kept = try own(&old, "<x xmlns='jabber:x:data' type='cancel'/>")
        #expect(kept.answers.count == 1 && kept.copies.isEmpty)
        var new = RoomBench()
        try new.enter(RoomBench.ada, "ada")
        let given = try own(&new, "<x xmlns='jabber:x:data' type='cancel'/>")
        #expect(given[RoomBench.ada].first?.contains("<destroy/>") == true)
        #expect(new.room.state == .absent)
    }

    @Test("A submitted form makes a room without entering it, which stays while empty (SIG-022, MUC-294)")
    func founding() throws {
        var bench = RoomBench()
        let form =
            "<x xmlns='jabber:x:data' type='submit'><field var='muc#roomconfig_roomname'><value>Den</value></field>"
            + "<field var='muc#roomconfig_persistentroom'><value>0</value></field></x>"
        let outcome = try own(&bench, form)
        #expect(outcome.answer == "<iq to='ada@a.example/desk' from='cellar@rooms.example' id='q1' type='result'/>")
        #expect(outcome.copies.isEmpty)
        #expect(bench.room.state == .open && bench.room.roster.count == 0)
        #expect(bench.room.settings.title == "Den" && bench.room.settings.isPersistent)
        #expect(bench.room.affiliations.owners.map(\.description) == ["ada@a.example"])
        #expect(try own(&bench, form, as: RoomBench.bo).answer.contains("<forbidden "))
    }

    @Test("Nothing else makes one, and nobody makes one who may not (SIG-022, MUC-294)")
    func notFounding() throws {
        var bench = RoomBench()
        for inside in ["", "<x xmlns='jabber:x:data' type='cancel'/>", "<destroy/>", "<x xmlns='jabber:x:data'/>"] {
            #expect(try own(&bench, inside).answer.contains("<item-not-found "), "\(inside)")
        }
        let form = "<x xmlns='jabber:x:data' type='submit'/>"
        let get = try bench.ask(RoomBench.ada, "get", "<query xmlns='\(NS.mucOwner)'>\(form)</query>")
        #expect(get.answer.contains("<item-not-found "))
        bench.context.mayCreate = false
        #expect(try own(&bench, form).answer.contains("<not-allowed "))
        bench.context.offersCreation = false
        #expect(try own(&bench, form).answer.contains("<item-not-found "))
        #expect(bench.room.state == .absent)
    }

    @Test("A malformed alternate is malformed; an empty one is none")
    func alternate() throws {
        var bench = try RoomBench.opened()
        #expect(try own(&bench, "<destroy jid='@'/>").answer.contains("<jid-malformed "))
        #expect(bench.room.state == .open)
        #expect(try own(&bench, "<destroy jid=''/>")[RoomBench.ada].first?.contains("<destroy/>") == true)
    }
}
