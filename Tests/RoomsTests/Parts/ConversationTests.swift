// What is said: voice, limits, what is kept, what newcomers are shown, private messages.

import Testing
import XML
import XMPP

@testable import Rooms

@Suite("Conversation")
struct ConversationTests {
    private func say(_ payload: [Element], _ settings: [Setting: SettingValue] = [:]) throws -> Event {
        var script = try RoomScript.open(settings)
        let words = Utterance(id: "m1", type: .groupchat, payload: payload)
        return try script.run(.say(try script.seat(ada), words))[0]
    }

    private let body = Element("body", NS.client) { "hi" }

    @Test("What is said is reflected under the speaker's nick with its id (MUC-142, MUC-143)")
    func said() throws {
        var script = try RoomScript.open()
        let events = try script.run(.say(try script.seat(ada), RoomScript.words("hi", id: "m1")))
        let message = try #require(events[0].message)
        #expect(message.speaker.nick == "ada" && message.speaker.jid == ada && message.id == "m1")
        #expect(message.stamp.seq == 2 && script.room.secret.seq(of: message.archiveID) == 2)
        #expect(events[0].durability == .kept && script.room.reach(of: events[0]) == .everybody)
        #expect(script.room.archivedCount == 1 && script.room.head == 2)
    }

    @Test("A message without id gets one (MUC-144)")
    func ownID() throws {
        var script = try RoomScript.open()
        let message = try script.run(.say(try script.seat(ada), RoomScript.words("hi", id: nil)))[0].message
        #expect(message?.id == message?.archiveID)
    }

    @Test("Visitors and outsiders are not heard (MUC-147, MUC-148, MUC-028)")
    func noVoice() throws {
        var script = try RoomScript.open([.isModerated: .flag(true)])
        try script.enter(bo, as: "bo")
        #expect(script.refusal(of: .say(try script.seat(bo), RoomScript.words("hi"))) == .noVoice)
        #expect(script.refusal(of: .say(SeatID(77), RoomScript.words("hi"))) == .notSeated)
    }

    @Test("A message that is too large is refused (MUC-152)")
    func tooLarge() throws {
        let script = try RoomScript.open()
        let words = RoomScript.words(String(repeating: "x", count: 65_536))
        #expect(script.refusal(of: .say(try script.seat(ada), words)) == .tooLarge(limit: "messageBytes"))
    }

    @Test("History holds bodies, encrypted messages and what asks to be stored (MUC-130)")
    func history() throws {
        for payload in [
            [body], [Element("encryption", NS.encryption)],
            [Element("reactions", "urn:xmpp:reactions:0"), Element("store", NS.hints)],
        ] {
            let event = try say(payload)
            #expect(event.message?.isHistory == true && event.message?.isArchived == true)
        }
        let marker = try say([Element("displayed", "urn:xmpp:chat-markers:0")])
        #expect(marker.message?.isHistory == false && marker.message?.isArchived == true)
    }

    @Test("Chat states and what asks not to be stored are told and nowhere written (MUCX-073, MUCX-076, MUC-154)")
    func passing() throws {
        let composing = Element("composing", NS.chatStates)
        for payload in [
            [composing], [composing, Element("no-copy", NS.hints), Element("origin-id", NS.sid)],
            [body, Element("no-store", NS.hints)], [body, Element("no-permanent-store", NS.hints)], [],
        ] {
            var script = try RoomScript.open()
            let event = try script.run(
                .say(try script.seat(ada), Utterance(id: nil, type: .groupchat, payload: payload)))[0]
            #expect(event.durability == .passing && event.stamp == nil && !event.isArchived)
            #expect(script.room.head == 1 && script.room.archivedCount == 0 && script.room.conversation.tail.isEmpty)
            #expect(script.room.reach(of: event) == .everybody)
            #expect(script.room.secret.seq(of: try #require(event.message).id) == nil)
        }
    }

    @Test("With the archive off nothing is archived, but newcomers still see what was said (MUCX-028)")
    func noArchive() throws {
        let event = try say([body], [.isArchived: .flag(false)])
        #expect(event.message?.isArchived == false && event.message?.isHistory == true)
    }

    @Test("The tail is bounded in events and bytes; the oldest go first")
    func tail() throws {
        var limits = RoomLimits()
        limits.tailEvents = 3
        limits.tailBytes = 1_000
        var script = try RoomScript.open(limits: limits)
        let seat = try script.seat(ada)
        for number in 0..<5 { try script.run(.say(seat, RoomScript.words("\(number)"))) }
        #expect(script.room.conversation.tail.map(\.stamp.seq) == [4, 5, 6])
        try script.run(.say(seat, RoomScript.words(String(repeating: "x", count: 980))))
        #expect(script.room.conversation.tail.map(\.stamp.seq) == [7])
    }

    @Test("An event says whether the room was open then (law 7)")
    func wasOpen() throws {
        #expect(try say([body]).message?.wasOpen == false)
        #expect(try say([body], [.whois: .choice("anyone")]).message?.wasOpen == true)
    }

    @Test("The time of events rises strictly, even if the clock does not")
    func time() throws {
        var script = try RoomScript.open()
        let seat = try script.seat(ada)
        let first = try script.run(.say(seat, RoomScript.words("1")))[0].stamp
        script.now = script.now + .seconds(-10)
        let second = try script.run(.say(seat, RoomScript.words("2")))[0].stamp
        #expect(try #require(second).time == #require(first).time + .milliseconds(1))
    }

    @Test(
        "Who may send private messages (MUC-164, MUC-026)",
        arguments: [
            ("anyone", Role.visitor, true), ("participants", .visitor, false), ("participants", .participant, true),
            ("moderators", .participant, false), ("moderators", .moderator, true), ("none", .moderator, false),
        ])
    func privateMessages(_ rule: String, _ role: Role, _ isAllowed: Bool) throws {
        var script = try RoomScript.open([.privateMessages: .choice(rule)])
        let own = try script.enter(bo, as: "bo").person.id
        if role != .participant { try script.run(script.roleCommand(role, to: "bo", by: ada)) }
        let words = Utterance(id: "p1", type: .chat, payload: [body])
        let target = script.room.participantID(of: ada)
        let seat = try script.seat(bo)
        #expect(
            script.refusal(of: .whisper(seat, to: target, words)) == (isAllowed ? nil : .privateMessagesForbidden))
        #expect(script.refusal(of: .whisper(seat, to: own, words)) == nil)
    }

    @Test("A private message is told to its target and kept nowhere (MUC-157, MUC-162, MUC-163, MUC-166)")
    func whisper() throws {
        var script = try RoomScript.open()
        try script.enter(bo, as: "bo")
        let target = script.room.participantID(of: ada)
        let words = Utterance(id: "p1", type: .chat, payload: [body])
        let event = try script.run(.whisper(try script.seat(bo), to: target, words))[0]
        #expect(event.durability == .passing && script.room.reach(of: event) == .participant(target))
        #expect(script.room.head == 1)
        #expect(script.refusal(of: .whisper(SeatID(9), to: target, words)) == .notSeated)
        #expect(
            script.refusal(of: .whisper(try script.seat(bo), to: ParticipantID("nobody"), words)) == .noSuchOccupant)
    }
}
