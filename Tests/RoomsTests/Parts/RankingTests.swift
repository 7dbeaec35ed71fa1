// Roles: the whole table of who may give which role to whom.

import Testing
import XMPP

@testable import Rooms

@Suite("Roles")
struct RankingTests {
    /// Ada's room with an actor and a target of these ranks in it.
    private func script(
        _ actor: (Affiliation, Role), _ target: (Affiliation, Role)
    ) throws -> RoomScript {
        var script = try RoomScript.open()
        for (address, nick, rank) in [(bo, "bo", actor), (cy, "cy", target)] {
            if rank.0 != .none { try script.give(rank.0, to: address) }
            try script.enter(address, as: nick)
            if script.role(address) != rank.1 { try script.run(script.roleCommand(rank.1, to: nick, by: ada)) }
            #expect(script.role(address) == rank.1)
        }
        return script
    }

    /// What XEP-0045 §5.1.3 and the reading of MUC-038 … MUC-043 make of it.
    private func expected(_ actor: (Affiliation, Role), _ target: (Affiliation, Role), _ role: Role) -> Refusal? {
        if actor.1 != .moderator { return .forbidden }
        if target.1 == role { return nil }
        switch (target.1, role) {
        case (.visitor, .participant): return nil
        case (.participant, .visitor): return target.0 >= .admin || target.0 > actor.0 ? .notAllowed : nil
        case (.moderator, .none): return actor.0 >= .admin && actor.0 >= target.0 ? nil : .notAllowed
        case (_, .none): return actor.0 >= target.0 ? nil : .notAllowed
        case (_, .moderator): return actor.0 >= .admin ? nil : .notAllowed
        case (.moderator, _): return actor.0 >= .admin && target.0 < .admin ? nil : .notAllowed
        default: return nil
        }
    }

    @Test("Who may give which role (MUC-037, MUC-038, MUC-039, MUC-040, MUC-041, MUC-042, MUC-043, MUC-032, MUC-053)")
    func table() throws {
        let ranks: [(Affiliation, Role)] = [
            (.none, .visitor), (.none, .participant), (.none, .moderator), (.member, .participant),
            (.member, .moderator), (.admin, .moderator), (.owner, .moderator),
        ]
        for actor in ranks {
            for target in ranks {
                var script = try script(actor, target)
                for role in Role.allCases {
                    let command = script.roleCommand(role, to: "cy", by: bo)
                    let refusal = script.refusal(of: command)
                    #expect(refusal == expected(actor, target, role), "\(actor) makes \(target) \(role)")
                    guard refusal == nil else { continue }
                    var after = script
                    let events = try after.run(command)
                    #expect(events.isEmpty == (target.1 == role))  // MUC-047
                    #expect(after.role(cy) == (role == .none ? nil : role))
                }
                _ = try script.run(.shutDown)
            }
        }
    }

