// What reaches an account: to which of its resources it goes (RFC 6121 §8.5).

import Host
import XMPP

extension AccountLoop {
    /// A stanza addressed to the account or one of its resources.
    func receive(_ envelope: Envelope, on shard: isolated Shard) {
        if envelope.stanza.isSubscription { return heed(envelope, on: shard) }
        if isRosterOfSomebodyElse(envelope) { return refuse(envelope, StanzaError(.forbidden)) }
        switch existence {
        case .present: break
        case .missing: return refuse(envelope, StanzaError(.serviceUnavailable))
        case .unknown, .unreadable: return refuse(envelope, StanzaError(.resourceConstraint, type: .wait))
        }
        if envelope.from.bare == jid, envelope.to == jid, envelope.stanza.kind == .presence {
            show(envelope, on: shard)
        } else if envelope.to.resource != nil {
            toResource(envelope, on: shard)
        } else {
            toAccount(envelope, on: shard)
        }
    }

    /// RFC 6121 §2.1.5, §2.3.3: the same for accounts that do not exist.
    private func isRosterOfSomebodyElse(_ envelope: Envelope) -> Bool {
        envelope.stanza.kind == .iq && envelope.to.isBare && envelope.from.bare != jid
            && envelope.stanza.isAnswerable && envelope.stanza.child("query", NS.roster) != nil
    }

    /// To a full JID (RFC 6121 §8.5.3).
    private func toResource(_ envelope: Envelope, on shard: isolated Shard) {
        if let resource = resource(envelope.to) { return pass(envelope.stanza.bytes, to: resource) }
        switch (envelope.stanza.kind, envelope.stanza.type) {
        case (.message, .chat): toAccount(envelope, on: shard)
        case (.presence, _), (.message, .headline): break
        default: refuse(envelope, StanzaError(.serviceUnavailable))
        }
    }

    /// To the bare JID (RFC 6121 §8.5.2).
    private func toAccount(_ envelope: Envelope, on shard: isolated Shard) {
        switch envelope.stanza.kind {
        case .iq: table.answer(envelope, at: self, on: shard)
        case .presence:
            // an error is the answer to a subscription stanza, which was of the account
            pass(envelope, to: available)
        case .message:
            let ready = ready
            guard !ready.isEmpty, envelope.stanza.type != .groupchat, envelope.stanza.type != .error else {
                return refuse(envelope, StanzaError(.serviceUnavailable))
            }
            pass(envelope, to: ready)
        }
    }

    private func pass(_ envelope: Envelope, to resources: [Resource]) {
        guard !resources.isEmpty else { return }
        let bytes = envelope.stanza.bytes
        for resource in resources { pass(bytes, to: resource) }
    }
}

extension Stanza {
    /// Whether it is about subscriptions, which are between accounts (RFC 6121 §3).
    var isSubscription: Bool {
        switch type {
        case .subscribe, .subscribed, .unsubscribe, .unsubscribed, .probe: true
        default: false
        }
    }

    /// Whether it tells of somebody's presence, or is the answer to such a stanza.
    var isPresenceOfSomebody: Bool { kind == .presence && !isSubscription }
}
