// Affiliations: the whole table of who may give which one, and what follows for those present.

import Testing
import XMPP

@testable import Rooms

@Suite("Affiliations")
struct AffiliationsTests {
    private func change(_ affiliation: Affiliation, _ target: JID) -> AffiliationChange {
        AffiliationChange(target: .jid(target), affiliation: affiliation)
    }

    /// What XEP-0045 §5.2.2 makes of it; there is always another owner.
    private func expected(_ actor: Affiliation, _ from: Affiliation, _ to: Affiliation) -> Refusal? {
        if actor < .admin { return .forbidden }
        if actor == .owner { return nil }
        if to == .outcast { return from >= .admin ? .notAllowed : nil }
        return to >= .admin || from >= .admin ? .forbidden : nil
    }

    @Test("Who may give which affiliation (MUC-051, MUC-052, MUC-054, MUC-055, MUC-056, MUC-057, MUC-271)")
    func table() throws {
        for actor in Affiliation.allCases {
            for from in Affiliation.allCases {
                var script = try RoomScript.open()
                if actor != .none { try script.give(actor, to: bo) }
                if from != .none { try script.give(from, to: cy) }
                for to in Affiliation.allCases {
                    let command = Command.setAffiliations([change(to, cy)], by: script.requester(bo))
                    #expect(script.refusal(of: command) == expected(actor, from, to), "\(actor): \(from) to \(to)")
                }
            }
        }
    }

