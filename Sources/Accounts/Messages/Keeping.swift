// Which messages wait for their recipient, and which rest in the archives.

import XMPP

extension MessageContent {
    /// Whether a message of this type waits while nobody of the account can take it (XEP-0160 §3).
    func waitsOffline(_ type: StanzaType) -> Bool {
        guard type == .normal || type == .chat, !contains(.noStore) else { return false }
        return !isDisjoint(with: [.lasting, .store])
    }

    /// Whether a message of this type goes to the archive of an account (XEP-0313 §6.1.1).
    func isArchived(_ type: StanzaType) -> Bool {
        guard type == .normal || type == .chat, isDisjoint(with: [.noStore, .noPermanentStore]) else { return false }
        return !isDisjoint(with: [.body, .store, .encrypted, .receipt, .marker, .change, .call, .invitation])
    }
}
