// Registering a nick with a room, on the wire.

import MUC
import Rooms
import Testing
import XMPP

@Suite struct RegistrationReaderTests {
    private func register(
        _ bench: inout RoomBench, as address: String, _ inside: String, type: String = "set"
    ) throws -> Outcome {
        try bench.ask(address, type, "<query xmlns='jabber:iq:register'>\(inside)</query>")
    }

    private func form(_ nick: String?, type: String = "submit", context: String = NS.mucRegister) -> String {
        let field = nick.map { "<field var='muc#register_roomnick'><value>\($0)</value></field>" } ?? ""
        return "<x xmlns='jabber:x:data' type='\(type)'><field var='FORM_TYPE'><value>\(context)</value></field>"
            + "\(field)</x>"
    }

    @Test("A form for whoever may; what is kept already for whoever has it (MUC-214, MUC-215)")
    func asking() throws {
        var bench = try RoomBench.withBo([.registration: .choice("open")])
        let fresh = try register(&bench, as: RoomBench.bo, "", type: "get").answer
        #expect(fresh.contains("<instructions>") && !fresh.contains("<registered"))
        #expect(fresh.contains("var='muc#register_roomnick' type='text-single' label='Nick'><required/></field>"))
        #expect(fresh.contains("<field var='FORM_TYPE' type='hidden'><value>\(NS.mucRegister)</value></field>"))
        #expect(try register(&bench, as: RoomBench.bo, form("robert")).answer.contains("type='result'"))
        let kept = try register(&bench, as: RoomBench.bo, "", type: "get").answer
        #expect(kept.contains("<registered/><username>robert</username>") && !kept.contains("<query><instructions>"))
        #expect(kept.contains("<value>robert</value>"))
    }

    @Test("What is no form, or no nick, is a bad request, and changes nothing (MUC-217)")
    func badForms() throws {
        var bench = try RoomBench.withBo([.registration: .choice("open")])
        let bad = [
            "", "<username>bo</username>", form(nil), form(""), form(" "), form("bo", context: NS.mucRequest),
            form("bo", type: "form"), form("bo", type: "odd"),
            form("0123456789abcdef0123456789abcdef01234567"),
        ]
        for inside in bad {
            let answer = try register(&bench, as: RoomBench.bo, inside).answer
            #expect(answer.contains("<error type='modify'") && answer.contains("<bad-request "), "\(inside)")
        }
        #expect(try register(&bench, as: RoomBench.bo, form("bo", type: "cancel")).answer.contains("type='result'"))
        #expect(bench.room.affiliations.list(.member).isEmpty)
    }

    @Test("Refusals: not open, taken, nothing to give back, no such room (MUC-212, MUC-213, MUC-216, MUC-413)")
    func refusals() throws {
        var bench = try RoomBench.withBo()
        #expect(try register(&bench, as: RoomBench.bo, "", type: "get").answer.contains("<not-allowed "))
        #expect(try register(&bench, as: RoomBench.bo, form("bo")).answer.contains("<not-allowed "))
        #expect(try register(&bench, as: RoomBench.bo, "<remove/>").answer.contains("<registration-required "))
        bench = try RoomBench.withBo([.registration: .choice("open")])
        #expect(try register(&bench, as: RoomBench.bo, form("ada")).answer.contains("<conflict "))
        bench = RoomBench()
        #expect(try register(&bench, as: RoomBench.bo, "", type: "get").answer.contains("<item-not-found "))
        #expect(try register(&bench, as: RoomBench.bo, form("bo")).answer.contains("<item-not-found "))
    }

    @Test("Rooms say that nicks can be registered (MUC-211)")
    func features() throws {
        let bench = try RoomBench.opened()
        #expect(try bench.features.contains(NS.mucRegister))
    }
}
