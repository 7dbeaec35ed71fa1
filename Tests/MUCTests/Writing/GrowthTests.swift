// How much larger a message is when the room passes it on.

import MUC
import Rooms
import Testing
import XMPP

@Suite struct GrowthTests {
    /// The smallest limits known of others: Prosody's, of one client and between servers.
    private static let others = (client: 262_144, server: 524_288)
    private static let headroom = 4_096

    @Test("The largest message a room takes is no larger than others bear when it is passed on (MUC-426)")
    func largestMessage() throws {
        var bench = try RoomBench.withBo()
        let limit = bench.room.limits.messageBytes
        let text = String(repeating: "a", count: limit - 200)
        let sent = "<message type='groupchat' id='m1' to='cellar@rooms.example'><body>\(text)</body></message>"
        let told = try #require(try bench.send(RoomBench.bo, sent)[RoomBench.ada].first)
        #expect(told.utf8.count - sent.utf8.count < Self.headroom)
        #expect(told.utf8.count + Self.headroom < Self.others.client)
    }

    @Test("Nor where every character has to be escaped (MUC-426)")
    func everythingEscaped() throws {
        var bench = try RoomBench.withBo()
        let text = String(repeating: "&", count: bench.room.limits.messageBytes - 200)
        let sent = "<message type='groupchat' to='cellar@rooms.example'><body><![CDATA[\(text)]]></body></message>"
        let told = try bench.send(RoomBench.bo, sent)
        for copy in told[RoomBench.ada] { #expect(copy.utf8.count + Self.headroom < Self.others.server) }
    }

    @Test("The room adds less than the headroom, whatever the names are (MUC-426)")
    func longestNames() throws {
        var bench = try RoomBench.opened()
        let nick = String(repeating: "\u{10400}", count: bench.room.limits.nickCharacters)
        try bench.enter(RoomBench.bo, nick)
        let sent = "<message type='groupchat' id='m1' to='cellar@rooms.example'><body>All hail</body></message>"
        let told = try #require(try bench.send(RoomBench.bo, sent)[RoomBench.ada].first)
        #expect(told.utf8.count - sent.utf8.count < Self.headroom)
    }
}
