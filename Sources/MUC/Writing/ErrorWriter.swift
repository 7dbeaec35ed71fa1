// Refusals and failures in the words of XEP-0045: one table for all of it.

import DialectKit
import Rooms
import XML
import XMPP

/// Writes errors (XEP-0045 §7.2.17, §7.4–§7.6, §8–§10; MUC-410 … MUC-417).
struct ErrorWriter {
    let inbound: Inbound

    /// The error that a refusal is; nil where silence is the answer (MUC-416).
    func answer(_ refusal: Refusal) -> Stanza? {
        answer(Self.error(of: refusal))
    }

    /// The answer to a stanza that cannot be served; nil where silence is the answer.
    func answer(_ error: StanzaError) -> Stanza? {
        let stanza = inbound.stanza
        guard stanza.isAnswerable, stanza.kind != .presence || stanza.type == .available else { return nil }
        var error = error
        if inbound.nick != nil { error.by = inbound.room }
        var answer = stanza.error(error)
        if let echo { answer.payload.insert(echo, at: 0) }
        return answer
    }

    /// What is repeated to the sender: enough to know the request, never a password (MUC-420).
    private var echo: Element? {
        if inbound.stanza.kind == .presence { return Element("x", NS.muc) }
        guard let query = inbound.stanza.payload.first else { return nil }
        if query.is("query", NS.mucAdmin) { return query }
        return query.is("query", NS.mucOwner) ? Element("query", NS.mucOwner) : nil
    }

    static func error(of refusal: Refusal) -> StanzaError {
        switch refusal {
        case .roomMissing, .locked, .noSuchOccupant: StanzaError(.itemNotFound)
        case .creationForbidden, .notAllowed, .inviteeBanned: StanzaError(.notAllowed)
        case .banned, .noVoice, .privateMessagesForbidden, .subjectForbidden, .forbidden, .invitationsForbidden:
            StanzaError(.forbidden)
        case .membersOnly: StanzaError(.registrationRequired)
        case .passwordRequired: StanzaError(.notAuthorized)
        case .full: StanzaError(.serviceUnavailable, type: .wait, text: "This room is full.")
        case .missingFeatures(let features): missing(features)
        case .nickTaken, .lastOwner, .ownRank: StanzaError(.conflict)
        case .nickMalformed, .nameUnwanted: StanzaError(.jidMalformed)
        case .nickUnwanted: StanzaError(.notAcceptable)
        case .nickHeld, .notSeated: StanzaError(.notAcceptable, type: .cancel)
        case .tooLarge(let limit): StanzaError(.policyViolation, text: "Larger than \(limit) allows.")
        case .tooMany(let limit): StanzaError(.resourceConstraint, text: "More than \(limit) allows.")
        case .invalidSetting(let setting):
            StanzaError(.notAcceptable, text: "No such value for \(ConfigField.name(of: setting)).")
        case .badRequest(let text): StanzaError(.badRequest, text: text)
        }
    }

    private static func missing(_ features: [String]) -> StanzaError {
        let list = Element("required-features", NS.requiredFeatures) {
            for feature in features { Element("feature", NS.requiredFeatures, ["var": feature]) }
        }
        return StanzaError(
            .notAcceptable, type: .cancel, text: "This room requires features that your client does not have.",
            application: [list])
    }
}
