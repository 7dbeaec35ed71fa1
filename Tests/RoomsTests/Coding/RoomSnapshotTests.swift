// Snapshots hold the durable state, and a room comes back from one and what happened since.

import Testing
import XML
import XMPP

@testable import Rooms

@Suite("Room snapshot")
struct RoomSnapshotTests {
    /// A room with something in every part.
    private func rich() throws -> RoomScript {
        var script = try RoomScript.open([.title: .text("Cellar"), .password: .text("sesame")])
        try script.give(.member, to: bo, nick: "Bo", reason: "known")
        try script.give(.outcast, to: jid("evil.example"), reason: "spam")
        let subject = Utterance(id: "s", type: .groupchat, payload: [Element("subject", NS.client) { "Toads" }])
        try script.run(.setSubject(try script.seat(ada), subject))
        for number in 0..<5 { try script.run(.say(try script.seat(ada), RoomScript.words("\(number)"))) }
        return script
    }

    /// The same with members, nodes, and an invitation that was used.
    private func channel() throws -> RoomScript {
        var script = try rich()
        _ = try script.configure([
            .password: .text(""), .isMembersOnly: .flag(true), .whois: .choice("optional"),
            .messagesReaders: .choice("anyone"),
        ])
        let preferences = Preferences(visibility: .always, takesLetters: false, showsVCard: true, sharesPresence: false)
        try script.join(bo, as: "Bo", to: [.messages, .presence, .own(3)], preferences: preferences)
        let invitation = try script.invitation(for: cy, by: ada)
        try script.join(cy, as: "cy", invitation: invitation)
        try script.run(RoomScript.subscribing(jid("dee@d.example"), .messages))
        let ruler = script.requester(ada)
        try script.run(.library(.make(node: "urn:x:news", by: ruler)))
        let item = Element("entry", "urn:x:own") { "hello" }
        try script.run(.library(.publish(id: "1", payload: item, node: "urn:x:news", by: ruler)))
        try script.run(.library(.publish(id: nil, payload: nil, node: NodeLibrary.avatarData, by: ruler)))
        return script
    }

    @Test("Members with all they wish, nodes with their items, used invitations and who changed the rules come back")
    func channelRestores() throws {
        let script = try channel()
        try script.expectKept()
        let room = try Room(snapshot: RoomSnapshot.encode(script.room), name: script.room.name)
        #expect(room.enrolments == script.room.enrolments && room.enrolments.count == 3)
        #expect(room.library == script.room.library && room.library.nodes.count == 2)
        #expect(room.chronicle == script.room.chronicle && room.chronicle.lists != room.chronicle.configuration)
        #expect(room.invitationTokens == script.room.invitationTokens && room.invitationTokens.used.count == 1)
        #expect(room.occupant("Bo") == nil && room.participant(jid: bo)?.nick == "Bo")
        #expect(room.nicknames.holder(of: "cy") == room.participantID(of: cy))
    }

    @Test("Snapshots from before anybody joined are read as of a room that nobody joined")
    func secondVersion() throws {
        let room = try rich().room
        var bytes = RoomSnapshot.encode(room)
        bytes.removeLast(room.channelBytes)
        bytes[0] = 2
        let restored = try Room(snapshot: bytes, name: room.name)
        #expect(restored.affiliations == room.affiliations && restored.subject == room.subject)
        #expect(restored.archivedCount == room.archivedCount && restored.enrolments.isEmpty)
        #expect(restored.chronicle == Chronicle() && restored.library == NodeLibrary())
        bytes[0] = 3
        #expect(throws: CodingFault.truncated) { try Room(snapshot: bytes, name: room.name) }
    }

    @Test("Configuration, affiliations, reserved nicks, subject, secret and counts come back (MUC-449, MUC-014)")
    func restores() throws {
        let script = try rich()
        let room = try Room(snapshot: RoomSnapshot.encode(script.room), name: script.room.name)
        #expect(room.settings == script.room.settings && room.affiliations == script.room.affiliations)
        #expect(room.subject == script.room.subject && room.secret == script.room.secret)
        #expect(room.state == .open && room.head == 9 && room.lastTime == script.room.lastTime)
        #expect(room.archivedCount == 6 && room.roster.count == 0 && room.seating.isEmpty)
        #expect(room.participantID(of: bo) == script.room.participantID(of: bo))
        #expect(room.violations() == [])
        #expect(RoomSnapshot.encode(room) == RoomSnapshot.encode(script.room))
        #expect(room.nicknames.reserved(for: bo, in: room) == "Bo")
    }

    @Test("A snapshot and the events after it make the same room as all events do")
    func recovers() throws {
        var script = try rich()
        let snapshot = RoomSnapshot.encode(script.room)
        let (early, head) = (script.room.conversation.tail, script.told.count)
        try script.run(.say(try script.seat(ada), RoomScript.words("late")))
        try script.give(.admin, to: cy)
        var room = try Room(snapshot: snapshot, name: script.room.name)
        room.restoreTail(early)
        for event in script.told[head...] { room.recover(event) }
        #expect(RoomSnapshot.encode(room) == RoomSnapshot.encode(script.room))
        #expect(room.conversation == script.room.conversation && room.conversation.tail.count == 6)
        room.restoreTail(early)  // which may as well come last, or twice
        #expect(room.conversation == script.room.conversation)
        var replayed = Room(name: script.room.name)
        for event in script.told { replayed.recover(event) }
        #expect(RoomSnapshot.encode(replayed) == RoomSnapshot.encode(script.room))
        #expect(replayed.conversation == script.room.conversation)
    }

    @Test("A locked room stays locked until the same moment")
    func locked() throws {
        var script = RoomScript()
        try script.enter(ada, as: "ada")
        let room = try Room(snapshot: RoomSnapshot.encode(script.room), name: script.room.name)
        #expect(room.state == script.room.state && room.nextDeadline == script.room.nextDeadline)
    }

    @Test("Damaged snapshots never trap, and a room that is read can go on (10,000 mutations)")
    func damage() throws {
        let script = try channel()
        let snapshot = RoomSnapshot.encode(script.room)
        var generator = EventGenerator(13)
        var refused = 0
        for _ in 0..<10_000 {
            do throws(CodingFault) {
                var room = try Room(snapshot: generator.damaged(snapshot), name: script.room.name)
                let events = try? room.decide(RoomScript.entry(bo, as: "Bo", password: "sesame"), in: script.context)
                for event in events ?? [] { room.apply(event) }
                _ = RoomSnapshot.encode(room)
            } catch {
                refused += 1
            }
        }
        #expect(refused > 3_000)
    }

    @Test("An unknown version is refused")
    func version() throws {
        let bytes = RoomSnapshot.encode(Room(name: RoomName(service: "main", local: "x")))
        #expect(throws: CodingFault.unknownVersion(7)) {
            _ = try Room(snapshot: [7] + bytes.dropFirst(), name: RoomName(service: "main", local: "x"))
        }
    }
}
