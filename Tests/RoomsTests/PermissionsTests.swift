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

    @Test("The groups of people who may hear of a node are nested (X-12)")
    func groups() throws {
        for isClosed in [false, true] {
            let permissions = try RoomScript.channel([.isMembersOnly: .flag(isClosed)]).room.permissions
            let people: [(rank: Affiliation, isParticipant: Bool)] = [
                (.outcast, false), (.none, false), (.member, false), (.none, true), (.member, true), (.admin, false),
                (.owner, false),
            ]
            let stranger = isClosed ? [Int]() : [1]
            for (word, indices) in [
                ("anyone", Array(1...6)), ("allowed", stranger + [2, 3, 4, 5, 6]), ("participants", [3, 4, 5, 6]),
                ("admins", [5, 6]), ("owners", [6]), ("nobody", []),
            ] {
                for (index, person) in people.enumerated() {
                    let belongs = permissions.belongs(
                        to: word, rank: person.rank, isParticipant: person.isParticipant)
                    #expect(belongs == indices.contains(index), "\(word) \(person) closed: \(isClosed)")
                }
            }
        }
    }

    @Test("Who hears of which node as long as nobody chose anything, and that owners hear of everything")
    func readers() throws {
        var script = try RoomScript.channel()
        func heard(_ rank: Affiliation, _ isParticipant: Bool) -> Topics {
            (Topics.standard.each + [.own(0)]).filter {
                script.room.permissions.mayHear($0, rank: rank, isParticipant: isParticipant)
            }.reduce(into: []) { $0.formUnion($1) }
        }
        let usual: Topics = [.messages, .participants, .presence, .information, .subject, .avatar, .own(0)]
        #expect(heard(.none, false) == [] && heard(.outcast, true) == [] && heard(.none, true) == usual)
        #expect(heard(.admin, false) == usual.union([.addresses, .allowed, .banned, .access, .lists]))
        #expect(heard(.owner, false) == Topics.standard.union(.own(0)))
        _ = try script.configure([.messagesReaders: .choice("anyone"), .participantsReaders: .choice("nobody")])
        #expect(heard(.none, false) == .messages && !heard(.admin, true).contains(.participants))
        #expect(heard(.owner, false).contains(.participants))
    }

    @Test("The map of addresses is for those who rule, and for all inside where addresses are shown anyway (MIX2-092)")
    func addresses() throws {
        var script = try RoomScript.channel([.addressReaders: .choice("anyone")])
        func mayHear(_ rank: Affiliation, _ isParticipant: Bool) -> Bool {
            script.room.permissions.mayHear(.addresses, rank: rank, isParticipant: isParticipant)
        }
        for whois in ["moderators", "optional"] {
            _ = try script.configure([.whois: .choice(whois)])
            #expect(mayHear(.admin, false) && !mayHear(.member, true))
        }
        _ = try script.configure([.whois: .choice("anyone")])
        #expect(mayHear(.none, true) && !mayHear(.none, false))
    }

    @Test("Owners change all rules; others what is told of the room, its title, or rights, as they are let (X-13)")
    func configuring() throws {
        var script = try RoomScript.channel()
        try script.give(.admin, to: bo)
        try script.join(cy, as: "cy")
        func refusal(
            _ setting: Setting, by address: JID, _ change: (inout Configuration) -> Void = { _ in }
        ) -> Refusal? {
            var wish = Configuration(settings: [setting: setting == .mandatoryNicks ? .flag(false) : .text("x")])
            change(&wish)
            return script.refusal(of: .configure(wish, by: script.requester(address)))
        }
        #expect(refusal(.mandatoryNicks, by: ada) == nil && refusal(.mandatoryNicks, by: bo) == .forbidden)
        #expect(
            refusal(.title, by: bo) == nil && refusal(.about, by: bo) == nil && refusal(.title, by: cy) == .forbidden)
        #expect(refusal(.about, by: bo) { $0.settings[.isModerated] = .flag(true) } == .forbidden)
        #expect(refusal(.about, by: bo) { $0.admins = [] } == .forbidden)
        #expect(refusal(.mandatoryNicks, by: bo) { $0.isOfRights = true } == .forbidden)
        _ = try script.configure([
            .informationWriters: .choice("participants"), .accessWriters: .choice("admins"),
            .listWriters: .choice("owners"),
        ])
        #expect(refusal(.about, by: cy) == nil && refusal(.mandatoryNicks, by: bo) == .forbidden)
        #expect(refusal(.mandatoryNicks, by: bo) { $0.isOfRights = true } == nil)
        #expect(refusal(.mandatoryNicks, by: cy) { $0.isOfRights = true } == .forbidden)
        #expect(refusal(.mandatoryNicks, by: bo) { ($0.isOfRights, $0.owners) = (true, [bo.bare]) } == .forbidden)
    }
}
