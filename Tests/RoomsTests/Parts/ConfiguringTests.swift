// Configuring: opening, rules that change for those inside, full lists, destroying.

import Testing
import XML
import XMPP

@testable import Rooms

@Suite("Configuring")
struct ConfiguringTests {
    @Test("Accepting the defaults opens a locked room without a word about changes (MUC-300, MUC-308)")
    func unlock() throws {
        var script = RoomScript()
        try script.enter(ada, as: "ada")
        #expect(script.refusal(of: .configure(Configuration(), by: Requester(jid: bo))) == .forbidden)
        let events = try script.configure([:])
        #expect(events == [.lifecycle(.unlocked(try #require(events[0].stamp)))])
        #expect(script.room.state == .open && script.room.nextDeadline == nil)
        #expect(try script.configure([:]).isEmpty)
    }

    @Test("The first configuration changes and opens (MUC-302)")
    func first() throws {
        var script = RoomScript()
        try script.enter(ada, as: "ada")
        let events = try script.configure([.title: .text("Cellar"), .isModerated: .flag(false)])
        guard case .governance(.configured(let change)) = events[0] else { throw Unexpected(what: "\(events)") }
        #expect(change.isFirst && change.changed == [.title: .text("Cellar")] && events.count == 2)
        #expect(script.room.settings.title == "Cellar" && script.room.reach(of: events[0]) == .nobody)
    }

    @Test("All or nothing: one bad value refuses the form and the room stays locked (MUC-303, MUC-311)")
    func invalid() throws {
        var script = RoomScript()
        try script.enter(ada, as: "ada")
        let wish = Configuration(settings: [.title: .text("x"), .maxOccupants: .number(0)])
        #expect(script.refusal(of: .configure(wish, by: script.requester(ada))) == .invalidSetting(.maxOccupants))
        #expect(script.room.nextDeadline != nil)
    }

    @Test("A room nobody configures opens by itself; one that nobody is in ends (MUC-305)")
    func deadline() throws {
        var script = RoomScript()
        try script.enter(ada, as: "ada")
        script.now = script.now + .seconds(299)
        #expect(try script.run(.deadlineReached).isEmpty)
        script.now = script.now + .seconds(1)
        var forsaken = script
        try forsaken.run(.shutDown)
        #expect(try script.run(.deadlineReached).count == 1)
        #expect(script.room.state == .open)
        #expect(try forsaken.run(.deadlineReached)[0].ending != nil)
        #expect(try script.run(.deadlineReached).isEmpty)
    }

    @Test("Words and invitations of the owner open a locked room, a chat state does not (MUC-206, MUC-299)")
    func takenAsItIs() throws {
        var script = RoomScript()
        try script.enter(ada, as: "ada")
        let seat = try script.seat(ada)
        let typing = Utterance(id: "t1", type: .groupchat, payload: [Element("composing", NS.chatStates)])
        #expect(try script.run(.say(seat, typing)).count == 1)
        #expect(script.room.nextDeadline != nil)
        var inviting = script
        #expect(try script.run(.say(seat, RoomScript.words("good evening"))).count == 2)
        #expect(script.room.state == .open)
        #expect(try script.run(.say(seat, RoomScript.words("is anybody there?"))).count == 1)
        try inviting.run(.invite(Invitation(invitees: [bo]), by: inviting.requester(ada)))
        #expect(inviting.room.state == .open)
    }

    @Test("Cancelling the first form gives the room up, a later one changes nothing (MUC-304, MUC-312)")
    func cancel() throws {
        var script = RoomScript()
        try script.enter(ada, as: "ada")
        #expect(script.refusal(of: .abandon(by: Requester(jid: bo))) == .forbidden)
        var open = script
        _ = try open.configure([:])
        #expect(try open.run(.abandon(by: open.requester(ada))).isEmpty)
        #expect(try script.run(.abandon(by: script.requester(ada)))[0].ending?.seats.map(\.address) == [ada])
        #expect(script.room.state == .absent)
    }

    @Test("Only owners configure and destroy, admins do not (MUC-309, MUC-331, MUC-052)")
    func ownersOnly() throws {
        var script = try RoomScript.open()
        try script.give(.admin, to: bo)
        #expect(script.refusal(of: .configure(Configuration(), by: script.requester(bo))) == .forbidden)
        #expect(script.refusal(of: .destroy(Destruction(), by: script.requester(bo))) == .forbidden)
    }

    @Test("A room that becomes members-only loses everybody who is none (MUC-314)")
    func membersOnly() throws {
        var script = try RoomScript.open()
        try script.enter(bo, as: "bo")
        try script.enter(cy, as: "cy")
        try script.give(.member, to: cy)
        let events = try script.configure([.isMembersOnly: .flag(true)])
        #expect(events.count == 2 && events[1].departure?.cause == .becameMembersOnly)
        #expect(events[1].departure?.person.nick == "bo")
    }

    @Test("Voice is kept when a room becomes moderated and given when it is so no more (MUC-319)")
    func moderated() throws {
        var script = try RoomScript.open()
        try script.enter(bo, as: "bo")
        #expect(try script.configure([.isModerated: .flag(true)]).count == 1)
        #expect(script.role(bo) == .participant)
        try script.enter(cy, as: "cy")
        let events = try script.configure([.isModerated: .flag(false)])
        #expect(events.count == 2 && events[1].rankChange?.person?.role == .participant)
        #expect(script.role(cy) == .participant)
    }

