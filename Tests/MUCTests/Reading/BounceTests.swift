// Errors that come back to a room, and what they prove.

import MUC
import Rooms
import Testing
import XMPP

@Suite struct BounceTests {
    private func bounce(_ error: String, _ kind: String = "message") throws -> (RoomBench, Outcome) {
        var bench = try RoomBench.withBo()
        let outcome = try bench.send(
            RoomBench.bo, "<\(kind) type='error' id='x' to='cellar@rooms.example/ada'>\(error)</\(kind)>")
        return (bench, outcome)
    }

    @Test(
        "Errors that say nobody is there remove the seat: 333 and no 307 (MUC-381, MUC-382, MUC-384, MUC-385)",
        arguments: [
            "gone", "item-not-found", "recipient-unavailable", "redirect", "remote-server-not-found",
            "remote-server-timeout", "service-unavailable", "internal-server-error", "jid-malformed",
        ])
    func ghosts(condition: String) throws {
        let error = "<error type='cancel'><\(condition) xmlns='\(NS.stanzas)'/></error>"
        for kind in ["message", "presence"] {
            let (bench, outcome) = try bounce(error, kind)
            #expect(bench.room.roster.count == 1)
            #expect(outcome.answers.isEmpty)
            #expect(outcome[RoomBench.ada].count == 1)
            #expect(outcome[RoomBench.ada][0].contains("role='none'/>" + status(333) + "</x>"))
            #expect(outcome[RoomBench.bo][0].contains(status(110, 333) + "</x>"))
        }
    }

    @Test("So do errors without any condition (MUC-385)", arguments: ["", "<error type='cancel'/>"])
    func bare(error: String) throws {
        #expect(try bounce(error).0.room.roster.count == 1)
    }

    @Test(
        "Refusals prove that somebody is there, and are answered by nothing (MUC-386, MUC-389, MUC-416)",
        arguments: ["not-acceptable", "forbidden", "policy-violation", "undefined-condition", "novel-condition"])
    func alive(condition: String) throws {
        let (bench, outcome) = try bounce("<error type='cancel'><\(condition) xmlns='\(NS.stanzas)'/></error>")
        #expect(bench.room.roster.count == 2)
        #expect(outcome.isSilent)
    }

    @Test("An IQ error proves nothing (MUC-385)")
    func query() throws {
        let (bench, _) = try bounce("<error type='cancel'><service-unavailable xmlns='\(NS.stanzas)'/></error>", "iq")
        #expect(bench.room.roster.count == 2)
    }

    @Test("An error from a stranger is nothing (MUC-389)")
    func stranger() throws {
        var bench = try RoomBench.opened()
        #expect(try bench.send(RoomBench.bo, "<message type='error' to='cellar@rooms.example'/>").isSilent)
    }
}
