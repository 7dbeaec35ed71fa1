// Who may read lists, who sees real JIDs, who could enter.

import Testing
import XMPP

@testable import Rooms

@Suite("Permissions")
struct PermissionsTests {
    private func mayRead(_ list: Affiliation, as rank: Affiliation, isOpen: Bool) throws -> Bool {
        var script = try RoomScript.open([.whois: .choice(isOpen ? "anyone" : "moderators")])
        if rank != .none { try script.give(rank, to: bo) }
        return script.room.permissions.mayRead(list, script.requester(bo))
    }

    @Test("Owners read all lists; owner and admin lists are closed to admins where JIDs are hidden (MUC-325, MUC-328)")
    func semiAnonymous() throws {
        for list in [Affiliation.owner, .admin, .member, .outcast] {
            #expect(try mayRead(list, as: .owner, isOpen: false))
            #expect(try mayRead(list, as: .admin, isOpen: false) == (list <= .member))
            #expect(try !mayRead(list, as: .member, isOpen: false))
            #expect(try !mayRead(list, as: .none, isOpen: false))
        }
    }

    @Test("Where JIDs are open, members read the three lists, never the bans (MUC-050, MUC-282, MUC-283)")
    func nonAnonymous() throws {
        for list in [Affiliation.owner, .admin, .member] {
            #expect(try mayRead(list, as: .member, isOpen: true))
            #expect(try !mayRead(list, as: .none, isOpen: true))
        }
        #expect(try !mayRead(.outcast, as: .member, isOpen: true))
        #expect(try mayRead(.outcast, as: .admin, isOpen: true))
    }

    @Test("Roles may be kept from the member list (MUC-361)")
    func memberListReaders() throws {
        var script = try RoomScript.open([
            .whois: .choice("anyone"), .memberListReaders: .roles([.moderator]),
        ])
        try script.give(.member, to: bo)
        try script.enter(bo, as: "bo")
        #expect(!script.room.permissions.mayRead(.member, script.requester(bo)))
        try script.give(.admin, to: bo)
        #expect(script.room.permissions.mayRead(.member, script.requester(bo)))
    }

    @Test("Real JIDs are seen by moderators, in an open room by all (MUC-009, MUC-010)")
    func sight() throws {
        var script = try RoomScript.open()
        let id = try script.enter(bo, as: "bo").person.id
        #expect(!script.room.permissions.seesJIDs(id))
        #expect(script.room.permissions.seesJIDs(script.room.participantID(of: ada)))
        try script.run(script.roleCommand(.moderator, to: "bo", by: ada))
        #expect(script.room.permissions.seesJIDs(id))
        try script.run(script.roleCommand(.participant, to: "bo", by: ada))
        _ = try script.configure([.whois: .choice("anyone")])
        #expect(script.room.permissions.seesJIDs(id))
    }

    @Test("Who could enter (MUC-048, MUC-075)")
    func mayEnter() throws {
        var script = try RoomScript.open()
        #expect(script.room.permissions.mayEnter(bo))
        try script.give(.outcast, to: bo)
        #expect(!script.room.permissions.mayEnter(bo))
        _ = try script.configure([.isMembersOnly: .flag(true)])
        #expect(!script.room.permissions.mayEnter(cy) && script.room.permissions.mayEnter(ada))
    }
}
