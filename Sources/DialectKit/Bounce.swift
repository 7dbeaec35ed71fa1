// Errors that come back: which of them prove that a seat is empty.

import Rooms
import XMPP

/// The ghost rules (XEP-0045 §18.1.2; MUC-384, MUC-385).
public enum Bounce {
    /// What an error stanza from somebody means: the seat is empty, or nothing. It is never answered (MUC-389).
    public static func intent(of inbound: Inbound) -> Intent {
        guard let seat = inbound.seat, inbound.stanza.kind != .iq else { return .ignore }
        let condition = inbound.stanza.failure?.condition
        guard isEvidence(condition) else { return .ignore }
        return .change([.remove(seat.id, because: "a stanza came back: \(condition?.rawValue ?? "no condition")")])
    }

    /// Conditions by which a server says that nobody is there; refusals such as `forbidden` say the contrary.
    private static func isEvidence(_ condition: StanzaError.Condition?) -> Bool {
        switch condition {
        case .gone, .itemNotFound, .recipientUnavailable, .redirect, .remoteServerNotFound, .remoteServerTimeout,
            .serviceUnavailable, .internalServerError, .jidMalformed, .undefinedCondition, nil:
            true
        default: false
        }
    }
}
