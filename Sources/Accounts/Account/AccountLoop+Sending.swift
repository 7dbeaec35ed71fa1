// What an account's own resources send to others, as far as the account has a say in it.

import Host
import XMPP

extension AccountLoop {
    /// A message of an own resource that is on its way to somebody else.
    func note(sent envelope: Envelope, on shard: isolated Shard) {}
}
