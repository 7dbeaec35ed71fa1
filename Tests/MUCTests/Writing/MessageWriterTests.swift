// Reflected messages, byte for byte.

import MUC
import Rooms
import Testing
import XMPP

@Suite struct MessageWriterTests {
    private let hello =
        "<message type='groupchat' id='m1' xml:lang='en' to='cellar@rooms.example'><body>hi &amp; ho</body>"
        + "<body xml:lang='de'>hallo</body><thread>t</thread><x xmlns='urn:any'><y/></x></message>"

    @Test("The same for everybody: sender's id and children, room's ids (MUC-142, MUC-143, MUC-145, MUC-155, MUC-427)")
    func said() throws {
        var bench = try RoomBench.withBo()
        let outcome = try bench.send(RoomBench.bo, hello)
        let expected =
            "<message from='cellar@rooms.example/bo' type='groupchat' id='m1' xml:lang='en'><body>hi &amp; ho</body>"
            + "<body xml:lang='de'>hallo</body><thread>t</thread><x xmlns='urn:any'><y/></x>"
            + "<stanza-id xmlns='urn:xmpp:sid:0' by='cellar@rooms.example' "
            + "id='\(bench.room.secret.archiveID(of: bench.room.head))'/>\(try bench.oid(RoomBench.bo))</message>"
        #expect(outcome[RoomBench.ada] == [expected])
        #expect(outcome[RoomBench.bo] == [expected])
    }

    @Test("A message without id gets one (MUC-144)")
    func noID() throws {
        var bench = try RoomBench.opened()
        let outcome = try bench.send(
            RoomBench.ada, "<message type='groupchat' to='cellar@rooms.example'><body>hi</body></message>")
        let id = bench.room.secret.archiveID(of: bench.room.head)
        let head = "<message from='cellar@rooms.example/ada' type='groupchat' id='\(id)'>"
        #expect(outcome[RoomBench.ada].first?.hasPrefix(head) == true)
    }

    @Test("Where no archive is kept no id promises one")
    func unarchived() throws {
        var bench = try RoomBench.opened([.isArchived: .flag(false)])
        let outcome = try bench.send(RoomBench.ada, hello)
        #expect(outcome[RoomBench.ada].first?.contains("stanza-id") == false)
        #expect(outcome[RoomBench.ada].first?.contains("occupant-id") == true)
    }
}
