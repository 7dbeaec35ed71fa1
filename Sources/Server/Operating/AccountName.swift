// The account an operator named by its address.

import Rooms
import XMPP

/// An account of this server.
public struct AccountName: Sendable, Equatable {
    /// The local part, prepared.
    public let local: String

    /// Reads the address of an account.
    ///
    /// - Throws: `OperatorFault` for what is no bare address of an account in `domain`.
    public init(_ text: String, domain: String) throws(OperatorFault) {
        let shown = TerminalText.clean(text)
        let jid: JID
        do throws(JIDFault) { jid = try JID(text) } catch {
            throw .misuse("\"\(shown)\" is no address: give one like ada@\(domain)")
        }
        guard let local = jid.local else {
            throw .misuse("\"\(shown)\" has no name before a domain: give an address like ada@\(domain)")
        }
        guard jid.isBare else { throw .misuse("\"\(shown)\" has a resource: leave out \"/\" and what follows") }
        guard jid.domain == domain else {
            throw .misuse("\"\(shown)\" is not in \(domain), where the accounts of this server live")
        }
        self.local = local
    }
}
