// The stanza errors of XEP-0045 for what a room refuses.

public import Rooms
import XML
public import XMPP

extension StanzaError {
    /// What XEP-0045 answers to a refusal (§7.2.17, §8–§10; MUC-410 … MUC-414).
    ///
    /// - Parameter name: what readers of this dialect call a setting.
    public init(refusing refusal: Refusal, calling name: (Setting) -> String = { "\($0)" }) {
        switch refusal {
        case .gone(let alternate): self.init(.gone, detail: alternate.map { "xmpp:\($0.uriEncoded)?join" })
        case .roomMissing, .locked, .noSuchOccupant, .nodeMissing, .messageMissing: self.init(.itemNotFound)
        case .creationForbidden, .creationNotOffered, .notAllowed, .inviteeBanned, .registrationClosed, .lettersBlocked:
            self.init(.notAllowed)
        case .banned, .noVoice, .subjectForbidden, .privateMessagesForbidden, .forbidden, .invitationsForbidden,
            .nodeClosed, .retractionForbidden, .presenceRequired:
            self.init(.forbidden)
        case .membersOnly, .notRegistered: self.init(.registrationRequired)
        case .passwordRequired: self.init(.notAuthorized)
        case .full: self.init(.serviceUnavailable, type: .wait, text: "This room is full.")
        case .missingFeatures(let features): self.init(requiring: features)
        case .nickTaken, .lastOwner, .ownRank, .roomExists, .nodeExists: self.init(.conflict)
        case .nickMalformed, .nameUnwanted: self.init(.jidMalformed)
        case .nickUnwanted, .nickRequired: self.init(.notAcceptable, type: .modify)
        case .nickHeld, .notSeated: self.init(.notAcceptable, type: .cancel)
        case .tooLarge(let limit): self.init(.policyViolation, type: .modify, text: "Larger than \(limit) allows.")
        case .tooMany(let limit): self.init(.resourceConstraint, type: .wait, text: "More than \(limit) allows.")
        case .invalidSetting(let setting):
            self.init(.notAcceptable, type: .modify, text: "No such value for \(name(setting)).")
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
