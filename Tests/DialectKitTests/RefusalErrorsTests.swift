// The table of errors that refusals are.

import DialectKit
import Rooms
import Testing
import XML
import XMPP

@Suite struct RefusalErrorsTests {
    @Test("Every refusal has its condition and type (MUC-410, MUC-411, MUC-412, MUC-414)")
    func table() {
        let rows: [(Refusal, StanzaError.Condition, StanzaError.Kind)] = [
            (.roomMissing, .itemNotFound, .cancel), (.creationForbidden, .notAllowed, .cancel),
            (.creationNotOffered, .notAllowed, .cancel), (.registrationClosed, .notAllowed, .cancel),
            (.notRegistered, .registrationRequired, .auth), (.gone(alternate: nil), .gone, .cancel),
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
            let error = StanzaError(refusing: refusal)
            #expect(error.condition == condition && error.type == type, "\(refusal)")
        }
    }

    @Test("Missing features are listed (SIG-060)")
    func features() throws {
        let error = StanzaError(refusing: .missingFeatures(["urn:a", "urn:b"]))
        #expect(error.application.first?.children.map { $0["var"] } == ["urn:a", "urn:b"])
    }

    @Test("A setting is called as the dialect calls it")
    func settings() {
        #expect(StanzaError(refusing: .invalidSetting(.title)).text == "No such value for title.")
        let error = StanzaError(refusing: .invalidSetting(.title)) { $0 == .title ? "the name" : "?" }
        #expect(error.text == "No such value for the name.")
    }
}
