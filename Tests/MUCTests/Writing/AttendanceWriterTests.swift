// Coming, changing and going: the bytes each kind of reader gets.

import MUC
import Rooms
import Testing
import XMPP

@Suite struct AttendanceWriterTests {
    private func presence(
        _ bench: RoomBench, _ nick: String, of jid: String, _ inside: String, gone: Bool = false, payload: String = ""
    ) throws -> String {
        "<presence from='cellar@rooms.example/\(nick)'" + (gone ? " type='unavailable'>" : ">") + payload + user(inside)
            + "\(try bench.oid(jid))</presence>"
    }

    @Test("Only moderators and the newcomer itself read its real address (MUC-008, MUC-009, MUC-108)")
    func arrival() throws {
        var bench = try RoomBench.withBo()
        let outcome = try bench.enter(RoomBench.carl, "carl")
        let hidden = "<item affiliation='none' role='participant'/>"
        let open = "<item affiliation='none' jid='carl@c.example/tent' role='participant'/>"
        #expect(outcome[RoomBench.ada] == [try presence(bench, "carl", of: RoomBench.carl, open)])
        #expect(outcome[RoomBench.bo] == [try presence(bench, "carl", of: RoomBench.carl, hidden)])
        #expect(
            outcome[RoomBench.carl][2]
                == "<presence from='cellar@rooms.example/carl' id='j1'>" + user(open + status(110))
                + "\(try bench.oid(RoomBench.carl))</presence>")
    }

    @Test("Where everybody sees addresses they are in every copy (MUC-010)")
    func openArrival() throws {
        var bench = try RoomBench.withBo([.whois: .choice("anyone")])
        let outcome = try bench.enter(RoomBench.carl, "carl")
        #expect(outcome[RoomBench.bo].first?.contains("jid='carl@c.example/tent'") == true)
        #expect(outcome[RoomBench.carl].dropLast().allSatisfy { $0.contains(" jid='") })
    }

    @Test("A nick change is an unavailable with 303 and the role kept, then an available presence (MUC-176, MUC-183)")
    func renamed() throws {
        var bench = try RoomBench.withBo()
        let outcome = try bench.send(RoomBench.bo, "<presence to='cellar@rooms.example/bob'/>")
        let real = "affiliation='none' jid='bo@b.example/phone'"
        #expect(
            outcome[RoomBench.ada] == [
                try presence(
                    bench, "bo", of: RoomBench.bo, "<item \(real) nick='bob' role='participant'/>" + status(303),
                    gone: true),
                try presence(bench, "bob", of: RoomBench.bo, "<item \(real) role='participant'/>"),
            ])
        #expect(
            outcome[RoomBench.bo] == [
                try presence(
                    bench, "bo", of: RoomBench.bo, "<item \(real) nick='bob' role='participant'/>" + status(110, 303),
                    gone: true),
                try presence(bench, "bob", of: RoomBench.bo, "<item \(real) role='participant'/>" + status(110)),
            ])
    }

    @Test("A kick names the actor by nick and the reason; the victim's copy has 110 too (MUC-253, MUC-254, MUC-404)")
    func kicked() throws {
        var bench = try RoomBench.withBo()
        try bench.enter(RoomBench.carl, "carl")
        let outcome = try bench.administer("<item nick='bo' role='none'><reason>Avaunt</reason></item>")
        let inside = "<actor nick='ada'/><reason>Avaunt</reason></item>"
        let real = "<item affiliation='none' jid='bo@b.example/phone' role='none'>" + inside
        let hidden = "<item affiliation='none' role='none'>" + inside
        #expect(
            outcome[RoomBench.bo]
                == [try presence(bench, "bo", of: RoomBench.bo, real + status(110, 307), gone: true)])
        #expect(outcome[RoomBench.ada] == [try presence(bench, "bo", of: RoomBench.bo, real + status(307), gone: true)])
        #expect(
            outcome[RoomBench.carl] == [try presence(bench, "bo", of: RoomBench.bo, hidden + status(307), gone: true)])
    }

    @Test("A ban by somebody outside names nobody where addresses are hidden, else the bare JID (MUC-254, MUC-269)")
    func banned() throws {
        for (whois, actor) in [("moderators", ""), ("anyone", "<actor jid='ada@a.example'/>")] {
            var bench = try RoomBench.withBo([.whois: .choice(whois)])
            try bench.send(RoomBench.ada, "<presence type='unavailable' to='cellar@rooms.example/ada'/>")
            let outcome = try bench.administer(
                "<item jid='bo@b.example' affiliation='outcast'><reason>r</reason></item>")
            #expect(
                outcome[RoomBench.bo] == [
                    try presence(
                        bench, "bo", of: RoomBench.bo,
                        "<item affiliation='outcast' jid='bo@b.example/phone' role='none'>\(actor)<reason>r</reason>"
                            + "</item>" + status(110, 301), gone: true)
                ])
        }
    }

    @Test("Losing membership of a members-only room is 321, the room becoming so is 322 (MUC-280, MUC-314)")
    func membersOnly() throws {
        var bench = try RoomBench.withBo([.isMembersOnly: .flag(false)])
        _ = try bench.administer("<item jid='bo@b.example' affiliation='member'/>")
        try bench.enter(RoomBench.carl, "carl")
        let form =
            "<query xmlns='\(NS.mucOwner)'><x xmlns='jabber:x:data' type='submit'>"
            + "<field var='muc#roomconfig_membersonly'><value>1</value></field></x></query>"
        let closed = try bench.ask(RoomBench.ada, "set", form)
        #expect(closed[RoomBench.carl].last?.contains(status(110, 322)) == true)
        #expect(closed[RoomBench.bo].last?.contains("role='none'/>" + status(322)) == true)
        let lost = try bench.administer("<item jid='bo@b.example' affiliation='none'/>")
        #expect(lost[RoomBench.bo].count == 1)
        let item = "<item affiliation='none' jid='bo@b.example/phone' role='none'>"
        #expect(lost[RoomBench.bo].first?.contains(item) == true)
        #expect(lost[RoomBench.bo].first?.contains(status(110, 321)) == true)
    }

    @Test("Of two seats others read the shown one, each own seat its own (MUC-340, MUC-341, MUC-342, MUC-343, MUC-344)")
    func seats() throws {
        var bench = try RoomBench.withBo()
        let pad = "bo@b.example/pad"
        let low = try bench.send(
            pad, "<presence to='cellar@rooms.example/bo'><priority>-1</priority><x xmlns='\(NS.muc)'/></presence>")
        #expect(low[RoomBench.ada].isEmpty && low[RoomBench.bo].isEmpty)
        #expect(low[pad].filter { $0.contains("<presence") }.count == 2)
        let high = try bench.send(
            pad, "<presence to='cellar@rooms.example/bo'><priority>5</priority><show>chat</show></presence>")
        #expect(
            high[RoomBench.ada] == [
                try presence(
                    bench, "bo", of: RoomBench.bo, "<item affiliation='none' jid='\(pad)' role='participant'/>",
                    payload: "<priority>5</priority><show>chat</show>")
            ])
        #expect(
            high[RoomBench.bo] == [
                try presence(
                    bench, "bo", of: RoomBench.bo,
                    "<item affiliation='none' jid='\(RoomBench.bo)' role='participant'/>" + status(110))
            ])
        let left = try bench.send(pad, "<presence type='unavailable' to='cellar@rooms.example/bo'/>")
        #expect(left[pad].first?.contains("type='unavailable'") == true)
        #expect(left[pad].first?.contains("jid='\(pad)' role='none'/>" + status(110)) == true)
        #expect(
            left[RoomBench.ada] == [
                try presence(
                    bench, "bo", of: RoomBench.bo, "<item affiliation='none' jid='\(RoomBench.bo)' role='participant'/>"
                )
            ])
    }

    @Test("A presence that changes nothing others see is told to its sender only (MUC-186)")
    func update() throws {
        var bench = try RoomBench.withBo()
        let pad = "bo@b.example/pad"
        try bench.send(
            pad, "<presence to='cellar@rooms.example/bo'><priority>-1</priority><x xmlns='\(NS.muc)'/></presence>")
        let outcome = try bench.send(
            pad, "<presence to='cellar@rooms.example/bo'><priority>-1</priority><show>xa</show></presence>")
        #expect(outcome.copies.keys.sorted() == [pad])
        #expect(outcome[pad].first?.contains("<show>xa</show>") == true)
        #expect(outcome[pad].first?.contains(status(110)) == true)
    }
}
