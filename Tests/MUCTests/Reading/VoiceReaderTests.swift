// Requests for voice on the wire.

import DialectKit
import MUC
import Rooms
import Testing
import XMPP

@Suite struct VoiceReaderTests {
    private func send(
        _ bench: inout RoomBench, as address: String, _ fields: [(String, String)], type: String = "submit",
        context: String = NS.mucRequest
    ) throws -> Outcome {
        let all = [("FORM_TYPE", context)] + fields
        let inside = all.map { "<field var='\($0.0)'><value>\($0.1)</value></field>" }.joined()
        let form = "<x xmlns='jabber:x:data' type='\(type)'>\(inside)</x>"
        return try bench.send(address, "<message id='v1' to='cellar@rooms.example'>\(form)</message>")
    }

    private let wish = [("muc#role", "participant")]

    private func answer(_ jid: String, _ allow: String?) -> [(String, String)] {
        [("muc#jid", jid), ("muc#role", "participant")] + (allow.map { [("muc#request_allow", $0)] } ?? [])
    }

    @Test("A visitor's wish is a form for every moderator, with its real address (MUC-230, MUC-231)")
    func asking() throws {
        for whois in ["moderators", "anyone"] {
            var bench = try RoomBench.withBo([.isModerated: .flag(true), .whois: .choice(whois)])
            try bench.enter(RoomBench.carl, "carl")
            let outcome = try send(&bench, as: RoomBench.bo, wish)
            #expect(outcome.copies.keys.sorted() == [RoomBench.ada])
            let text = try #require(outcome[RoomBench.ada].first)
            #expect(text.hasPrefix("<message from='cellar@rooms.example'><x xmlns='jabber:x:data' type='form'>"))
            let hidden = "<field var='FORM_TYPE' type='hidden'><value>\(NS.mucRequest)</value></field>"
            #expect(text.contains(hidden))
            for field in [
                "var='muc#jid' type='jid-single' label='Address'><value>bo@b.example/phone</value>",
                "var='muc#roomnick' type='text-single' label='Nick'><value>bo</value>",
                "var='muc#request_allow' type='boolean' label='Give voice'><value>0</value>",
                "var='muc#role' type='list-single' label='Role'><value>participant</value>",
            ] {
                #expect(text.contains(field), "\(text)")
            }
        }
    }

    @Test("The moderator's yes is a grant, like any other; a no and a late yes are nothing (MUC-232)")
    func granting() throws {
        var bench = try RoomBench.withBo([.isModerated: .flag(true)])
        #expect(try send(&bench, as: RoomBench.ada, answer(RoomBench.bo, "0")).isSilent)
        #expect(try send(&bench, as: RoomBench.ada, answer(RoomBench.bo, nil)).isSilent)
        #expect(try send(&bench, as: RoomBench.ada, answer(RoomBench.carl, "1")).isSilent)
        let outcome = try send(&bench, as: RoomBench.ada, answer(RoomBench.bo, "true"))
        #expect(outcome[RoomBench.bo].count == 1 && outcome.answers.isEmpty)
        #expect(outcome[RoomBench.bo][0].contains("role='participant'><actor nick='ada'/></item>" + status(110)))
        #expect(try send(&bench, as: RoomBench.ada, answer(RoomBench.bo, "1")).isSilent)
    }

    @Test("What goes wrong: not a moderator, not inside, not a request, not wanted, too often (MUC-233, MUC-234)")
    func refusals() throws {
        var bench = try RoomBench.withBo([.isModerated: .flag(true)])
        #expect(try send(&bench, as: RoomBench.bo, answer(RoomBench.bo, "1")).answer.contains("<forbidden "))
        #expect(try send(&bench, as: RoomBench.carl, wish).answer.contains("<not-acceptable "))
        #expect(try send(&bench, as: RoomBench.bo, []).answer.contains("<bad-request "))
        #expect(try send(&bench, as: RoomBench.bo, [("muc#role", "moderator")]).answer.contains("<bad-request "))
        #expect(try send(&bench, as: RoomBench.bo, wish, type: "odd").answer.contains("<bad-request "))
        #expect(try send(&bench, as: RoomBench.bo, wish, type: "form").answer.contains("<bad-request "))
        #expect(try send(&bench, as: RoomBench.ada, answer("@", "1")).answer.contains("<bad-request "))
        #expect(try send(&bench, as: RoomBench.ada, answer(RoomBench.bo, "x")).answer.contains("<bad-request "))
        #expect(try send(&bench, as: RoomBench.bo, wish, type: "cancel").isSilent)
        #expect(try send(&bench, as: RoomBench.bo, wish, context: "urn:any").isSilent)
        #expect(try send(&bench, as: RoomBench.ada, wish).isSilent)
        #expect(try send(&bench, as: RoomBench.bo, wish).copies.count == 1)
        let again = try send(&bench, as: RoomBench.bo, wish).answer
        #expect(again.contains("<error type='wait'") && again.contains("<resource-constraint "))
        var deaf = try RoomBench.withBo([.isModerated: .flag(true), .voiceRequests: .flag(false)])
        #expect(try send(&deaf, as: RoomBench.bo, wish).answer.contains("<forbidden "))
        #expect(try !deaf.features.contains(NS.mucRequest))
    }
}
