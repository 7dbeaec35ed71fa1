// Errors that come back: which of them prove that a seat is empty.

import Rooms
import XML
import XMPP

/// The ghost rules (XEP-0045 §18.1.2; MUC-384, MUC-385).
public enum Bounce {
    /// What an error stanza from somebody means: the seat is empty, or nothing. It is never answered (MUC-389).
    public static func intent(of inbound: Inbound) -> Intent {
        guard let seat = inbound.seat, inbound.stanza.kind != .iq else { return .ignore }
        guard let failure = inbound.stanza.failure, isEvidence(failure.condition, inbound.stanza) else {
            return .ignore
        }
        return .change([.remove(seat.id, because: "a stanza came back: \(failure.condition.rawValue)")])
    }

    /// Conditions by which a server says that nobody is there; refusals such as `forbidden` say the contrary.
    private static func isEvidence(_ condition: StanzaError.Condition, _ stanza: Stanza) -> Bool {
        switch condition {
        case .gone, .itemNotFound, .recipientUnavailable, .redirect, .remoteServerNotFound, .remoteServerTimeout,
            .serviceUnavailable, .internalServerError, .jidMalformed:
            true
        case .undefinedCondition: !namesCondition(stanza)
        default: false
        }
    }

    /// Whether the error names any condition at all, known here or not.
    private static func namesCondition(_ stanza: Stanza) -> Bool {
        stanza.child("error", NS.client)?.children.contains { $0.namespace == NS.stanzas && $0.name != "text" } ?? false
    }
}
