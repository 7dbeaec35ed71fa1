// Nicks that are registered, and memberships that come and go with them.

import Testing
import XMPP

@testable import Rooms

@Suite("Registering")
struct RegisteringTests {
    private let open: [Setting: SettingValue] = [.registration: .choice("open")]

    private func wish(_ nick: String, _ address: JID, _ script: RoomScript) -> Command {
        .register(nick: nick, by: script.requester(address))
    }

    @Test("Who was nothing becomes a member, and is told of as one (MUC-220, MUC-221)")
    func membership() throws {
        var script = try RoomScript.open(open)
        try script.enter(bo, as: "bo")
        let events = try script.run(wish("Robert", bo, script))
        let change = try #require(events.first?.rankChange)
        #expect(events.count == 1 && change.affiliation == .member && change.person?.role == .participant)
        #expect(change.actor == nil && change.registers && !change.isSilent)
        #expect(script.room.nicknames.reserved(for: bo, in: script.room) == "Robert")
        #expect(script.room.occupant("bo") != nil, "MUC-229: another nick may be used")
        #expect(try script.run(wish("Robert", boDesk, script)).isEmpty, "once is enough")
    }

    @Test("Who has an affiliation keeps it, whether the room is open to others or not (MUC-220)")
    func affiliates() throws {
        var script = try RoomScript.open()
        try script.give(.admin, to: bo.bare)
        let change = try #require(try script.run(wish("bo", bo, script)).first?.rankChange)
        #expect(change.isSilent && change.affiliation == .admin)
        #expect(try script.run(wish("ada", ada, script)).first?.rankChange?.affiliation == .owner)
        #expect(script.room.nicknames.reserved(for: ada, in: script.room) == "ada")
    }

    @Test("Strangers where it is closed, outcasts, and nicks that are somebody's or nobody's (MUC-213, MUC-216)")
    func refusals() throws {
        var script = try RoomScript.open()
        #expect(script.refusal(of: wish("bo", bo, script)) == .registrationClosed)
        _ = try script.configure([.registration: .choice("open")])
        #expect(script.refusal(of: wish("ADA", bo, script)) == .nickTaken)
        try script.give(.member, to: cy.bare, nick: "cy")
        #expect(script.refusal(of: wish("cy", bo, script)) == .nickTaken)
        #expect(script.refusal(of: wish(" ", bo, script)) == .nickUnwanted)
        try script.give(.outcast, to: bo.bare)
        #expect(script.refusal(of: wish("bo", bo, script)) == .registrationClosed)
        #expect(script.refusal(of: .unregister(by: script.requester(boDesk))) == .notRegistered)
    }

    @Test("A registration fills a line of the list, and the list has an end")
    func limit() throws {
        var limits = RoomLimits()
        limits.affiliations = 1
        var script = RoomScript(limits: limits)
        script.defaults[.registration] = .choice("open")
        try script.enter(ada, as: "ada", creation: .open)
        #expect(script.refusal(of: wish("bo", bo, script)) == .tooMany(limit: "affiliations"))
    }

    @Test("There is one nick a participant; the last one registered counts (T-33)")
    func oneNick() throws {
        var script = try RoomScript.open(open)
        try script.run(wish("bo", bo, script))
        try script.run(wish("robert", boDesk, script))
        #expect(script.room.affiliations.holder(ofKey: "bo") == nil)
        #expect(script.room.affiliations.holder(ofKey: "robert") == bo.bare)
    }

    @Test("Where nicks are locked down, whoever is here is renamed to the nick it registers (MUC-222)")
    func lockedNicks() throws {
        var script = try RoomScript.open([.registration: .choice("open"), .nicksLocked: .flag(true)])
        try script.enter(bo, as: "bo")
        let events = try script.run(wish("robert", bo, script))
        guard case .attendance(.renamed(let renaming))? = events.last else { throw Unexpected(what: "\(events)") }
        #expect(renaming.oldNick == "bo" && renaming.person.nick == "robert")
    }

    @Test("What came with the nick goes with it, and nothing else (MUC-223)")
    func givingBack() throws {
        var script = try RoomScript.open([.registration: .choice("open"), .isMembersOnly: .flag(true)])
        try script.run(wish("bo", bo, script))
        try script.enter(bo, as: "bo")
        try script.give(.member, to: cy.bare, nick: "cy")
        try script.enter(cy, as: "cy")
        let events = try script.run(.unregister(by: script.requester(bo)))
        #expect(script.room.affiliations.listed(bo.bare) == .none)
        guard case .lostMembership? = events.last?.departure?.cause else { throw Unexpected(what: "\(events)") }
        #expect(try script.run(.unregister(by: script.requester(cy))).first?.rankChange?.isSilent == true)
        #expect(script.room.affiliations.listed(cy.bare) == .member, "an admin made her one")
        #expect(script.room.nicknames.reserved(for: cy, in: script.room) == nil)
        #expect(script.refusal(of: .unregister(by: script.requester(cy))) == .notRegistered)
    }

    @Test("What an admin makes of somebody does not hang on the nick any more (MUC-223)")
    func promoted() throws {
        var script = try RoomScript.open(open)
        try script.run(wish("bo", bo, script))
        try script.give(.admin, to: bo.bare)
        try script.give(.member, to: bo.bare)
        try script.run(.unregister(by: script.requester(bo)))
        #expect(script.room.affiliations.listed(bo.bare) == .member)
    }

    @Test("A registration outlives the server, in the journal and in the snapshot")
    func stored() throws {
        var script = try RoomScript.open(open)
        let event = try #require(try script.run(wish("bo", bo, script)).first)
        let bytes = try #require(EventCoding.encode(event))
        #expect(EventCoding.kind(of: event) == 16 && bytes[1] == 16)
        guard case .governance(.affiliationChanged(let change)) = try EventCoding.decode(bytes) else {
            throw Unexpected(what: "\(bytes)")
        }
        #expect(change.registers && change.reservedNick == "bo")
        let again = try Room(snapshot: RoomSnapshot.encode(script.room), name: script.room.name)
        #expect(again.affiliations.entries[bo.bare]?.isRegistered == true)
        #expect(again.affiliations.entries[ada.bare]?.isRegistered == false)
    }

    @Test("Snapshots from before there were registrations are read as having none")
    func firstVersion() throws {
        let room = try RoomScript.open().room
        var bytes = RoomSnapshot.encode(room)
        // one line in the list, of an owner: its last byte says whether it was registered
        let owner = Array("\(ada.bare)".utf8)
        let start = try #require(bytes.indices.first { Array(bytes[$0...].prefix(owner.count)) == owner })
        bytes.remove(at: start + owner.count + 3)
        bytes[0] = 1
        bytes.removeLast(room.channelBytes)
        let restored = try Room(snapshot: bytes, name: room.name)
        #expect(restored.affiliations == room.affiliations && restored.settings == room.settings)
        #expect(restored.head == room.head && restored.archivedCount == room.archivedCount)
    }
}
