// Asking for voice, and the moderators' answers.

import Testing
import XMPP

@testable import Rooms

@Suite("Voice requests")
struct VoiceRequestsTests {
    private func moderated(_ settings: [Setting: SettingValue] = [:]) throws -> RoomScript {
        var script = try RoomScript.open(settings.merging([.isModerated: .flag(true)]) { given, _ in given })
        try script.enter(bo, as: "bo")
        return script
    }

    private func answer(_ jid: JID, by moderator: JID, _ script: RoomScript, grants: Bool = true) -> Command {
        .answerVoiceRequest(of: jid, grants: grants, by: script.requester(moderator))
    }

    @Test("A visitor's request goes to the moderators, by the seat that asks (MUC-230, MUC-231)")
    func asks() throws {
        var script = try moderated()
        try script.enter(boDesk, as: "bo")
        let event = try script.run(.requestVoice(try script.seat(boDesk)))[0]
        guard case .conversation(.voiceRequested(let request)) = event else { throw Unexpected(what: "\(event)") }
        #expect(request.person.jid == boDesk && request.person.nick == "bo")
        #expect(script.room.reach(of: event) == .moderators && event.durability == .passing)
    }

    @Test("Who has voice asks for nothing, and some rooms do not want to be asked (MUC-233)")
    func refusals() throws {
        var script = try moderated()
        #expect(try script.run(.requestVoice(try script.seat(ada))).isEmpty)
        #expect(script.refusal(of: .requestVoice(SeatID(99))) == .notSeated)
        _ = try script.configure([.voiceRequests: .flag(false)])
        #expect(script.refusal(of: .requestVoice(try script.seat(bo))) == .forbidden)
    }

    @Test("One request in half an hour, from whatever seat (MUC-234)")
    func pace() throws {
        var script = try moderated()
        try script.enter(boDesk, as: "bo")
        try script.run(.requestVoice(try script.seat(bo)))
        script.now = script.now + .milliseconds(1_799_999)
        #expect(
            script.refusal(of: .requestVoice(try script.seat(boDesk))) == .tooMany(limit: "voiceRequestSeconds"))
        script.now = script.now + .milliseconds(1)
        #expect(try script.run(.requestVoice(try script.seat(boDesk))).count == 1)
    }

    @Test("A moderator's yes gives voice in that moderator's name; a no, or one too late, does nothing (MUC-232)")
    func answers() throws {
        var script = try moderated()
        #expect(try script.run(answer(bo, by: ada, script, grants: false)).isEmpty)
        #expect(try script.run(answer(cy, by: ada, script)).isEmpty)
        #expect(try script.run(answer(boDesk, by: ada, script)).isEmpty)
        let change = try script.run(answer(bo, by: ada, script))[0].rankChange
        #expect(change?.person?.role == .participant && change?.actor?.nick == "ada")
        #expect(try script.run(answer(bo, by: ada, script)).isEmpty)
        #expect(try script.run(answer(bo.bare, by: ada, script)).isEmpty)
    }

    @Test("Nobody but a moderator answers (MUC-233)")
    func strangers() throws {
        var script = try moderated()
        try script.enter(cy, as: "cy")
        for grants in [true, false] {
            #expect(script.refusal(of: answer(bo, by: cy, script, grants: grants)) == .forbidden)
            #expect(script.refusal(of: answer(bo, by: bo, script, grants: grants)) == .forbidden)
        }
        script.now = script.now + .seconds(1)
        #expect(script.role(bo) == .visitor)
    }

    @Test("Past the limit the oldest request is forgotten")
    func bounded() {
        var limits = RoomLimits()
        limits.voiceRequests = 3
        var requests = VoiceRequests()
        for number in 0..<5 {
            requests.note(jid("x\(number)@b.example"), at: Moment(milliseconds: Int64(number)), limits)
        }
        #expect(requests.asked.keys.sorted().map(\.description) == ["x2@b.example", "x3@b.example", "x4@b.example"])
    }
}
