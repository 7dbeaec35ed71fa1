// Sessions that could have been resumed and are over: how much of what their clients sent was handled (XEP-0198 §5).

import DequeModule
import XMPP

/// A bounded memory, the oldest forgotten first.
struct EndedSessions {
    private var sessions: [String: (account: JID, handled: UInt32)] = [:]
    private var order: Deque<String> = []

    /// Remembers a session of the account with this bare JID.
    mutating func add(_ id: String, of account: JID, handled: UInt32, limit: Int) {
        sessions[id] = (account, handled)
        order.append(id)
        while order.count > limit, let oldest = order.popFirst() { sessions[oldest] = nil }
    }

    /// Told to its own account only.
    func handled(_ id: String, of account: JID) -> UInt32? {
        guard let session = sessions[id], session.account == account else { return nil }
        return session.handled
    }
}
