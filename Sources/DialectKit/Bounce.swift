// Errors that come back: which of them prove that a seat is empty.

public import Rooms
import XML
import XMPP

/// The ghost rules (XEP-0045 §18.1.2; MUC-384, MUC-385).
public enum Bounce {
    /// What an error stanza from somebody means: the seat is empty, or nothing. It is never answered (MUC-389).
    public static func intent(of inbound: Inbound, in room: Room) -> Intent {
        if let command = givingBack(inbound, in: room) { return .change([command]) }
        guard let seat = inbound.seat, inbound.stanza.kind != .iq else { return .ignore }
        guard let failure = inbound.stanza.failure, isEvidence(failure.condition, inbound.stanza) else {
            return .ignore
        }
        return .change([.remove(seat.id, because: "a stanza came back: \(failure.condition.rawValue)")])
    }

    /// An error that answers something the room carried is for whoever had sent it; of a private message only where it
    /// does not show that nobody is there (MUC-165, MUC-202, MUC-386).
    private static func givingBack(_ inbound: Inbound, in room: Room) -> Command? {
        let stanza = inbound.stanza
        guard stanza.kind == .message, let id = stanza.id, let failure = stanza.failure else { return nil }
        let isInvitation = inbound.nick == nil
        guard room.letters.knows(id, to: inbound.from, isInvitation: isInvitation) else { return nil }
        guard isInvitation || (inbound.seat != nil && !isEvidence(failure.condition, stanza)) else { return nil }
        return .giveBack(id: id, from: inbound.from, isInvitation: isInvitation, failure)
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
