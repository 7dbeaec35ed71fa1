// Notes: what they tell of each coming and going, and that they survive being written.

import Testing
import XML
import XMPP

@testable import Rooms

@Suite("Notes")
struct NoteTests {
    private func sentences(_ events: [Event], _ now: Moment) -> [String] {
        events.flatMap { Note.notes(of: $0, at: now) }.map(\.sentence)
    }

    @Test("A kick is told with who did it and why, one line for each seat")
    func kick() throws {
        var script = try RoomScript.open()
        try script.enter(bo, as: "bo")
        try script.enter(boDesk, as: "bo")
        let kick = RoleChange(nick: "bo", role: .none, reason: "spam")
        let events = try script.run(.setRoles([kick], by: script.requester(ada)))
        #expect(
            sentences(events, script.now) == [
                "2026-11-21T08:00:00Z  bo@b.example/phone (muc) left: kicked by ada: \"spam\"",
                "2026-11-21T08:00:00Z  bo@b.example/desk (muc) left: kicked by ada: \"spam\"",
            ])
    }

    @Test("Every way of coming and going has its words")
    func words() throws {
        var script = RoomScript()
        try script.enter(ada, as: "ada")
        _ = try script.configure([:])
        try script.enter(bo, as: "bo", dialect: "groupchat")
        try script.run(.rename(try script.seat(bo), nick: "bob"))
        try script.run(script.roleCommand(.visitor, to: "bob", by: ada))
        try script.run(.leave(try script.seat(bo), payload: []))
        try script.enter(bo, as: "bo")
        try script.run(.remove(try script.seat(bo), because: "no answer to a ping"))
        try script.enter(bo, as: "bo")
        try script.give(.outcast, to: bo)
        try script.enter(cy, as: "cy")
        _ = try script.configure([.isMembersOnly: .flag(true)])
        try script.run(.shutDown)
        let told = sentences(script.told, script.now).map { String($0.dropFirst("2026-11-21T08:00:00Z  ".count)) }
        #expect(
            told == [
                "ada@a.example/desk (muc) entered as ada, the room was created",
                "bo@b.example/phone (groupchat) entered as bo",
                "bo@b.example/phone changed nick: bo is now bob",
                "bo@b.example/phone has another role: participant to visitor by ada",
                "bo@b.example/phone (groupchat) left",
                "bo@b.example/phone (muc) entered as bo",
                "bo@b.example/phone (muc) left: no answer to a ping",
                "bo@b.example/phone (muc) entered as bo",
                "bo@b.example/phone (muc) left: banned by ada",
                "cy@b.example/lab (muc) entered as cy",
                "cy@b.example/lab (muc) left: the room became members-only",
                "ada@a.example/desk (muc) left: the service was shut down",
            ])
    }

    @Test("Who joins and leaves for good is told of as that, and why; who joins once more, or only listens, is not")
    func members() throws {
        var script = try RoomScript.channel([.messagesReaders: .choice("anyone")])
        try script.join(bo, as: "bo")
        try script.join(boDesk)
        try script.run(RoomScript.subscribing(cy, .messages))
        try script.run(RoomScript.subscribing(cy, without: .messages))
        try script.give(.outcast, to: bo, reason: "spam")
        let told = sentences(script.told, script.now).map { String($0.dropFirst("2026-11-21T08:00:00.000Z  ".count)) }
        #expect(
            told == [
                "bo@b.example/phone joined the channel as bo",
                "bo@b.example is no participant of the channel any more: banned by ada@a.example: \"spam\"",
            ])
    }

    @Test("Who leaves may say why, shortly")
    func farewell() throws {
        var script = try RoomScript.open()
        try script.enter(bo, as: "bo")
        let status = Element("status", NS.client) { String(repeating: "x", count: 300) }
        let events = try script.run(.leave(try script.seat(bo), payload: [status]))
        #expect(Note.notes(of: events[0], at: script.now).map(\.cause) == [String(repeating: "x", count: 200)])
    }

    @Test("Every noted event has notes, no other has (law 3)")
    func noted() throws {
        var script = try RoomScript.open()
        try script.enter(bo, as: "bo")
        try script.run(script.roleCommand(.visitor, to: "bo", by: ada))
        try script.run(.updatePresence(try script.seat(bo), SeatPresence(payload: [])))
        try script.run(.say(try script.seat(ada), RoomScript.words("hi")))
        try script.give(.member, to: bo)
        try script.run(.shutDown)
        for event in script.told {
            #expect(Note.notes(of: event, at: script.now).isEmpty == (event.durability != .noted))
        }
    }

    @Test("A sentence cannot move a terminal's cursor")
    func printable() {
        let note = Note(
            time: Moment(milliseconds: 0), address: bo, dialect: nil, nick: "x", kind: .left,
            cause: "a\u{1b}[2J\u{9b}\n\u{202e}b")
        #expect(note.sentence.hasSuffix("left: a\u{fffd}[2J\u{fffd}\u{fffd}\u{fffd}b"))
    }

    @Test("Notes come back from their row", arguments: Note.Kind.allCases)
    func roundTrip(_ kind: Note.Kind) throws {
        for (address, dialect) in [(bo, DialectID("muc")), (bo.bare, nil)] {
            let note = Note(
                time: Moment(milliseconds: 7), address: address, dialect: dialect, nick: "Grüße", kind: kind,
                cause: "x")
            #expect(try Note(time: note.time, jid: note.jid, encoded: note.encoded) == note)
        }
    }

    @Test("Damaged notes never trap (10,000 mutations)")
    func damage() {
        var generator = EventGenerator(14)
        let time = Moment(milliseconds: 0)
        let note = Note(
            time: time, address: bo, dialect: DialectID("muc"), nick: "bo", kind: .left, cause: "kicked by ada")
        var refused = 0
        for _ in 0..<10_000 {
            do throws(CodingFault) {
                _ = try Note(time: time, jid: bo, encoded: generator.damaged(note.encoded)).sentence
            } catch {
                refused += 1
            }
        }
        #expect(refused > 3_000)
        #expect(throws: CodingFault.unknownVersion(3)) { try Note(time: time, jid: bo, encoded: [3]) }
        #expect(throws: CodingFault.unknownKind(9)) { try Note(time: time, jid: bo, encoded: [1, 9]) }
    }
}
