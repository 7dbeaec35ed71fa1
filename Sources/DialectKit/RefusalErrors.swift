// The stanza errors of XEP-0045 for what a room refuses.

public import Rooms
import XML
public import XMPP

extension StanzaError {
    /// What XEP-0045 answers to a refusal; dialects of its family differ in few of them.
    public init(refusing refusal: Refusal) {
        switch refusal {
        case .roomMissing, .locked: self.init(.itemNotFound)
        case .creationForbidden, .notAllowed: self.init(.notAllowed)
        case .banned, .noVoice, .subjectForbidden, .privateMessagesForbidden, .forbidden, .invitationsForbidden:
            self.init(.forbidden)
        case .membersOnly: self.init(.registrationRequired)
        case .passwordRequired: self.init(.notAuthorized)
        case .full: self.init(.serviceUnavailable, type: .wait)
        case .missingFeatures(let features): self.init(requiring: features)
        case .nickTaken, .lastOwner, .ownRank: self.init(.conflict)
        case .nickMalformed, .nameUnwanted: self.init(.jidMalformed)
        case .nickUnwanted: self.init(.notAcceptable, type: .modify)
        case .nickHeld, .notSeated: self.init(.notAcceptable, type: .cancel)
        case .noSuchOccupant: self.init(.itemNotFound)
        case .tooLarge(let limit): self.init(.policyViolation, type: .modify, text: "Too large: \(limit)")
        case .tooMany(let limit): self.init(.resourceConstraint, type: .wait, text: "Too many: \(limit)")
        case .invalidSetting(let setting): self.init(.notAcceptable, type: .modify, text: "Not a value for \(setting)")
        case .inviteeBanned: self.init(.notAllowed)
        case .badRequest(let reason): self.init(.badRequest, text: reason)
        }
    }

    /// The room demands features that the reader has not (SIG-060).
    private init(requiring features: [String]) {
        let list = Element("required-features", NS.requiredFeatures) {
            for feature in features { Element("feature", NS.requiredFeatures, ["var": feature]) }
        }
        self.init(
            .notAcceptable, type: .cancel, text: "This room requires features that your client does not have.",
            language: "en", application: [list])
    }
}