    private func edges(_ events: [Event]) -> [String] {
        events.compactMap { event in
            guard case .attendance(.visibilityChanged(let change)) = event else { return nil }
            return (change.isShown ? "+" : "-") + change.person.nick
        }
    }

    @Test("Who crosses the edge of what is broadcast comes or goes for the others, nobody else does (MUC-140)")
    func visibility() throws {
        var script = try RoomScript.open([.isModerated: .flag(true)])
        try script.enter(bo, as: "bo")
        try script.enter(cy, as: "cy")
        try script.run(script.roleCommand(.participant, to: "cy", by: ada))
        let narrowed = try script.configure([.presenceBroadcast: .roles([.moderator, .participant])])
        #expect(narrowed.count == 2 && edges(narrowed) == ["-bo"])
        #expect(script.room.reach(of: narrowed[1]) == .everybody)
        #expect(script.room.subject(of: narrowed[1]) == script.room.occupant("bo")?.id)
        #expect(edges(try script.configure([.presenceBroadcast: .roles([.visitor])])) == ["-ada", "+bo", "-cy"])
        #expect(edges(try script.configure([.title: .text("x")])).isEmpty)
    }

    @Test("Who is seen is settled before anybody is removed or lifted by the same form (MUC-140)")
    func visibilityFirst() throws {
        var script = try RoomScript.open([.isModerated: .flag(true)])
        try script.enter(bo, as: "bo")
        let events = try script.configure([
            .presenceBroadcast: .roles([.moderator]), .isModerated: .flag(false),
        ])
        #expect(edges(events) == ["-bo"])
        #expect(events.count == 3 && events[2].rankChange?.person?.role == .participant)
        #expect(script.room.reach(of: events[2]) == .participant(try #require(script.room.occupant("bo")?.id)))
        var other = try RoomScript.open()
        try other.enter(bo, as: "bo")
        let removed = try other.configure([
            .presenceBroadcast: .roles([.moderator]), .isMembersOnly: .flag(true),
        ])
        #expect(edges(Array(removed[..<2])) == ["-bo"] && removed[2].departure?.cause == .becameMembersOnly)
    }

    @Test("A required feature removes those who cannot have it (GC-070)")
    func requiredFeature() throws {
        var script = try RoomScript.open()
        try script.enter(bo, as: "bo", dialect: "groupchat")
        try script.enter(boDesk, as: "bo")
        let events = try script.configure([.requiredFeatures: .lines(["urn:x:one"])])
        #expect(events[1].departure?.cause == .missesFeature("urn:x:one"))
        #expect(events[1].departure?.seats.map(\.address) == [bo] && script.room.occupant("bo") != nil)
    }

    @Test("An empty room that is made temporary ends (MUC-320)")
    func temporary() throws {
        var script = try RoomScript.open()
        try script.run(.leave(try script.seat(ada), payload: []))
        #expect(try script.configure([.isPersistent: .flag(false)]).last?.ending != nil)
        #expect(script.room.state == .absent)
    }

    @Test("Owners and admins in a form are full lists (MUC-313)")
    func lists() throws {
        var script = try RoomScript.open([.isMembersOnly: .flag(true)])
        try script.give(.admin, to: cy)
        try script.enter(cy, as: "cy")
        let wish = Configuration(owners: [ada, bo], admins: [ada])
        let events = try script.run(.configure(wish, by: script.requester(ada)))
        #expect(script.room.affiliations.owners == [ada.bare, bo.bare])
        #expect(script.room.affiliations.list(.admin).isEmpty)
        #expect(events.last?.departure?.person.nick == "cy")
        #expect(events.compactMap(\.stamp?.seq) == [3, 4])
    }

    @Test("Lists in the first form apply when the room is open already (MUC-313)")
    func listsInFirstForm() throws {
        var script = RoomScript()
        try script.enter(ada, as: "ada")
        let wish = Configuration(settings: [.isMembersOnly: .flag(true)], owners: [bo], admins: [ada])
        let events = try script.run(.configure(wish, by: script.requester(ada)))
        #expect(events.count == 4 && script.room.affiliations.owners == [bo.bare])
        #expect(script.role(ada) == .moderator)
    }

    @Test("Destroying empties every seat by one event, whatever the room (MUC-330, MUC-332)")
    func destroy() throws {
        var script = try RoomScript.open([.title: .text("Cellar")])
        try script.enter(bo, as: "bo")
        let wish = Destruction(alternate: jid("den@rooms.example"), password: "p", reason: "moved")
        let ending = try script.run(.destroy(wish, by: script.requester(ada)))[0].ending
        #expect(ending?.destruction == wish && ending?.seats.map(\.address) == [ada, bo])
        #expect(script.room.state == .absent && script.room.head == 0)
    }

    @Test("The operator configures without a nick and without being owner")
    func operatorConfigures() throws {
        var script = try RoomScript.open()
        let root = Requester(jid: jid("root@a.example"), isOperator: true)
        try script.run(.configure(Configuration(settings: [.title: .text("x")]), by: root))
        #expect(script.room.settings.title == "x")
    }
}
