// What somebody without a seat may know of a room.

public import Rooms
public import XMPP

extension Room {
    /// What somebody without a seat is told, who wants something that only occupants may (MUC-148, MUC-150, MUC-163).
    public func refusalForOutsider(_ inbound: Inbound) -> StanzaError {
        isThere(for: inbound) ? StanzaError(.notAcceptable, type: .cancel) : StanzaError(.itemNotFound)
    }

    /// Whether this requester may know that there is a room: a locked one is there for its owner only (MUC-076).
    public func isThere(for inbound: Inbound) -> Bool {
        switch state {
        case .absent: false
        case .open: true
        case .locked: permissions.rank(of: inbound.requester) == .owner
        }
    }
}
