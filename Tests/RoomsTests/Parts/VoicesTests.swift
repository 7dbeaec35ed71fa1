// Voice between two visits.

import Testing
import XMPP

@testable import Rooms

@Suite("Voices")
struct VoicesTests {
    private func moderated(limits: RoomLimits = RoomLimits()) throws -> RoomScript {
        var script = try RoomScript.open([.isModerated: .flag(true)], limits: limits)
        try script.enter(bo, as: "bo")
        return script
    }

    private func comesAgain(_ address: JID, as nick: String, _ script: inout RoomScript) throws -> Role? {
        try script.run(.leave(script.seat(address), payload: []))
        try script.enter(address, as: nick)
        return script.role(address)
    }

    @Test("Voice that was given stays, and so does the want of it (MUC-004)")
    func stays() throws {
        var script = try moderated()
        #expect(try comesAgain(bo, as: "bo", &script) == .visitor)
        try script.run(script.roleCommand(.participant, to: "bo", by: ada))
        #expect(try comesAgain(bo, as: "bo", &script) == .participant)
        try script.run(script.roleCommand(.visitor, to: "bo", by: ada))
        #expect(try comesAgain(bo, as: "bo", &script) == .visitor)
        try script.give(.member, to: cy.bare)
        try script.enter(cy, as: "cy")
        try script.run(script.roleCommand(.visitor, to: "cy", by: ada))
        #expect(try comesAgain(cy, as: "cy", &script) == .visitor)
    }

    @Test("It is forgotten with another affiliation, of one's own or of one's domain (MUC-004)")
    func affiliations() throws {
        for target in [bo.bare, bo.domainOnly] {
            var script = try moderated()
            try script.run(script.roleCommand(.participant, to: "bo", by: ada))
            try script.run(.leave(script.seat(bo), payload: []))
            try script.give(.member, to: target)
            try script.give(.none, to: target)
            try script.enter(bo, as: "bo")
            #expect(script.role(bo) == .visitor)
        }
    }

    @Test("Nor is a moderator one still, and where everybody is heard there is nothing to remember (MUC-004)")
    func others() throws {
        var script = try moderated()
        try script.run(script.roleCommand(.moderator, to: "bo", by: ada))
        #expect(try comesAgain(bo, as: "bo", &script) == .visitor)
        try script.run(script.roleCommand(.participant, to: "bo", by: ada))
        try script.run(.leave(script.seat(bo), payload: []))
        _ = try script.configure([.isModerated: .flag(false)])
        _ = try script.configure([.isModerated: .flag(true)])
        try script.enter(bo, as: "bo")
        #expect(script.role(bo) == .visitor)
    }

    @Test("So many are remembered")
    func limit() throws {
        var limits = RoomLimits()
        limits.voices = 1
        var script = try moderated(limits: limits)
        try script.enter(cy, as: "cy")
        for nick in ["bo", "cy"] { try script.run(script.roleCommand(.participant, to: nick, by: ada)) }
        for address in [bo, cy] {
            script.now = script.now + .seconds(1)
            try script.run(.leave(script.seat(address), payload: []))
        }
        try script.enter(bo, as: "bo")
        try script.enter(cy, as: "cy")
        #expect(script.role(bo) == .visitor && script.role(cy) == .participant)
    }
}
