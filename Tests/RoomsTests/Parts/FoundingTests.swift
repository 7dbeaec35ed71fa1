// Making a room without entering it.

import Testing
import XMPP

@testable import Rooms

@Suite("Founding")
struct FoundingTests {
    private let founder = Requester(jid: ada)

    @Test("A room that is founded is there, open, its founder's, and empty (MUC-431)")
    func founds() throws {
        var script = RoomScript()
        try script.run(.found(by: founder))
        #expect(script.room.state == .open && script.room.affiliations.owners == [ada.bare])
        #expect(script.room.roster.count == 0 && script.room.head == 1 && script.room.nextDeadline == nil)
        try script.enter(bo, as: "bo")
        #expect(script.role(bo) == .participant)
    }

    @Test("Nobody founds twice, without leave, or under a name no room may have (MUC-295, X-02)")
    func refusals() throws {
        var script = RoomScript()
        #expect(RoomScript(name: "a#b").refusal(of: .found(by: founder)) == .nameUnwanted)
        script.mayCreate = false
        #expect(script.refusal(of: .found(by: founder)) == .creationForbidden)
        script.mayCreate = true
        try script.run(.found(by: founder))
        #expect(script.refusal(of: .found(by: founder)) != nil)
    }

    @Test("It stays while nobody is in it, also where rooms are temporary (SIG-022)")
    func stays() throws {
        var script = RoomScript()
        script.defaults[.isPersistent] = .flag(false)
        try script.run(.found(by: founder))
        #expect(script.room.settings.isPersistent && script.room.nextDeadline == nil)
    }
}
