// Presence to a room: what is an entry, and what is not.

import DialectKit
import MUC
import Rooms
import Testing
import XMPP

@Suite struct PresenceReaderTests {
    @Test("A presence without x-muc enters nothing and is told so: 110, 307, 333 (MUC-084, MUC-086)")
    func desynchronised() throws {
        var bench = try RoomBench.opened()
        let outcome = try bench.send(RoomBench.bo, "<presence to='cellar@rooms.example/bo' id='p1'/>")
        #expect(outcome.answer.contains(status(110, 307, 333)))
        #expect(outcome.answer.contains("<item affiliation='none' role='none'>"))
        #expect(outcome.answer.contains("type='unavailable'"))
        #expect(bench.room.roster.count == 1)
    }

    @Test("It makes no room either (MUC-087)")
    func createsNothing() throws {
        var bench = RoomBench()
        let outcome = try bench.send(RoomBench.bo, "<presence to='cellar@rooms.example/bo'/>")
        #expect(outcome.answer.contains("<item-not-found "))
        #expect(bench.room.state == .absent)
    }

    @Test("An entry without a nick is malformed, and the error keeps neither password nor history (MUC-085, MUC-420)")
    func noNick() throws {
        var bench = try RoomBench.opened()
        let outcome = try bench.send(
            RoomBench.bo,
            "<presence to='cellar@rooms.example'><x xmlns='\(NS.muc)'><password>s3</password></x></presence>")
        #expect(
            outcome.answer
                == "<presence to='bo@b.example/phone' from='cellar@rooms.example' type='error'>"
                + "<x xmlns='http://jabber.org/protocol/muc'/><error type='modify' code='400'>"
                + "<jid-malformed xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></presence>")
    }

    @Test("Probes, subscriptions and strangers' unavailable presences lead to nothing (MUC-084, MUC-239)")
    func otherTypes() throws {
        var bench = try RoomBench.opened()
        for type in ["probe", "subscribe", "unsubscribed", "unavailable"] {
            let outcome = try bench.send(
                RoomBench.bo, "<presence type='\(type)' to='cellar@rooms.example/bo'><x xmlns='\(NS.muc)'/></presence>")
            #expect(outcome.isSilent, "\(type)")
        }
        #expect(bench.room.roster.count == 1)
    }

    @Test("What only a room may say is gone from what others see; the rest passes (MUC-006, MUC-007, MUC-117)")
    func stripping() throws {
        var bench = try RoomBench.opened()
        let outcome = try bench.send(
            RoomBench.bo,
            "<presence to='cellar@rooms.example/bo'><show>away</show><x xmlns='\(NS.muc)'><password>s3</password></x>"
                + user("<item affiliation='owner' role='moderator'/><status code='201'/>")
                + "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='forged'/><c xmlns='\(NS.caps)' node='n' ver='v'/>"
                + "</presence>")
        #expect(
            outcome[RoomBench.ada] == [
                "<presence from='cellar@rooms.example/bo'><show>away</show><c xmlns='\(NS.caps)' node='n' ver='v'/>"
                    + user("<item affiliation='none' jid='bo@b.example/phone' role='participant'/>")
                    + "\(try bench.oid(RoomBench.bo))</presence>"
            ])
    }

    @Test("The password may stand in muc#user, if x-muc is there too (MUC-091)")
    func passwordInUser() throws {
        var bench = try RoomBench.opened([.password: .text("s3")])
        let refused = try bench.enter(RoomBench.bo, "bo", "<password>wrong</password>")
        #expect(refused.answer.contains("<not-authorized "))
        try bench.send(
            RoomBench.bo,
            "<presence to='cellar@rooms.example/bo'><x xmlns='\(NS.muc)'/>" + user("<password>s3</password>")
                + "</presence>")
        #expect(bench.room.roster.count == 2)
    }

    @Test("To the bare room it is one's own presence, to another nick a nick change (MUC-088, MUC-175)")
    func updates() throws {
        var bench = try RoomBench.withBo()
        let update = try bench.send(RoomBench.bo, "<presence to='cellar@rooms.example'><show>dnd</show></presence>")
        #expect(update[RoomBench.ada].first?.contains("<show>dnd</show>") == true)
        let same = try bench.send(RoomBench.bo, "<presence to='cellar@rooms.example/bo'><show>dnd</show></presence>")
        #expect(same[RoomBench.ada].allSatisfy { !$0.contains("303") })
        let rename = try bench.send(RoomBench.bo, "<presence to='cellar@rooms.example/bob'><show>dnd</show></presence>")
        #expect(rename[RoomBench.ada].count == 2)
        #expect(bench.room.occupant("bob") != nil)
    }

    @Test("Unavailable to any nick is the exit of the seat that sends it (MUC-235, MUC-240)")
    func exit() throws {
        var bench = try RoomBench.withBo()
        let outcome = try bench.send(
            RoomBench.bo,
            "<presence type='unavailable' to='cellar@rooms.example/other'><status>bye</status></presence>")
        #expect(
            outcome[RoomBench.ada] == [
                "<presence from='cellar@rooms.example/bo' type='unavailable'><status>bye</status>"
                    + user("<item affiliation='none' jid='bo@b.example/phone' role='none'/>")
                    + "\(try bench.oid(RoomBench.bo))</presence>"
            ])
        #expect(bench.room.roster.count == 1)
    }

    @Test("History limits that are no numbers count as not given (MUC-125)")
    func history() throws {
        var bench = try RoomBench.withBo()
        try bench.send(
            RoomBench.bo, "<message type='groupchat' id='m1' to='cellar@rooms.example'><body>hi</body></message>")
        let outcome = try bench.enter(
            RoomBench.carl, "carl", "<history maxstanzas='-1' maxchars='many' seconds='' since='yesterday'/>")
        #expect(outcome[RoomBench.carl].filter { $0.contains("<body>") }.count == 1)
    }
}
