// The messages of which copies were made lately, so that copies are made of errors that answer them.

import DequeModule
import XMPP

/// The last messages that an account's resources sent and of which copies went to the others (XEP-0280 §6.1).
struct CopiedMessages: Sendable {
    private struct Message: Hashable { let id: String, peer: JID }

    private var messages: Deque<Message> = []

    /// Remembers a message, and forgets the oldest of more than `limit`.
    mutating func add(_ message: Stanza, limit: Int) {
        guard let id = message.id, let to = message.to, limit > 0 else { return }
        messages.append(Message(id: id, peer: to.bare))
        if messages.count > limit { messages.removeFirst() }
    }

    /// Whether an error answers one of them.
    func isAnswered(by error: Stanza) -> Bool {
        guard error.type == .error, let id = error.id, let from = error.from else { return false }
        return messages.contains(Message(id: id, peer: from.bare))
    }
}
