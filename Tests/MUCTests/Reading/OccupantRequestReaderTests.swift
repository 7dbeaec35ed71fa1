// IQ to occupants: who gets them, and which the room answers itself.

import DialectKit
import MUC
import Rooms
import Testing
import XMPP

@Suite struct OccupantRequestReaderTests {
    private func ask(_ bench: inout RoomBench, _ from: String, _ nick: String, _ query: String) throws -> Outcome {
        try bench.send(from, "<iq type='get' id='q' to='cellar@rooms.example/\(nick)'>\(query)</iq>")
    }

    @Test("A ping to one's own nick is answered by the room")
    func selfPing() throws {
        var bench = try RoomBench.withBo()
        let ping = "<ping xmlns='\(NS.ping)'/>"
        #expect(
            try ask(&bench, RoomBench.bo, "bo", ping).answer
                == "<iq to='bo@b.example/phone' from='cellar@rooms.example/bo' id='q' type='result'/>")
        #expect(try ask(&bench, RoomBench.bo, "ada", ping).relay?.0 == bench.room.occupant("ada")?.id)
        #expect(try ask(&bench, RoomBench.carl, "bo", ping).answer.contains("<not-acceptable "))
    }

    @Test("vCards and PEP are for the account, all else for the shown seat (MUC-171, MUC-172)")
    func targets() throws {
        var bench = try RoomBench.withBo()
        let queries = [
            ("<vCard xmlns='vcard-temp'/>", true), ("<pubsub xmlns='\(NS.pubsub)'/>", true),
            ("<vcard xmlns='\(NS.vcard4)'/>", true), ("<query xmlns='\(NS.version)'/>", false),
            ("<query xmlns='\(NS.discoInfo)'/>", false),
        ]
        for (query, isForAccount) in queries {
            let relay = try #require(try ask(&bench, RoomBench.bo, "ada", query).relay)
            #expect((relay.1 == .account) == isForAccount, "\(query)")
        }
    }

    @Test("Strangers learn nothing, not even who is there (MUC-078, MUC-169, MUC-170, MUC-421)")
    func errors() throws {
        var bench = try RoomBench.withBo()
        let version = "<query xmlns='\(NS.version)'/>"
        #expect(try ask(&bench, RoomBench.bo, "nobody", version).answer.contains("<item-not-found "))
        let present = try ask(&bench, RoomBench.carl, "ada", version).answer
        #expect(present.contains("<not-acceptable "))
        #expect(try ask(&bench, RoomBench.carl, "nobody", version).answer.replacing("/nobody", with: "/ada") == present)
        #expect(
            try ask(&bench, RoomBench.carl, "ada", "<query xmlns='\(NS.discoInfo)'/>").answer.contains("<bad-request "))
    }

    @Test("Answers go back, whatever they say")
    func answers() throws {
        var bench = try RoomBench.withBo()
        #expect(
            try bench.send(RoomBench.bo, "<iq type='result' id='r' to='cellar@rooms.example/ada'/>").answers.isEmpty)
    }
}
