// What is left of a destroyed room.

import Testing
import XMPP

@testable import Rooms

@Suite("Tombstones")
struct TombstoneTests {
    private func destroyed(
        _ settings: [Setting: SettingValue] = [:], _ wish: Destruction = Destruction(alternate: jid("den@b.example")),
        limits: RoomLimits = RoomLimits()
    ) throws -> RoomScript {
        var script = try RoomScript.open(settings, limits: limits)
        try script.give(.owner, to: cy.bare)
        try script.run(.destroy(wish, by: script.requester(ada)))
        return script
    }

    @Test("Whoever comes is told that the room is gone, and where to; its owners may make it again (MUC-095, MUC-334)")
    func gone() throws {
        var script = try destroyed()
        let gone = Refusal.gone(alternate: jid("den@b.example"))
        #expect(script.refusal(of: RoomScript.entry(bo, as: "bo")) == gone)
        #expect(script.refusal(of: RoomScript.entry(bo, as: "bo", creation: .never)) == gone)
        #expect(script.refusal(of: .found(by: Requester(jid: bo))) == gone)
        #expect(script.refusal(of: .found(by: Requester(jid: bo, isOperator: true))) == nil)
        #expect(script.refusal(of: .setAffiliations([], by: Requester(jid: ada))) == .roomMissing)
        #expect(try script.enter(cy, as: "cy", creation: .open).created)
        #expect(script.room.tombstone == nil)
        try script.enter(bo, as: "bo")
    }

    @Test("Its name is free when its time is over")
    func expires() throws {
        var script = try destroyed()
        script.now = script.now + .seconds(31 * 86_400 - 1)
        #expect(script.refusal(of: RoomScript.entry(bo, as: "bo")) != nil)
        script.now = script.now + .seconds(1)
        #expect(try script.enter(bo, as: "bo").created)
    }

    @Test("What was temporary, never opened, or is not to be kept, leaves nothing")
    func nothingLeft() throws {
        var none = RoomLimits()
        none.tombstoneDays = 0
        for script in [try destroyed([.isPersistent: .flag(false)]), try destroyed(limits: none)] {
            #expect(script.room.tombstone == nil)
            #expect(script.refusal(of: RoomScript.entry(bo, as: "bo")) == nil)
        }
        var locked = RoomScript()
        try locked.enter(ada, as: "ada")
        try locked.run(.abandon(by: locked.requester(ada)))
        #expect(locked.room.tombstone == nil)
    }

    @Test("It is stored as the snapshot of a room that is not there")
    func stored() throws {
        let room = try destroyed().room
        let again = try Room(snapshot: RoomSnapshot.encode(room), name: room.name)
        #expect(again.tombstone == room.tombstone && again.tombstone?.owners == [ada.bare, cy.bare])
        #expect(again.state == .absent && again.head == 0 && again.violations().isEmpty)
    }
}
