// What an account's own resources send to others, as far as the account has a say in it.

import Host
import XMPP

extension AccountLoop {
    /// A subscription stanza of an own resource (RFC 6121 §3).
    func send(_ envelope: Envelope, on shard: isolated Shard) {
        // who sees whose presence is not kept yet: said plainly, so that no client believes it was asked for
        reply(envelope.stanza.error(StanzaError(.featureNotImplemented)), to: envelope)
    }

    /// A message of an own resource that is on its way to somebody else.
    func note(sent envelope: Envelope, on shard: isolated Shard) {}
}
