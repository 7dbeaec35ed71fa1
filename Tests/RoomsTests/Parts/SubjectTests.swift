// The subject: who may set it, and that it is kept.

import Testing
import XML
import XMPP

@testable import Rooms

@Suite("Subject")
struct SubjectTests {
    private func subject(_ text: String) -> Utterance {
        Utterance(id: "s1", type: .groupchat, payload: [Element("subject", NS.client) { text }])
    }

    @Test("Moderators set it, participants where that is on, visitors never (MUC-248, MUC-250, MUC-029)")
    func whoMay() throws {
        var script = try RoomScript.open()
        try script.enter(bo, as: "bo")
        let seat = try script.seat(bo)
        #expect(script.refusal(of: .setSubject(seat, subject("x"))) == .subjectForbidden)
        _ = try script.configure([.subjectByParticipants: .flag(true)])
        let event = try script.run(.setSubject(seat, subject("Toads")))[0]
        #expect(script.room.subject.text == "Toads" && script.room.subject.change?.speaker.nick == "bo")
        #expect(event.isArchived && event.durability == .kept)
        try script.run(script.roleCommand(.visitor, to: "bo", by: ada))
        #expect(script.refusal(of: .setSubject(seat, subject("x"))) == .subjectForbidden)
        #expect(script.refusal(of: .setSubject(SeatID(50), subject("x"))) == .notSeated)
    }

    @Test("An empty subject clears it, and the clearing is remembered (MUC-251, MUC-135)")
    func clears() throws {
        var script = try RoomScript.open()
        #expect(script.room.subject.change == nil)
        try script.run(.setSubject(try script.seat(ada), subject("Toads")))
        try script.run(.setSubject(try script.seat(ada), subject("")))
        #expect(script.room.subject.text == "" && script.room.subject.change != nil)
    }

    @Test("A subject is kept even if it asks not to be, is no history, and has its limit (MUC-122, MUC-252)")
    func kept() throws {
        var script = try RoomScript.open()
        var words = subject("Toads")
        words.payload.append(Element("no-store", NS.hints))
        let event = try script.run(.setSubject(try script.seat(ada), words))[0]
        #expect(event.durability == .kept && !event.isArchived && script.room.head == 2)
        #expect(script.room.conversation.tail.isEmpty)
        let long = subject(String(repeating: "x", count: 4_096))
        #expect(script.refusal(of: .setSubject(try script.seat(ada), long)) == .tooLarge(limit: "subjectBytes"))
    }
}
