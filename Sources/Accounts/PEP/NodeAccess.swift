// Who may read a node.

import XMPP

/// Somebody who asks for a node, as far as access depends on who they are.
enum NodeReader: Sendable, Equatable {
    case owner
    /// Somebody on the owner's roster, in these groups; may or may not see the owner's presence.
    case contact(groups: [String], seesPresence: Bool)
    case stranger

    /// Whether the owner's presence is told to them.
    var seesPresence: Bool {
        switch self {
        case .owner: true
        case .contact(_, let seesPresence): seesPresence
        case .stranger: false
        }
    }
}

extension NodeConfiguration {
    /// Why a reader may not read the node; nil if they may (XEP-0060 §6.5.9).
    func refusal(to reader: NodeReader) -> StanzaError? {
        guard reader != .owner else { return nil }
        switch access {
        case .open: return nil
        case .presence: return reader.seesPresence ? nil : StanzaError(.presenceSubscriptionRequired)
        case .roster:
            if case .contact(let groups, _) = reader, !Set(groups).isDisjoint(with: self.groups) { return nil }
            return StanzaError(.notInRosterGroup)
        case .whitelist: return StanzaError(.closedNode)
        }
    }
}