    @Test("A room keeps an owner, whatever is asked in whichever order (MUC-012, MUC-059)")
    func lastOwner() throws {
        var script = try RoomScript.open()
        for affiliation in [Affiliation.none, .member, .admin] {
            #expect(
                script.refusal(of: .setAffiliations([change(affiliation, ada)], by: script.requester(ada)))
                    == .lastOwner)
        }
        #expect(
            script.refusal(of: .configure(Configuration(owners: []), by: script.requester(ada))) == .lastOwner)
        let handover = [change(.none, ada), change(.owner, bo)]
        try script.run(.setAffiliations(handover, by: script.requester(ada)))
        #expect(script.room.affiliations.owners == [bo.bare])
        #expect(script.role(ada) == .participant)  // MUC-046
    }

    @Test("Nobody bans himself or his own domain (MUC-060)")
    func selfBan() throws {
        let script = try RoomScript.open()
        #expect(script.refusal(of: .setAffiliations([change(.outcast, ada)], by: script.requester(ada))) == .ownRank)
        let domain = change(.outcast, jid("a.example"))
        #expect(script.refusal(of: .setAffiliations([domain], by: script.requester(ada))) == .ownRank)
    }

    @Test("A full JID means its bare form, a nick the person behind it (MUC-064, MUC-267, MUC-276)")
    func targets() throws {
        var script = try RoomScript.open()
        try script.enter(bo, as: "bo")
        try script.give(.member, to: cy)
        #expect(script.room.affiliations.listed(cy.bare) == .member)
        let byNick = AffiliationChange(target: .nick("bo"), affiliation: .outcast)
        try script.run(.setAffiliations([byNick], by: script.requester(ada)))
        #expect(script.room.affiliations.listed(bo.bare) == .outcast)
        #expect(script.refusal(of: .setAffiliations([byNick], by: script.requester(ada))) == .noSuchOccupant)
        #expect(script.refusal(of: .setAffiliations([byNick], by: script.requester(cy))) == .forbidden)
    }

    @Test("All are checked before any applies (MUC-062)")
    func allOrNothing() throws {
        var script = try RoomScript.open()
        try script.give(.admin, to: bo)
        let both = [change(.member, cy), change(.outcast, ada)]
        #expect(script.refusal(of: .setAffiliations(both, by: script.requester(bo))) == .notAllowed)
        #expect(script.refusal(of: .setAffiliations([], by: script.requester(ada))) == .badRequest("no item"))
        script.limits.affiliations = 2
        #expect(
            script.refusal(of: .setAffiliations([change(.member, cy)], by: script.requester(ada)))
                == .tooMany(limit: "affiliations"))
        script.limits.changesPerRequest = 1
        #expect(
            script.refusal(of: .setAffiliations(both, by: script.requester(ada)))
                == .tooMany(limit: "changesPerRequest"))
    }

    @Test("The same affiliation again is no news, but its reason is kept (MUC-063)")
    func again() throws {
        var script = try RoomScript.open()
        try script.give(.outcast, to: bo, reason: "one")
        let told = try script.give(.outcast, to: bo, reason: "two")[0]
        #expect(told.rankChange?.isSilent == true && script.room.reach(of: told) == .nobody)
        #expect(script.room.affiliations.entries[bo.bare]?.reason == "two")
    }

    @Test("A rank that rises lifts the role, one that falls takes it back (MUC-045, MUC-046, MUC-061)")
    func roles() throws {
        var script = try RoomScript.open([.isModerated: .flag(true)])
        try script.enter(bo, as: "bo")
        #expect(script.role(bo) == .visitor)
        #expect(try script.give(.member, to: bo)[0].rankChange?.person?.role == .participant)
        #expect(script.role(bo) == .participant)
        try script.give(.admin, to: bo)
        #expect(script.role(bo) == .moderator)
        try script.give(.owner, to: bo)
        #expect(script.role(bo) == .moderator)
        let told = try script.give(.none, to: bo)[0].rankChange
        #expect(told?.person?.role == .visitor && told?.formerRole == .moderator && script.role(bo) == .visitor)
    }

    @Test("A ban empties all seats of the banned (MUC-268, MUC-269, MUC-345)")
    func ban() throws {
        var script = try RoomScript.open()
        try script.enter(bo, as: "bo")
        try script.enter(boDesk, as: "bo")
        let events = try script.give(.outcast, to: bo, reason: "spam")
        #expect(events.count == 2)
        #expect(events[0].rankChange?.removes == true && events[0].rankChange?.isSilent == false)
        let departure = events[1].departure
        #expect(departure?.seats.count == 2 && departure?.person.affiliation == .outcast)
        #expect(departure?.cause == .banned(by: Event.Actor(nick: "ada", jid: ada.bare), reason: "spam"))
        #expect(script.refusal(of: RoomScript.entry(bo, as: "bo")) == .banned)
    }

    @Test("A banned domain goes, but for those with an entry of their own (MUC-275)")
    func banDomain() throws {
        var script = try RoomScript.open()
        let dee = jid("dee@b.example/x")
        try script.give(.member, to: dee)
        for (address, nick) in [(bo, "bo"), (cy, "cy"), (dee, "dee")] { try script.enter(address, as: nick) }
        let events = try script.give(.outcast, to: jid("b.example"))
        #expect(events.count == 3 && events.dropFirst().compactMap(\.departure?.person.nick) == ["bo", "cy"])
        #expect(script.room.occupant("dee") != nil)
        // Once the member of the banned domain is none, nothing keeps it here.
        let removed = try script.give(.none, to: dee)
        #expect(removed[1].departure?.cause == .banned(by: Event.Actor(nick: "ada", jid: ada.bare), reason: nil))
    }

    @Test("A domain hands down membership and bans, never the rank of an admin")
    func domainRanks() throws {
        var script = try RoomScript.open([.isModerated: .flag(true)])
        try script.enter(bo, as: "bo")
        let events = try script.give(.member, to: jid("b.example"))
        #expect(events.count == 2 && events[1].rankChange?.person?.affiliation == .member)
        #expect(script.role(bo) == .participant)
        try script.give(.owner, to: jid("b.example"))
        #expect(script.room.affiliations.affiliation(of: bo) == .none)
        #expect(script.room.affiliations.affiliation(of: jid("b.example/bot")) == .owner)
    }

    @Test("Who loses membership of a members-only room goes, told why once (MUC-280, MUC-288)")
    func lostMembership() throws {
        var script = try RoomScript.open([.isMembersOnly: .flag(true)])
        try script.give(.member, to: bo)
        try script.enter(bo, as: "bo")
        let events = try script.give(.none, to: bo)
        #expect(events.count == 2 && script.room.reach(of: events[0]) == .nobody)
        #expect(
            events[1].departure?.cause == .lostMembership(by: Event.Actor(nick: "ada", jid: ada.bare), reason: nil))
        #expect(script.refusal(of: RoomScript.entry(bo, as: "bo")) == .membersOnly)
    }

    @Test("In an open room the end of membership is only told (MUC-279)")
    func openRoom() throws {
        var script = try RoomScript.open()
        try script.give(.member, to: bo)
        try script.enter(bo, as: "bo")
        let events = try script.give(.none, to: bo)
        #expect(events.count == 1 && events[0].rankChange?.removes == false)
        #expect(script.room.reach(of: events[0]) == .everybody)
    }

    @Test("Whoever is inside a locked room owns it (MUC-447)")
    func lockedRoom() throws {
        var script = RoomScript()
        try script.enter(ada, as: "ada")
        try script.give(.owner, to: bo)
        try script.enter(bo, as: "bo")
        #expect(try script.give(.admin, to: bo).last?.departure?.person.nick == "bo")
    }

    @Test("Banning the last guest of a temporary room ends it, with positions in one row (MUC-014)")
    func banEnds() throws {
        var script = try RoomScript.open([.isPersistent: .flag(false)])
        try script.enter(bo, as: "bo")
        try script.run(.leave(try script.seat(ada), payload: []))
        let events = try script.give(.outcast, to: jid("b.example"))
        #expect(events.compactMap(\.stamp?.seq) == [2, 3])
        #expect(script.room.state == .absent)
    }
}
