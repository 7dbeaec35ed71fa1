// The order of an entry, its codes, and the subject that ends it.

import MUC
import Rooms
import Testing
import XMPP

@Suite struct WelcomeWriterTests {
    @Test("Others, self, history, subject (MUC-106, MUC-107, MUC-109, MUC-133)")
    func order() throws {
        var bench = try RoomBench.withBo()
        try bench.send(
            RoomBench.ada, "<message type='groupchat' id='m' to='cellar@rooms.example'><body>hi</body></message>")
        let told = try bench.enter(RoomBench.carl, "carl")[RoomBench.carl]
        let hidden = { (rank: String) in user("<item \(rank)/>") }
        #expect(
            Array(told.prefix(2)) == [
                "<presence from='cellar@rooms.example/ada'>" + hidden("affiliation='owner' role='moderator'")
                    + "\(try bench.oid(RoomBench.ada))</presence>",
                "<presence from='cellar@rooms.example/bo'>" + hidden("affiliation='none' role='participant'")
                    + "\(try bench.oid(RoomBench.bo))</presence>",
            ])
        #expect(told.count == 5)
        #expect(told[2].contains(status(110)))
        #expect(told[3].contains("<body>hi</body>"))
        #expect(told[4] == "<message from='cellar@rooms.example' type='groupchat'><subject/></message>")
    }

    @Test("The codes of an entry, behind the item, each once (MUC-111, MUC-112, MUC-113, MUC-114, MUC-397)")
    func codes() throws {
        var bench = RoomBench()
        bench.context.defaults[.whois] = .choice("anyone")
        bench.context.defaults[.isLoggedPublicly] = .flag(true)
        let made = try bench.enter(RoomBench.ada, "ada")
        #expect(made[RoomBench.ada].first?.contains("role='moderator'/>" + status(100, 110, 170, 201) + "</x>") == true)
        let second = try bench.enter("ada@a.example/sofa", "other")
        #expect(
            second["ada@a.example/sofa"].first
                == "<presence from='cellar@rooms.example/ada' id='j1'>"
                + user(
                    "<item affiliation='owner' jid='ada@a.example/sofa' role='moderator'/>"
                        + status(100, 110, 170, 210)) + "\(try bench.oid(RoomBench.ada))</presence>")
    }

    @Test("Entering again tells it all again, to that seat only (MUC-089)")
    func again() throws {
        var bench = try RoomBench.withBo([.whois: .choice("anyone")])
        let outcome = try bench.enter(RoomBench.bo, "bo")
        #expect(outcome.copies.keys.sorted() == [RoomBench.bo])
        #expect(outcome[RoomBench.bo].count == 3)
        #expect(outcome[RoomBench.bo][1].contains(status(100, 110)))
    }

    @Test("The subject comes from its setter's nick then, in all languages, with its time (MUC-134, MUC-252)")
    func subject() throws {
        var bench = try RoomBench.opened()
        try bench.send(
            RoomBench.ada,
            "<message type='groupchat' id='s' to='cellar@rooms.example'><subject>Fire</subject>"
                + "<subject xml:lang='de'>Feuer</subject><store xmlns='\(NS.hints)'/></message>")
        try bench.send(RoomBench.ada, "<presence to='cellar@rooms.example/eve'/>")
        let told = try bench.enter(RoomBench.bo, "bo")[RoomBench.bo]
        let start =
            "<message from='cellar@rooms.example/ada' type='groupchat' id='s'><subject>Fire</subject>"
            + "<subject xml:lang='de'>Feuer</subject><delay xmlns='urn:xmpp:delay' from='cellar@rooms.example' "
            + "stamp='2023-11-14T22:13:20.001Z'/>"
        #expect(told.last?.hasPrefix(start) == true)
        #expect(told.last?.contains("store") == false && told.last?.contains("<body") == false)
    }

    @Test("A cleared subject is empty, from the room, with the time of clearing (MUC-135, MUC-251)")
    func cleared() throws {
        var bench = try RoomBench.opened()
        for text in ["<subject>Fire</subject>", "<subject/>"] {
            try bench.send(
                RoomBench.ada, "<message type='groupchat' id='s' to='cellar@rooms.example'>\(text)</message>")
        }
        #expect(
            try bench.enter(RoomBench.bo, "bo")[RoomBench.bo].last
                == "<message from='cellar@rooms.example' type='groupchat'><subject/>"
                + "<delay xmlns='urn:xmpp:delay' from='cellar@rooms.example' "
                + "stamp='2023-11-14T22:13:20.002Z'/></message>"
        )
    }
}
