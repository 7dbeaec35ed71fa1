// Stanza ids, origin ids and occupant ids.

import Testing
import XML
import XMPP

@Suite struct StableIDTests {
    private func parse(_ xml: String) throws -> Element { try Element(parsing: xml) }

    // XEP-0359, Example 2
    @Test func stanzaID() throws {
        let xml = "<stanza-id xmlns='urn:xmpp:sid:0' id='5f3dbc5e' by='room@muc.example.com'/>"
        let id = StanzaID("5f3dbc5e", by: try JID("room@muc.example.com"))
        #expect(StanzaID(reading: try parse(xml)) == id)
        #expect(id.element == (try parse(xml)))
        for broken in [
            "<stanza-id xmlns='urn:xmpp:sid:0' id='1'/>", "<stanza-id xmlns='urn:xmpp:sid:0' by='a@b'/>",
            "<stanza-id xmlns='urn:xmpp:sid:0' id='1' by='@b'/>", "<stanza-id xmlns='urn:other' id='1' by='a@b'/>",
            "<origin-id xmlns='urn:xmpp:sid:0' id='1' by='a@b'/>",
        ] {
            #expect(StanzaID(reading: try parse(broken)) == nil, "\(broken)")
        }
    }

    @Test func originID() throws {
        let xml = "<origin-id xmlns='urn:xmpp:sid:0' id='de305d54'/>"
        #expect(OriginID(reading: try parse(xml)) == OriginID("de305d54"))
        #expect(OriginID("de305d54").element == (try parse(xml)))
        #expect(OriginID(reading: try parse("<origin-id xmlns='urn:xmpp:sid:0'/>")) == nil)
        #expect(OriginID(reading: try parse("<origin-id xmlns='urn:other' id='1'/>")) == nil)
    }

    // XEP-0421 §3
    @Test func occupantID() throws {
        let xml = "<occupant-id xmlns='urn:xmpp:occupant-id:0' id='dd72603deec90a38ba552f7c68cbcc61bca202cd'/>"
        let id = OccupantID("dd72603deec90a38ba552f7c68cbcc61bca202cd")
        #expect(OccupantID(reading: try parse(xml)) == id)
        #expect(id.element == (try parse(xml)))
        #expect(OccupantID(reading: try parse("<occupant-id xmlns='urn:xmpp:occupant-id:0'/>")) == nil)
        #expect(OccupantID(reading: try parse("<occupant-id xmlns='urn:other' id='1'/>")) == nil)
    }

    // MUCX-032: claims of our own addresses go, however they are spelled; all else stays.
    @Test func removesForgedIDs() throws {
        var stanza = try Stanza(
            reading: parse(
                """
                <message><body>x</body>\
                <stanza-id xmlns='urn:xmpp:sid:0' id='1' by='room@muc.example.com'/>\
                <stanza-id xmlns='urn:xmpp:sid:0' id='2' by='ROOM@MUC.example.com'/>\
                <stanza-id xmlns='urn:xmpp:sid:0' by='room@mix.example.com'/>\
                <stanza-id xmlns='urn:xmpp:sid:0' id='4' by='other@muc.example.com'/>\
                <stanza-id xmlns='urn:xmpp:sid:0' id='5' by='@'/>\
                <stanza-id xmlns='urn:other' id='6' by='room@muc.example.com'/>\
                <origin-id xmlns='urn:xmpp:sid:0' id='7'/></message>
                """))
        stanza.removeStanzaIDs(by: [try JID("room@muc.example.com"), try JID("room@mix.example.com")])
        #expect(stanza.payload.map { $0["id"] } == [nil, "4", "5", "6", "7"])
    }
}
