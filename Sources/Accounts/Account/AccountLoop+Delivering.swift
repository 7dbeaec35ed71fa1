// What reaches an account: to which of its resources it goes (RFC 6121 §8.5).

import Host
import XML
import XMPP

extension AccountLoop {
    /// A stanza addressed to the account or one of its resources.
    func receive(_ envelope: Envelope, on shard: isolated Shard) {
        if envelope.stanza.isSubscription {
            guard state.blocklist.verdict(on: envelope.stanza, from: envelope.from) == .passes else { return }
            return heed(envelope, on: shard)
        }
        if let refusal = refusalOfAnother(envelope) { return refuse(envelope, refusal) }
        switch existence {
        case .present: break
        case .missing where envelope.stanza.kind == .message: break
        case .missing: return refuse(envelope, StanzaError(.serviceUnavailable))
        case .unknown, .unreadable: return refuse(envelope, StanzaError(.resourceConstraint, type: .wait))
        }
        switch state.blocklist.verdict(on: envelope.stanza, from: envelope.from) {
        case .passes: break
        case .dropped: return
        case .refused: return refuse(envelope, StanzaError(.serviceUnavailable))
        }
        if take(fromChannel: envelope, on: shard) { return }
        if envelope.stanza.kind == .message {
            receive(message: envelope, on: shard)
        } else if envelope.from.bare == jid, envelope.to == jid, envelope.stanza.kind == .presence {
            let wasReady = resource(envelope.from)?.isReady ?? false
            show(envelope, on: shard)
            if !wasReady, resource(envelope.from)?.isReady == true { handOver(to: envelope.from, on: shard) }
        } else if envelope.to.resource != nil {
            toResource(envelope, on: shard)
        } else {
            toAccount(envelope, on: shard)
        }
    }

    /// What only the account itself may ask, asked by somebody else: refused alike for accounts that do not exist
    /// (RFC 6121 §2.1.5, §2.3.3; XEP-0280 §4; XEP-0313 §3.3.1; XEP-0049 §4; XEP-0054 §3.2).
    private func refusalOfAnother(_ envelope: Envelope) -> StanzaError? {
        guard envelope.stanza.kind == .iq, envelope.to.isBare, envelope.from.bare != jid,
            envelope.stanza.isAnswerable, let request = envelope.stanza.payload.first
        else { return nil }
        switch request.namespace {
        case NS.roster, NS.mam, NS.privateStorage: return StanzaError(.forbidden)
        case _ where ChannelDesk.serves(request): return StanzaError(.forbidden)
        case NS.vcard where envelope.stanza.type == .set: return StanzaError(.forbidden)
        case NS.carbons: return StanzaError(.notAllowed)
        default: return nil
        }
    }

    /// To a full JID (RFC 6121 §8.5.3).
    private func toResource(_ envelope: Envelope, on shard: isolated Shard) {
        if envelope.stanza.kind == .presence {
            if heed(refusal: envelope) { return }
            notice(envelope.stanza, from: envelope.from, hasJustCome: false, on: shard)
        }
        if envelope.stanza.kind == .iq { _ = heed(answer: envelope, on: shard) }
        if let resource = resource(envelope.to) { return pass(envelope.stanza.bytes, to: resource) }
        if envelope.stanza.kind == .iq { refuse(envelope, StanzaError(.serviceUnavailable)) }
    }

    /// To the bare JID (RFC 6121 §8.5.2).
    private func toAccount(_ envelope: Envelope, on shard: isolated Shard) {
        switch envelope.stanza.kind {
        case .iq:
            table.answer(envelope, at: self, on: shard)
            if !envelope.stanza.isAnswerable, !heed(answer: envelope, on: shard) { learn(envelope, on: shard) }
        case .presence:
            // an error is the answer to a subscription stanza, which was of the account
            pass(envelope, to: available)
            notice(envelope.stanza, from: envelope.from, on: shard)
        case .message: break
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
