// What the room carried, and what comes back of it.

import Testing
import XMPP

@testable import Rooms

@Suite("Letters")
struct LettersTests {
    private func whisper(_ id: String, _ sender: JID, to target: JID, _ script: RoomScript) throws -> Command {
        let id = Utterance(id: id, type: .chat, payload: RoomScript.words("psst").payload)
        return .whisper(
            try script.seat(sender), to: try #require(script.room.roster[jid: target]?.id), id)
    }

    private func back(_ id: String, from address: JID, isInvitation: Bool = false) -> Command {
        .giveBack(id: id, from: address, isInvitation: isInvitation, StanzaError(.notAcceptable))
    }

    @Test("A private message that comes back goes to its sender, once (MUC-165)")
    func privateMessage() throws {
        var script = try RoomScript.open()
        try script.enter(bo, as: "bo")
        try script.run(whisper("w1", ada, to: bo, script))
        #expect(try script.run(back("w2", from: bo)).isEmpty, "never sent")
        #expect(try script.run(back("w1", from: ada)).isEmpty, "not to her")
        let events = try script.run(back("w1", from: bo))
        guard case .conversation(.returned(let returned))? = events.first else { throw Unexpected(what: "\(events)") }
        #expect(returned.from?.nick == "bo" && returned.id == "w1")
        #expect(script.room.reach(of: events[0]) == .participant(returned.to))
        #expect(script.room.roster[returned.to]?.jid == ada.bare && events[0].durability == .passing)
        #expect(try script.run(back("w1", from: bo)).isEmpty, "once")
    }

    @Test("An invitation that comes back goes to the inviter, if it still is here (MUC-202)")
    func invitation() throws {
        var script = try RoomScript.open()
        try script.enter(bo, as: "bo")
        for (id, leaves) in [("i1", false), ("i2", true)] {
            try script.run(.invite(Invitation(invitees: [cy.bare], id: id), by: script.requester(bo)))
            if leaves { try script.run(.leave(script.seat(bo), payload: [])) }
            let events = try script.run(back(id, from: cy, isInvitation: true))
            #expect(events.isEmpty == leaves)
            if case .conversation(.returned(let returned))? = events.first { #expect(returned.from == nil) }
        }
    }

    @Test("So many are remembered, and the oldest are forgotten first")
    func limit() throws {
        var limits = RoomLimits()
        limits.letters = 2
        var script = try RoomScript.open(limits: limits)
        try script.enter(bo, as: "bo")
        for number in 1...3 { try script.run(whisper("w\(number)", ada, to: bo, script)) }
        #expect(try script.run(back("w1", from: bo)).isEmpty)
        #expect(try !script.run(back("w2", from: bo)).isEmpty)
    }
}
