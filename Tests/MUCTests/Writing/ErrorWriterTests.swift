// The table of errors.

import DialectKit
import Rooms
import Testing
import XML
import XMPP

@testable import MUC

@Suite struct ErrorWriterTests {
    @Test("Every refusal has its condition and type (MUC-410, MUC-411, MUC-412, MUC-414)")
    func table() {
        let rows: [(Refusal, StanzaError.Condition, StanzaError.Kind)] = [
            (.roomMissing, .itemNotFound, .cancel), (.creationForbidden, .notAllowed, .cancel),
            (.locked, .itemNotFound, .cancel), (.banned, .forbidden, .auth),
            (.membersOnly, .registrationRequired, .auth), (.passwordRequired, .notAuthorized, .auth),
            (.full, .serviceUnavailable, .wait), (.missingFeatures(["f"]), .notAcceptable, .cancel),
            (.nickTaken, .conflict, .cancel), (.nickMalformed, .jidMalformed, .modify),
            (.nickUnwanted, .notAcceptable, .modify), (.nickHeld, .notAcceptable, .cancel),
            (.nameUnwanted, .jidMalformed, .modify), (.notSeated, .notAcceptable, .cancel),
            (.noVoice, .forbidden, .auth), (.privateMessagesForbidden, .forbidden, .auth),
            (.subjectForbidden, .forbidden, .auth), (.noSuchOccupant, .itemNotFound, .cancel),
            (.tooLarge(limit: "l"), .policyViolation, .modify), (.tooMany(limit: "l"), .resourceConstraint, .wait),
            (.forbidden, .forbidden, .auth), (.notAllowed, .notAllowed, .cancel), (.lastOwner, .conflict, .cancel),
            (.ownRank, .conflict, .cancel), (.invalidSetting(.title), .notAcceptable, .modify),
            (.invitationsForbidden, .forbidden, .auth), (.inviteeBanned, .notAllowed, .cancel),
            (.badRequest("b"), .badRequest, .modify),
        ]
        for (refusal, condition, type) in rows {
            let error = ErrorWriter.error(of: refusal)
            #expect(error.condition == condition && error.type == type, "\(refusal)")
        }
    }

    private func answer(_ xml: String) throws -> String? {
        var stanza = try Stanza(reading: Element(parsing: xml))
        stanza.from = try JID(RoomBench.bo)
        let service = ServiceFacts(name: "main", title: "", domains: [])
        let inbound = Inbound(
            stanza, from: try JID(RoomBench.bo), to: try #require(stanza.to), service: service)
        return ErrorWriter(inbound: inbound).answer(.nickTaken).map(RoomBench.text)
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

    @Test("Missing features are listed")
    func features() throws {
        let error = ErrorWriter.error(of: .missingFeatures(["urn:a", "urn:b"]))
        #expect(error.application.first?.children.map { $0["var"] } == ["urn:a", "urn:b"])
    }
}