    @Test("A role change names the affiliation, the former role, the actor and the reason (MUC-044)")
    func announces() throws {
        var script = try RoomScript.open()
        try script.enter(bo, as: "bo")
        let change = RoleChange(nick: "bo", role: .visitor, reason: "quiet")
        let told = try script.run(.setRoles([change], by: script.requester(ada)))[0].rankChange
        #expect(
            told?.person?.role == .visitor && told?.formerRole == .participant && told?.affiliation == Affiliation.none)
        #expect(told?.actor == Event.Actor(nick: "ada", jid: ada.bare) && told?.reason == "quiet")
        #expect(script.refusal(of: .say(try script.seat(bo), RoomScript.words("hi"))) == .noVoice)
    }

    @Test("A kick takes all seats, and the kicked may come back at once (MUC-253, MUC-257, MUC-345)")
    func kick() throws {
        var script = try RoomScript.open()
        try script.enter(bo, as: "bo")
        try script.enter(boDesk, as: "bo")
        let change = RoleChange(nick: "bo", role: .none, reason: "spam")
        let events = try script.run(.setRoles([change], by: script.requester(ada)))
        #expect(events.count == 1)
        #expect(events[0].departure?.seats.map(\.address) == [bo, boDesk] && events[0].departure?.isLast == true)
        #expect(
            events[0].departure?.cause == .kicked(by: Event.Actor(nick: "ada", jid: ada.bare), reason: "spam"))
        try script.enter(bo, as: "bo")
    }

    @Test("Nobody kicks himself, nobody absent, and nobody from outside (MUC-256, MUC-246, MUC-053)")
    func refusals() throws {
        let script = try RoomScript.open()
        #expect(script.refusal(of: script.roleCommand(.none, to: "ada", by: ada)) == .ownRank)
        #expect(script.refusal(of: script.roleCommand(.none, to: "bo", by: ada)) == .noSuchOccupant)
        #expect(script.refusal(of: script.roleCommand(.none, to: "bo", by: bo)) == .forbidden)
        #expect(script.refusal(of: .setRoles([], by: script.requester(ada))) == .badRequest("no item"))
    }

    @Test("All or nothing: one forbidden item refuses the request (MUC-247, MUC-062)")
    func batch() throws {
        var script = try RoomScript.open()
        try script.enter(bo, as: "bo")
        try script.enter(cy, as: "cy")
        try script.give(.admin, to: cy)
        let both = [RoleChange(nick: "bo", role: .visitor), RoleChange(nick: "cy", role: .visitor)]
        #expect(script.refusal(of: .setRoles(both, by: script.requester(ada))) == .notAllowed)
        let twice = [RoleChange(nick: "bo", role: .visitor), RoleChange(nick: "bo", role: .none)]
        let events = try script.run(.setRoles(twice, by: script.requester(ada)))
        #expect(events.count == 2 && events[1].departure?.person.role == .visitor)
    }

    @Test("A list is emptied by one act, and said to be empty at its end (MIXC-364)")
    func clear() throws {
        var script = try RoomScript.open()
        try script.give(.member, to: bo)
        try script.give(.outcast, to: cy)
        #expect(script.refusal(of: .clearAffiliations(.member, by: script.requester(bo))) == .forbidden)
        let events = try script.run(.clearAffiliations(.member, by: script.requester(ada)))
        guard events.count == 2, case .governance(.affiliationChanged(let change)) = events[0],
            case .library(.removed(let removal)) = events[1]
        else { throw Unexpected(what: "\(events)") }
        #expect(change.jid == bo.bare && change.affiliation == .none && change.isOfPurge)
        #expect(removal.topic == .allowed && removal.isPurge && removal.stamp.seq == change.stamp.map { $0.seq + 1 })
        #expect(script.room.affiliations.list(.member).isEmpty && script.room.affiliations.listed(cy.bare) == .outcast)
        #expect(try script.run(.clearAffiliations(.outcast, by: script.requester(ada))).count == 2)
    }

    @Test("The operator stands above every rank and has no nick")
    func operatorKicks() throws {
        var script = try RoomScript.open()
        let root = Requester(jid: jid("root@a.example"), isOperator: true)
        let events = try script.run(.setRoles([RoleChange(nick: "ada", role: .none)], by: root))
        #expect(events[0].departure?.cause == .kicked(by: nil, reason: nil))
    }

    @Test("Kicking the last guests of a temporary room ends it once (MUC-014)")
    func kickEnds() throws {
        var script = try RoomScript.open([.isPersistent: .flag(false)])
        try script.enter(bo, as: "bo")
        try script.enter(cy, as: "cy")
        try script.run(.leave(try script.seat(ada), payload: []))
        let root = Requester(jid: jid("root@a.example"), isOperator: true)
        let all = [RoleChange(nick: "bo", role: .none), RoleChange(nick: "cy", role: .none)]
        let events = try script.run(.setRoles(all, by: root))
        #expect(events.count == 3 && events[2].ending?.stamp.seq == 2)
        #expect(script.room.state == .absent)
    }
}
