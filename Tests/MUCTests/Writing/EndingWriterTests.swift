// The end of a room, and of the service.

import MUC
import Rooms
import Testing
import XMPP

@Suite struct EndingWriterTests {
    @Test("Each seat reads of its own end only, with everything the owner gave (MUC-332)")
    func destroyed() throws {
        var bench = try RoomBench.withBo()
        let oids = [try bench.oid(RoomBench.ada), try bench.oid(RoomBench.bo)]
        let outcome = try bench.ask(
            RoomBench.ada, "set",
            "<query xmlns='\(NS.mucOwner)'><destroy jid='den@rooms.example'><password>s3</password>"
                + "<reason>Macbeth</reason></destroy></query>")
        for (index, (address, nick)) in [(RoomBench.ada, "ada"), (RoomBench.bo, "bo")].enumerated() {
            #expect(
                outcome[address] == [
                    "<presence from='cellar@rooms.example/\(nick)' type='unavailable'>"
                        + user(
                            "<item affiliation='none' role='none'/><destroy jid='den@rooms.example'>"
                                + "<password>s3</password><reason>Macbeth</reason></destroy>" + status(110))
                        + "\(oids[index])</presence>"
                ])
        }
        #expect(outcome.answers.count == 1)
    }

    @Test("A locked room ends with its owner's leaving, and says so (MUC-242)")
    func neverConfigured() throws {
        var bench = RoomBench()
        try bench.enter(RoomBench.ada, "ada")
        let outcome = try bench.send(RoomBench.ada, "<presence type='unavailable' to='cellar@rooms.example/ada'/>")
        #expect(outcome[RoomBench.ada].count == 1)
        #expect(outcome[RoomBench.ada].first?.contains("<destroy/>" + status(110)) == true)
        #expect(bench.room.state == .absent)
    }

    @Test("A temporary room ends without a word about it (MUC-241)")
    func temporary() throws {
        var bench = try RoomBench.opened([.isPersistent: .flag(false)])
        let outcome = try bench.send(RoomBench.ada, "<presence type='unavailable' to='cellar@rooms.example/ada'/>")
        #expect(outcome[RoomBench.ada].count == 1)
        #expect(outcome[RoomBench.ada].first?.contains("destroy") == false)
        #expect(bench.room.state == .absent)
    }

    @Test("Shutdown: 110 and 332 for each seat about itself (MUC-383, MUC-407)")
    func shutDown() throws {
        var bench = try RoomBench.withBo()
        let outcome = try bench.command(.shutDown)
        #expect(
            outcome[RoomBench.bo] == [
                "<presence from='cellar@rooms.example/bo' type='unavailable'>"
                    + user("<item affiliation='none' jid='bo@b.example/phone' role='none'/>" + status(110, 332))
                    + "\(try bench.oid(RoomBench.bo))</presence>"
            ])
        #expect(outcome[RoomBench.ada].first?.contains("<item affiliation='owner' jid='ada@a.example/desk'") == true)
        #expect(outcome[RoomBench.ada].count == 1)
    }
}
