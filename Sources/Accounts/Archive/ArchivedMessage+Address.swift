// To whom a message in an archive is shown to be: what was said in a channel is kept without an address.

import DialectKit
import Storage

extension ArchivedMessage {
    /// The stanza as the account is shown it that has it in its archive. One of a channel is to the account, as it was
    /// when it came; one that was archived with its address has it.
    func stanza(to account: AddressHole) -> [UInt8] {
        let (name, address) = ("<message", " to=")
        let rest = stanza.dropFirst(name.utf8.count)
        guard isGroupchat, stanza.starts(with: name.utf8), !rest.starts(with: address.utf8) else { return stanza }
        return name.utf8 + account.bytes + rest
    }
}
