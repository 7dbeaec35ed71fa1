// Taking back what was said: who may, and what is left of it.

import Testing
import XML
import XMPP

@testable import Rooms

@Suite("Retracting")
struct RetractingTests {
    /// Bo and Cy are members of Ada's channel, and Bo said something.
    private func said(_ settings: [Setting: SettingValue] = [:]) throws -> (RoomScript, Event.Message) {
        var script = try RoomScript.channel(settings)
        try script.join(bo, as: "bo")
        try script.join(cy, as: "cy")
        let event = try script.run(.say(try script.seat(bo), RoomScript.words("oops", id: "m7")))[0]
        return (script, try #require(event.message))
    }

    private func wish(
        _ target: Event.Message, by address: JID, _ script: RoomScript, as moderation: RetractionWish.Moderation? = nil
    ) -> Command {
        .retract(
            RetractionWish(
                target: target, requester: script.requester(address), id: "r1", moderation: moderation))
    }

    @Test("Whoever said it, where the channel lets people; not others of its rank (XEP-0407 §4)")
    func own() throws {
        var (script, message) = try said()
        #expect(script.refusal(of: wish(message, by: bo, script)) == .retractionForbidden)
        _ = try script.configure([.ownRetraction: .flag(true)])
        #expect(script.refusal(of: wish(message, by: cy, script)) == .retractionForbidden)
        #expect(script.refusal(of: wish(message, by: jid("dee@d.example/a"), script)) == .notSeated)
        let retraction = try #require(try script.run(wish(message, by: boDesk, script)).first?.retraction)
        #expect(!retraction.isModeration && retraction.target == message.archiveID && retraction.targetID == "m7")
        #expect(retraction.targetSeq == message.stamp.seq && retraction.id == "r1" && retraction.reason == nil)
        #expect(retraction.speaker == message.speaker.id && retraction.by.id == message.speaker.id)
    }

    @Test("Owners or admins take back what others said, as the channel says")
    func byRank() throws {
        for (rights, owner, admin) in [("nobody", false, false), ("owners", true, false), ("admins", true, true)] {
            var (script, message) = try said([.adminRetraction: .choice(rights)])
            try script.give(.admin, to: cy)
            let (byOwner, byAdmin) = (wish(message, by: ada, script), wish(message, by: cy, script))
            #expect(script.refusal(of: byOwner) == (owner ? nil : .retractionForbidden), "\(rights)")
            #expect(script.refusal(of: byAdmin) == (admin ? nil : .retractionForbidden), "\(rights)")
            guard owner else { continue }
            let retraction = try #require(try script.run(byOwner).first?.retraction)
            #expect(retraction.isModeration && retraction.by.nick.isEmpty && retraction.by.jid == ada)
        }
    }

    @Test("Moderators keep order whatever the channel says of retraction, with a reason (XEP-0425)")
    func moderation() throws {
        var (script, message) = try said([.adminRetraction: .choice("nobody")])
        let order = RetractionWish.Moderation(reason: "rude")
        #expect(script.refusal(of: wish(message, by: cy, script, as: order)) == .forbidden)
        #expect(script.refusal(of: wish(message, by: bo, script, as: order)) == .forbidden)
        #expect(script.refusal(of: wish(message, by: ada, script, as: order)) == nil, "by rank, though not inside")
        try script.enter(cy, as: "cy")
        try script.run(script.roleCommandByOwner(.moderator, to: "cy"))
        let retraction = try #require(try script.run(wish(message, by: cy, script, as: order)).first?.retraction)
        #expect(retraction.isModeration && retraction.reason == "rude" && retraction.by.nick == "cy")
        let long = RetractionWish.Moderation(reason: String(repeating: "x", count: 1_025))
        #expect(script.refusal(of: wish(message, by: ada, script, as: long)) == .tooLarge(limit: "reasonBytes"))
    }

    @Test("What was said is in the tail no more; the retraction stands in the archive by its own id (X-18)")
    func tail() throws {
        var (script, message) = try said([.ownRetraction: .flag(true)])
        try script.run(.say(try script.seat(cy), RoomScript.words("next")))
        let (count, bytes) = (script.room.archivedCount, script.room.conversation.tailBytes)
        #expect(script.room.recent(message.archiveID) == message)
        let event = try #require(try script.run(wish(message, by: bo, script)).first)
        let retraction = try #require(event.retraction)
        #expect(script.room.recent(message.archiveID) == nil && script.room.conversation.tail.count == 1)
        #expect(script.room.conversation.tailBytes < bytes && script.room.archivedCount == count + 1)
        #expect(event.isArchived && event.durability == .kept && event.author == bo)
        #expect(script.room.secret.seq(of: retraction.archiveID) == script.room.head)
        try script.expectKept()
        #expect(try script.recovered().conversation == script.room.conversation)
    }

    @Test("The tombstone says when, by what and by whom, and not what was said; nothing is retracted twice")
    func tombstone() throws {
        var (script, message) = try said([.adminRetraction: .choice("admins")])
        let order = RetractionWish.Moderation(reason: "rude")
        let retraction = try #require(try script.run(wish(message, by: ada, script, as: order)).first?.retraction)
        let stone = try #require(retraction.tombstone)
        #expect(stone.isRetracted && !message.isRetracted && stone.payload.count == 1 && stone.language == nil)
        #expect(stone.stamp == message.stamp && stone.archiveID == message.archiveID && stone.id == message.id)
        #expect(stone.speaker == message.speaker && stone.isArchived && !stone.isHistory)
        let note = try #require(stone.payload.first)
        let moderator = script.room.participantID(of: ada).text
        #expect(note["id"] == retraction.archiveID && note["stamp"] == retraction.stamp.time.xep0082)
        #expect(note["by"] == moderator && note.child("reason", NS.retraction)?.text == "rude")
        #expect(note.child("moderated", NS.moderation)?.child("occupant-id", NS.occupantID)?["id"] == moderator)
        #expect(script.refusal(of: wish(stone, by: ada, script)) == .messageMissing)
        let stored = try #require(EventCoding.encode(.conversation(.said(stone))))
        #expect(try EventCoding.recall(stored).isRetracted)
        #expect(try EventCoding.decode(stored).message == stone)
    }

    @Test("In the archive a retraction has no words, and says what it took back")
    func recalled() throws {
        var (script, message) = try said([.ownRetraction: .flag(true), .whois: .choice("anyone")])
        let event = try #require(try script.run(wish(message, by: bo, script)).first)
        let recalled = try EventCoding.recall(try #require(EventCoding.encode(event)))
        #expect(recalled.payload.isEmpty && !recalled.isRetracted && recalled.wasOpen)
        #expect(recalled.retraction?.target == message.archiveID && recalled.speaker == message.speaker.id)
        #expect(recalled.archiveID == event.retraction?.archiveID && recalled.seq == event.stamp?.seq)
    }
}
