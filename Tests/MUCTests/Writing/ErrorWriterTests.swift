// What errors repeat, and what is answered by none.

import DialectKit
import Rooms
import Testing
import XML
import XMPP

@testable import MUC

@Suite struct ErrorWriterTests {
    private func answer(_ xml: String, _ refusal: Refusal = .nickTaken) throws -> String? {
        var stanza = try Stanza(reading: Element(parsing: xml))
        stanza.from = try JID(RoomBench.bo)
        let service = ServiceFacts(name: "main", title: "", domains: [])
        let inbound = Inbound(
            stanza, from: try JID(RoomBench.bo), to: try #require(stanza.to), service: service)
        return ErrorWriter(inbound: inbound).answer(refusal).map(RoomBench.text)
    }

    private let conflict = "<conflict xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"

    @Test("Errors of entering: from the nick, by the room, with an empty x-muc (MUC-100, MUC-415, MUC-417, MUC-420)")
    func entering() throws {
        #expect(
            try answer(
                "<presence id='j' to='cellar@rooms.example/bo'><x xmlns='\(NS.muc)'><password>s3</password>"
                    + "<history maxchars='0'/></x><show>away</show></presence>")
                == "<presence to='bo@b.example/phone' from='cellar@rooms.example/bo' id='j' type='error'>"
                + "<x xmlns='\(NS.muc)'/><error type='cancel' code='409' by='cellar@rooms.example'>" + conflict
                + "</presence>")
    }

    @Test("So do those of a nick change, which has no x-muc of its own (MUC-178)")
    func renaming() throws {
        #expect(
            try answer("<presence to='cellar@rooms.example/bob'/>")?.contains("'><x xmlns='\(NS.muc)'/><error ") == true
        )
    }

    @Test("Messages are not repeated; what the room itself refuses has no by (MUC-153, MUC-415)")
    func messages() throws {
        #expect(
            try answer("<message type='groupchat' id='m' to='cellar@rooms.example'><body>x</body></message>")
                == "<message to='bo@b.example/phone' from='cellar@rooms.example' id='m' type='error'>"
                + "<error type='cancel' code='409'>" + conflict + "</message>")
    }

    @Test(
        "Errors and departures are never answered (MUC-416)",
        arguments: [
            "<presence type='unavailable' to='cellar@rooms.example/bo'/>",
            "<presence type='error' to='cellar@rooms.example/bo'/>",
            "<message type='error' to='cellar@rooms.example/bo'/>",
            "<iq type='error' id='i' to='cellar@rooms.example/bo'/>",
            "<iq type='result' id='i' to='cellar@rooms.example/bo'/>",
        ])
    func silence(xml: String) throws {
        #expect(try answer(xml) == nil)
    }

    @Test("A setting is called by its name in the form")
    func settingName() throws {
        let query = "<iq type='set' id='q' to='cellar@rooms.example'><query xmlns='\(NS.mucOwner)'/></iq>"
        #expect(
            try answer(query, .invalidSetting(.maxOccupants))?.contains("No such value for muc#roomconfig_maxusers.")
                == true)
    }
}
