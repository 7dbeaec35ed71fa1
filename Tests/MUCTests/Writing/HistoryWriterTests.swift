// The arithmetic of history, and what a recalled message looks like.

import DialectKit
import Rooms
import Testing
import XMPP

@testable import MUC

@Suite struct HistoryWriterTests {
    /// A room in which Ada says "m1" … "m5", ten seconds apart; it is then ten seconds after the last.
    private func talk(_ settings: [Setting: SettingValue] = [:]) throws -> RoomBench {
        var bench = try RoomBench.opened(settings)
        for number in 1...5 {
            try say(&bench, "m\(number)", "<body>m\(number)</body>")
            bench.context.now = bench.context.now + .seconds(10)
        }
        return bench
    }

    private func say(
        _ bench: inout RoomBench, _ id: String, _ inside: String, as address: String = RoomBench.ada
    ) throws {
        try bench.send(address, "<message type='groupchat' id='\(id)' to='cellar@rooms.example'>\(inside)</message>")
    }

    /// The words Bo reads when it enters with these limits.
    private func recalled(_ bench: RoomBench, _ history: String) throws -> [String] {
        var bench = bench
        let outcome = try bench.enter(RoomBench.bo, "bo", history)
        return outcome[RoomBench.bo].compactMap { $0.firstMatch(of: /<body>(.*)<\/body>/).map { String($0.1) } }
    }

    @Test("Author's address at the time, original id, time, archive id, occupant id (MUC-120, MUC-124)")
    func form() throws {
        var bench = try RoomBench.opened()
        try say(&bench, "h1", "<body>old</body><x xmlns='urn:any'/>")
        let archiveID = bench.room.secret.archiveID(of: bench.room.head)
        try bench.send(RoomBench.ada, "<presence to='cellar@rooms.example/eve'/>")
        let outcome = try bench.enter(RoomBench.bo, "bo")
        #expect(
            outcome[RoomBench.bo][2]
                == "<message from='cellar@rooms.example/ada' type='groupchat' id='h1'><body>old</body>"
                + "<x xmlns='urn:any'/><delay xmlns='urn:xmpp:delay' from='cellar@rooms.example' "
                + "stamp='2023-11-14T22:13:20.001Z'/><stanza-id xmlns='urn:xmpp:sid:0' by='cellar@rooms.example' "
                + "id='\(archiveID)'/>\(try bench.oid(RoomBench.ada))</message>")
    }

    @Test("Without a wish the newest of the room's number; with one never more (MUC-119, MUC-129)")
    func roomLimit() throws {
        let bench = try talk([.historyMessages: .number(3)])
        #expect(try recalled(bench, "") == ["m3", "m4", "m5"])
        #expect(try recalled(bench, "<history maxstanzas='99'/>") == ["m3", "m4", "m5"])
        #expect(try recalled(bench, "<history since='1970-01-01T00:00:00Z'/>") == ["m3", "m4", "m5"])
        #expect(try recalled(talk([.historyMessages: .number(0)]), "") == [])
    }

    @Test("Zero of anything is nothing (MUC-127)", arguments: ["maxchars", "maxstanzas", "seconds"])
    func zero(limit: String) throws {
        #expect(try recalled(talk(), "<history \(limit)='0'/>") == [])
    }

    @Test("All limits hold together (MUC-125)")
    func together() throws {
        let bench = try talk()
        #expect(try recalled(bench, "<history maxstanzas='2'/>") == ["m4", "m5"])
        #expect(try recalled(bench, "<history seconds='30'/>") == ["m3", "m4", "m5"])
        #expect(try recalled(bench, "<history seconds='30' maxstanzas='1'/>") == ["m5"])
        #expect(try recalled(bench, "<history seconds='15' maxstanzas='4'/>") == ["m5"])
        #expect(try recalled(bench, "<history seconds='99999999999999999'/>").count == 5)
    }

    @Test("The lower bound is included; one in the future leaves nothing (MUC-128)")
    func since() throws {
        let bench = try talk()
        let third = bench.room.conversation.tail[2].stamp.time
        #expect(try recalled(bench, "<history since='\(third.xep0082)'/>") == ["m3", "m4", "m5"])
        #expect(try recalled(bench, "<history since='\((third + .milliseconds(1)).xep0082)'/>") == ["m4", "m5"])
        #expect(try recalled(bench, "<history since='2100-01-01T00:00:00Z'/>") == [])
    }

    @Test("Characters are those of whole stanzas with their address, the newest first (MUC-126)")
    func characters() throws {
        var bench = try RoomBench.opened()
        try say(&bench, "a", "<body>first</body>")
        try say(&bench, "b", "<body>grüße</body>")
        let view = View(dialect: MUCDialect.id, domain: RoomBench.domain, seesJIDs: false)
        let writer = MessageWriter(bench.room, for: view)
        let hole = AddressHole(try JID(RoomBench.bo))
        let stanzas = bench.room.conversation.tail.map {
            String(decoding: writer.recalled($0).bytes(to: hole), as: UTF8.self)
        }
        let (first, second) = (stanzas[0].unicodeScalars.count, stanzas[1].unicodeScalars.count)
        #expect(stanzas[1].utf8.count > second)
        #expect(stanzas[1].contains(" to='bo@b.example/phone'"))
        #expect(try recalled(bench, "<history maxchars='\(second - 1)'/>") == [])
        #expect(try recalled(bench, "<history maxchars='\(second)'/>") == ["grüße"])
        #expect(try recalled(bench, "<history maxchars='\(first + second - 1)'/>") == ["grüße"])
        #expect(try recalled(bench, "<history maxchars='\(first + second)'/>") == ["first", "grüße"])
    }

    @Test("No subjects, chat states, unstored or private words are history (MUC-122, MUC-130, MUC-166)")
    func selection() throws {
        var bench = try RoomBench.withBo()
        try say(&bench, "1", "<subject>S</subject>")
        try say(&bench, "2", "<composing xmlns='\(NS.chatStates)'/>")
        try say(&bench, "3", "<body>off</body><no-store xmlns='\(NS.hints)'/>")
        try bench.send(
            RoomBench.ada, "<message type='chat' to='cellar@rooms.example/bo'><body>psst</body></message>")
        try say(&bench, "4", "<body>on</body>")
        let outcome = try bench.enter(RoomBench.carl, "carl")
        #expect(outcome[RoomBench.carl].filter { $0.contains("<message") && !$0.contains("<subject") }.count == 1)
        #expect(outcome[RoomBench.carl][3].contains("<body>on</body>"))
    }

    @Test("An owner's words from elsewhere keep their own time, nobody else's do (MUC-131)")
    func foreignTime() throws {
        var bench = try RoomBench.withBo()
        let inside =
            "<body>x</body><delay xmlns='urn:xmpp:delay' from='elsewhere.example' stamp='2002-10-13T23:58:37Z'/>"
        try say(&bench, "1", inside)
        try say(&bench, "2", inside, as: RoomBench.bo)
        let outcome = try bench.enter(RoomBench.carl, "carl")
        let counts = outcome[RoomBench.carl].filter { $0.contains("<body>") }.map {
            $0.split(separator: "<delay").count - 1
        }
        #expect(counts == [1, 2])
    }
}
