// The nicks of those who joined: one for all clients of a person, unique over everybody, made where none is given.

import Testing
import XMPP

@testable import Rooms

@Suite("Nicks of members")
struct MemberNicksTests {
    private func refusal(_ script: RoomScript, _ address: JID = bo, as nick: String?) -> Refusal? {
        script.refusal(of: RoomScript.joining(address, as: nick))
    }

    @Test("A nick is unique over members, visitors, reservations and the service's register (X-11)")
    func unique() throws {
        var script = try RoomScript.channel()
        try script.join(cy, as: "cy")
        try script.enter(ada, as: "Ada")
        try script.give(.member, to: jid("dee@d.example"), nick: "dee")
        script.registry.set(jid("eve@b.example"), "Eve")
        for nick in ["cy", "CY", "ada", "Dee", "eve"] {
            #expect(refusal(script, as: nick) == .nickTaken, "\(nick)")
            #expect(script.refusal(of: RoomScript.entry(bo, as: nick)) == .nickTaken, "\(nick)")
        }
        #expect(refusal(script, jid("eve@b.example/x"), as: "eve") == nil)
        #expect(refusal(script, jid("dee@d.example/a"), as: "DEE") == nil)
    }

    @Test("The nick of somebody away is taken, for visitors and for renamings too")
    func away() throws {
        var script = try RoomScript.channel()
        try script.join(cy, as: "cy", listens: false)
        #expect(script.refusal(of: RoomScript.entry(bo, as: "Cy")) == .nickTaken)
        try script.enter(bo, as: "bo")
        #expect(script.refusal(of: .rename(try script.seat(bo), nick: "cy")) == .nickTaken)
        #expect(
            script.refusal(
                of: .setAffiliations(
                    [AffiliationChange(target: .jid(bo.bare), affiliation: .member, nick: "cy")],
                    by: script.requester(ada))) == .nickTaken)
        try script.run(.shutDown)
        #expect(script.refusal(of: RoomScript.entry(bo, as: "cy")) == .nickTaken)
        #expect(script.refusal(of: RoomScript.entry(bo, as: "bo")) == nil)
    }

    @Test("Nicks that no nick may be (T-04), and spaces at the ends")
    func forms() throws {
        var script = try RoomScript.channel()
        #expect(refusal(script, as: " ") == .nickUnwanted)
        #expect(refusal(script, as: String(repeating: "a", count: 40)) == .nickUnwanted, "a conference address")
        #expect(refusal(script, as: String(repeating: "x", count: 129)) == .nickUnwanted)
        #expect(try script.join(bo, as: "  third   witch ").enrolment.nick == "third witch")
        let id = script.room.participantID(of: bo).text
        #expect(refusal(script, cy, as: id) == .nickUnwanted, "the P of somebody here")
    }

    @Test("Without a nick: refused where there must be one, else there is none, and nothing can be said (X-11)")
    func without() throws {
        var script = try RoomScript.channel()
        #expect(refusal(script, as: nil) == .nickRequired)
        _ = try script.configure([.mandatoryNicks: .flag(false)])
        #expect(try script.join(bo).enrolment.nick == nil)
        #expect(try script.join(cy, assignsNick: true).enrolment.nick == nil)
        #expect(script.refusal(of: RoomScript.appearing(bo)) == .nickRequired)
        let seat = try script.seat(bo)
        #expect(script.refusal(of: .say(seat, RoomScript.words("x"))) == .nickRequired)
        let subject = Utterance(id: nil, type: .groupchat, payload: [])
        #expect(script.refusal(of: .setSubject(seat, subject)) == .nickRequired)
        let renaming = try #require(try script.run(.membership(.rename(bo, nick: "bo"))).first?.renaming)
        #expect(renaming.oldNick.isEmpty && renaming.person.nick == "bo")
        #expect(script.refusal(of: .say(seat, RoomScript.words("x"))) == nil)
        try script.expectKept()
    }

    @Test("Where the room gives nicks: the reserved one, else the registered one, else a UUID (X-11, MIX1-086)")
    func assigned() throws {
        var script = try RoomScript.channel()
        try script.give(.member, to: cy, nick: "Cy")
        script.registry.set(ada, "Ada")
        #expect(try script.join(cy, assignsNick: true).enrolment.nick == "Cy")
        #expect(try script.join(ada, assignsNick: true).enrolment.nick == "Ada")
        let nick = try #require(try script.join(bo, assignsNick: true).enrolment.nick)
        let parts = nick.split(separator: "-")
        #expect(parts.map(\.count) == [8, 4, 4, 4, 12] && nick.allSatisfy { $0 == "-" || $0.isHexDigit })
        #expect(parts[2].first == "4" && ["8", "9", "a", "b"].contains(parts[3].first))
        #expect(nick == nick.lowercased())
        let other = try script.join(jid("dee@d.example/a"), assignsNick: true).enrolment.nick
        #expect(other != nick)
    }

    @Test("One nick for all clients and dialects of a person: that which it has here (T-33)")
    func one() throws {
        var script = try RoomScript.channel()
        try script.enter(bo, as: "bo")
        #expect(try script.join(boDesk, as: "robert").enrolment.nick == "bo")
        try script.run(.leave(try script.seat(bo), payload: []))
        let events = try script.run(RoomScript.joining(boDesk, as: "robert"))
        #expect(events.compactMap(\.renaming).map(\.person.nick) == ["robert"], "nobody of it is here any more")
        let arrival = try script.enter(bo, as: "bo")
        #expect(arrival.person.nick == "robert" && arrival.nickAssigned)
        try script.run(.rename(try script.seat(bo), nick: "bob"))
        #expect(script.enrolment(bo)?.nick == "bob")
        #expect(
            script.refusal(of: RoomScript.entry(jid("bo@b.example/old"), as: "bo", tolerance: .exactly)) == .nickHeld)
        try script.expectKept()
    }

    @Test("Where nicks are locked down, who has one reserved has that (MUC-229)")
    func locked() throws {
        var script = try RoomScript.channel([.nicksLocked: .flag(true)])
        try script.give(.member, to: bo, nick: "Bo")
        #expect(refusal(script, as: "robert") == .nickHeld)
        try script.join(bo, as: "Bo")
        #expect(script.refusal(of: .membership(.rename(bo, nick: "robert"))) == .nickHeld)
        _ = try script.configure([.registration: .choice("open")])
        try script.join(cy, as: "cy")
        let events = try script.run(.register(nick: "cyan", by: script.requester(cy)))
        #expect(events.last?.renaming?.person.nick == "cyan" && script.enrolment(cy)?.nick == "cyan")
        try script.expectKept()
    }

    @Test("Another nick: checked like the first, and one made by the room where it is empty")
    func renaming() throws {
        var script = try RoomScript.channel()
        try script.join(bo, as: "bo")
        try script.join(cy, as: "cy")
        func rename(_ nick: String?, _ address: JID = bo) -> Command { .membership(.rename(address, nick: nick)) }
        #expect(script.refusal(of: rename("CY")) == .nickTaken)
        #expect(script.refusal(of: rename("x", ada)) == .notSeated)
        #expect(try script.run(rename("bo")).isEmpty)
        try script.run(rename("BO"))
        #expect(script.enrolment(bo)?.nick == "BO" && script.room.nicknames.holder(of: "bo") == nil)
        try script.run(rename(""))
        #expect(script.enrolment(bo)?.nick?.count == 36)
        try script.expectKept()
    }

    @Test("An empty nick is the one kept for somebody, here or with the service, before one that is made (X-11)")
    func renamingToTheKept() throws {
        var script = try RoomScript.channel()
        try script.join(bo, as: "bo")
        try script.join(cy, as: "cy")
        script.registry.set(bo, "Robert")
        try script.run(.membership(.rename(bo, nick: nil)))
        #expect(script.enrolment(bo)?.nick == "Robert")
        #expect(try script.run(.membership(.rename(bo, nick: nil))).isEmpty, "it has it")
        try script.give(.member, to: cy, nick: "Cyan")
        script.registry.set(cy, "Cynthia")
        try script.run(.membership(.rename(cy, nick: "")))
        #expect(script.enrolment(cy)?.nick == "Cyan")
        try script.expectKept()
    }

    @Test("A registered nick that somebody had here before is not given to another (X-11)")
    func keptByAnother() throws {
        var script = try RoomScript.channel()
        try script.join(bo, as: "Ada")
        try script.join(ada, as: "first")
        script.registry.set(ada, "ada")
        try script.run(.membership(.rename(ada, nick: nil)))
        #expect(script.enrolment(ada)?.nick?.count == 36)
        script.registry.set(ada, nil)
        script.registry.set(cy, "ADA")
        #expect(try script.join(cy, assignsNick: true).enrolment.nick?.count == 36)
        try script.expectKept()
    }

    @Test("A registered nick is given by the room where nobody chose one, and stays (MUC-211)")
    func registeredWithoutChoice() throws {
        var script = try RoomScript.channel([.registration: .choice("open")])
        try script.run(.register(nick: "", by: script.requester(bo)))
        let nick = try #require(script.room.nicknames.reserved(for: bo, in: script.room))
        #expect(nick.count == 36)
        #expect(try script.run(.register(nick: "", by: script.requester(bo))).isEmpty)
        #expect(try script.join(bo, assignsNick: true).enrolment.nick == nick)
    }
}
