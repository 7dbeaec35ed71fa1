// Copies of messages for the other clients of an account (XEP-0280).

import DialectKit
import XML
import XMPP

/// The two kinds of copy: of what the account got, and of what one of its clients sent.
enum Carbon: String, Sendable, CaseIterable {
    case received
    case sent

    /// Whether copies are made of a message (XEP-0280 §6.1).
    ///
    /// - Parameter isAnswerToCopied: for an error: it answers a message of which copies were made.
    func isDue(for message: Stanza, _ content: MessageContent, isAnswerToCopied: Bool = false) -> Bool {
        switch message.type {
        case .groupchat: return false
        // What an error repeats of the message is no content of its own.
        case .error: return isAnswerToCopied
        default: break
        }
        if content.contains(.uncopied) { return false }
        if self == .received, message.isPrivateFromRoom(content) { return false }
        if message.type == .chat || message.type == .normal && content.contains(.body) { return true }
        return !content.isDisjoint(with: [.receipt, .chatState, .marker, .call, .invitation])
    }

    /// The copy, without the address of the resource that gets it (XEP-0280 §7, §8).
    ///
    /// - Parameter account: the bare JID of the account that gets it, from which it comes.
    func wrap(_ message: Stanza, for account: JID) -> Template {
        Template(.message) { writer in
            writer.attribute("from", account.description)
            if let type = message.type.attribute { writer.attribute("type", type) }
            writer.open(rawValue, NS.carbons)
            writer.forwarded { message.write(into: &$0) }
            writer.close()
        }
    }
}
