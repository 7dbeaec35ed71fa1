// Entering: who may, in which order the checks stand, and what a further seat means.

import Testing
import XML
import XMPP

@testable import Rooms

@Suite("Entering")
struct EnteringTests {
    @Test("The first to enter owns the room, which waits for its configuration (MUC-296, MUC-113)")
    func creates() throws {
        var script = RoomScript()
        let arrival = try script.enter(ada, as: "ada")
        #expect(arrival.created && arrival.isFirst && !arrival.nickAssigned)
        #expect(arrival.person.affiliation == .owner && arrival.person.role == .moderator)
        #expect(script.room.state == .locked(until: script.now + .seconds(300)))
        #expect(script.room.nextDeadline == script.now + .seconds(300))
        #expect(script.room.affiliations.owners == [ada.bare])
        #expect(script.room.head == 1)
    }

    @Test("A room is open at once where the entry or the service says so (GC-026, MUC-306)")
    func createsOpen() throws {
        var groupchat = RoomScript()
        try groupchat.enter(ada, as: "ada", creation: .open)
        #expect(groupchat.room.state == .open)
        var unlocking = RoomScript()
        unlocking.locksNewRooms = false
        #expect(try unlocking.enter(ada, as: "ada").created)
        #expect(unlocking.room.state == .open)
    }

    @Test("A password in the founding entry becomes the room's (MUC-297)")
    func foundsWithPassword() throws {
        var script = RoomScript()
        try script.enter(ada, as: "ada", password: "sesame")
        #expect(script.room.settings.password == "sesame")
        #expect(
            RoomScript().refusal(of: RoomScript.entry(ada, as: "ada", password: String(repeating: "x", count: 1_024)))
                == .invalidSetting(.password))
    }

    @Test("Nobody creates a room without leave, or by an entry that never creates (MUC-094, MUC-295, GC-027, MUC-087)")
    func creationForbidden() {
        var script = RoomScript()
        script.mayCreate = false
        #expect(script.refusal(of: RoomScript.entry(ada, as: "ada")) == .creationForbidden)
        #expect(RoomScript().refusal(of: RoomScript.entry(ada, as: "ada", creation: .never)) == .roomMissing)
        #expect(RoomScript().refusal(of: .shutDown) == .roomMissing)
    }

    @Test("A name that no room may have is refused (X-02, T-29)")
    func names() {
        #expect(RoomScript(name: "a#b").refusal(of: RoomScript.entry(ada, as: "ada")) == .nameUnwanted)
        #expect(
            RoomScript(name: "coven+abcdefgh234567xy").refusal(of: RoomScript.entry(ada, as: "ada"))
                == .nameUnwanted)
    }

    @Test("Every check stands before those after it (MUC-093 … MUC-102)")
    func order() throws {
        var script = RoomScript()
        script.limits.occupants = 1
        script.limits.occupantReserve = 0
        try script.enter(ada, as: "ada", password: "sesame")
        // Bo: malformed nick, locked, banned, members-only, password, nick taken, full: one after the other taken away.
        func refusal(_ nick: String, _ password: String?) -> Refusal? {
            script.refusal(of: RoomScript.entry(bo, as: nick, password: password))
        }
        try script.give(.outcast, to: bo)
        #expect(refusal("", nil) == .nickMalformed)
        #expect(refusal("ada", nil) == .locked)
        _ = try script.configure([.isMembersOnly: .flag(true)])
        #expect(refusal("ada", nil) == .banned)
        try script.give(.none, to: bo)
        #expect(refusal("ada", nil) == .membersOnly)
        try script.give(.member, to: bo)
        #expect(refusal("ada", nil) == .passwordRequired)
        #expect(refusal("ada", "sesamE") == .passwordRequired)
        #expect(refusal("ada", "sesam") == .passwordRequired)
        #expect(refusal("ada", "sesame!") == .passwordRequired)
        #expect(refusal("ada", "sesame") == .nickTaken)
        #expect(refusal("bo", "sesame") == .full)
        script.limits.occupants = 2
        #expect(refusal("bo", "sesame") == nil)
    }

    @Test("A locked room lets its owner's other clients in, nobody else (MUC-096, MUC-299)")
    func locked() throws {
        var script = RoomScript()
        try script.enter(ada, as: "ada")
        #expect(script.refusal(of: RoomScript.entry(bo, as: "bo")) == .locked)
        #expect(try !script.enter(adaPhone, as: "ada").isFirst)
    }

    @Test("Owners are asked for the password too (MUC-099)")
    func ownersPassword() throws {
        var script = try RoomScript.open([.password: .text("sesame")])
        #expect(script.refusal(of: RoomScript.entry(adaPhone, as: "ada")) == .passwordRequired)
        try script.enter(adaPhone, as: "ada", password: "sesame")
    }

    @Test("Nobody of a banned domain enters, but its listed members do (MUC-097, MUC-275)")
    func bannedDomain() throws {
        var script = try RoomScript.open()
        try script.give(.outcast, to: jid("b.example"))
        try script.give(.member, to: bo)
        #expect(script.refusal(of: RoomScript.entry(cy, as: "cy")) == .banned)
        try script.enter(bo, as: "bo")
    }

    @Test(
        "The role at entry follows from affiliation and room (MUC-033, MUC-034, MUC-035)",
        arguments: [
            (Affiliation.owner, false, Role.moderator), (.owner, true, .moderator), (.admin, false, .moderator),
            (.admin, true, .moderator), (.member, false, .participant), (.member, true, .participant),
            (.none, false, .participant), (.none, true, .visitor),
        ])
    func roles(_ affiliation: Affiliation, _ isModerated: Bool, _ role: Role) throws {
        var script = try RoomScript.open([.isModerated: .flag(isModerated)])
        if affiliation != .none { try script.give(affiliation, to: bo) }
        #expect(try script.enter(bo, as: "bo").person.role == role)
        #expect(script.room.affiliations.affiliation(of: bo) == affiliation)
    }

    @Test(
        "A full room has a reserve for its owners and admins, and counts people, not seats (MUC-102, MUC-103, MUC-337)")
    func full() throws {
        var script = try RoomScript.open([.maxOccupants: .number(2)])
        try script.enter(bo, as: "bo")
        try script.enter(boDesk, as: "bo")
        #expect(script.refusal(of: RoomScript.entry(cy, as: "cy")) == .full)
        try script.give(.admin, to: cy)
        try script.enter(cy, as: "cy")
        script.limits.occupantReserve = 1
        let dee = jid("dee@d.example/x")
        try script.give(.admin, to: dee)
        #expect(script.refusal(of: RoomScript.entry(dee, as: "dee")) == .full)
    }

    @Test("A further seat shares nick and role, whatever nick it asks for (MUC-115, MUC-346, T-16, T-33)")
    func furtherSeat() throws {
        var script = try RoomScript.open([.isModerated: .flag(true)])
        let first = try script.enter(bo, as: "bo")
        try script.run(script.roleCommand(.participant, to: "bo", by: ada))
        let second = try script.enter(boDesk, as: "ada")  // taken by another, but not wanted in the end
        #expect(second.person.nick == "bo" && second.nickAssigned && !second.isFirst && second.changesShown)
        #expect(second.person.id == first.person.id && second.person.role == .participant)
        #expect(script.room.roster.count == 2 && script.room.seating.count == 3)
    }

    @Test("A groupchat 1.0 seat is not given another nick than it asks for (GC-019, GC-022, T-33)")
    func exactNick() throws {
        var script = try RoomScript.open()
        try script.enter(bo, as: "bo")
        #expect(
            script.refusal(of: RoomScript.entry(boDesk, as: "bob", dialect: "groupchat", tolerance: .exactly))
                == .nickHeld)
        try script.enter(boDesk, as: "bo", dialect: "groupchat", tolerance: .exactly)
    }

    @Test("One person has so many seats, no more (MUC-105)")
    func tooManySeats() throws {
        var script = try RoomScript.open()
        script.limits.seatsPerParticipant = 2
        try script.enter(adaPhone, as: "ada")
        #expect(
            script.refusal(of: RoomScript.entry(jid("ada@a.example/third"), as: "ada"))
                == .tooMany(limit: "seatsPerParticipant"))
    }

    @Test("Entering again from a seat is a resynchronisation without password or limit (MUC-089)")
    func resync() throws {
        var script = try RoomScript.open([.maxOccupants: .number(2)])
        try script.enter(bo, as: "bo")
        _ = try script.configure([.password: .text("new"), .maxOccupants: .number(1)])
        let same = try script.run(RoomScript.entry(bo, as: "bo"))
        guard case .attendance(.resynced(let arrival)) = same[0], same.count == 1 else {
            throw Unexpected(what: "\(same)")
        }
        #expect(!arrival.isFirst && !arrival.changesShown && !arrival.nickAssigned)
        let away = SeatPresence(payload: [Element("show", NS.client) { "away" }])
        let other = try script.run(RoomScript.entry(bo, as: "bo", dialect: "groupchat", presence: away))
        guard case .attendance(.resynced(let second)) = other[0] else { throw Unexpected(what: "\(other)") }
        #expect(second.changesShown)
        #expect(script.room.seating[address: bo]?.dialect == DialectID("groupchat"))
        #expect(script.room.seating[address: bo]?.presence.payload == away.payload)
        #expect(script.room.seating.count == 2)
    }

    @Test("Entering again under another nick renames first (MUC-090)")
    func resyncRenames() throws {
        var script = try RoomScript.open()
        try script.enter(bo, as: "bo")
        #expect(script.refusal(of: RoomScript.entry(bo, as: "ada")) == .nickTaken)
        let events = try script.run(RoomScript.entry(bo, as: "bob"))
        guard events.count == 2, case .attendance(.renamed(let renaming)) = events[0],
            case .attendance(.resynced(let arrival)) = events[1]
        else { throw Unexpected(what: "\(events)") }
        #expect(renaming.oldNick == "bo" && renaming.person.nick == "bob" && arrival.person.nick == "bob")
        #expect(script.room.occupant("bo") == nil && script.room.occupant("bob")?.jid == bo.bare)
    }

    @Test("A room that requires features lets in only who has them (GC-023)")
    func features() throws {
        var requiring = try RoomScript.open()
        _ = try requiring.configure([.requiredFeatures: .lines(["urn:x:one", "urn:x:two"])])
        var entry = Entry(
            address: bo, domain: "rooms.example", dialect: DialectID("groupchat"), nick: "bo", tolerance: .exactly,
            creation: .open, features: ["urn:x:two"])
        #expect(requiring.refusal(of: .enter(entry)) == .missingFeatures(["urn:x:one"]))
        entry.features = ["urn:x:two", "urn:x:one"]
        #expect(requiring.refusal(of: .enter(entry)) == nil)
    }

    @Test("A presence larger than the limit is refused, the seat with it")
    func largePresence() throws {
        let script = try RoomScript.open()
        let large = SeatPresence(payload: [Element("status", NS.client) { String(repeating: "x", count: 20_000) }])
        #expect(
            script.refusal(of: RoomScript.entry(bo, as: "bo", presence: large)) == .tooLarge(limit: "presenceBytes"))
    }
}
