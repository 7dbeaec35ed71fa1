// What others send to an account: to which of its resources it goes (RFC 6121 §8.5).

import Host
import XMPP

extension AccountLoop {
    /// To a full JID (RFC 6121 §8.5.3).
    func toResource(_ envelope: Envelope, on shard: isolated Shard) {
        if envelope.stanza.isSubscription { return shard.complete(envelope) }
        if let resource = resource(envelope.to) {
            shard.write(envelope.stanza.bytes, to: resource.port)
            return shard.complete(envelope)
        }
        switch (envelope.stanza.kind, envelope.stanza.type) {
        case (.message, .chat): toAccount(envelope, on: shard)
        case (.presence, _), (.message, .headline): shard.complete(envelope)
        default: refuse(envelope, StanzaError(.serviceUnavailable), on: shard)
        }
    }

    /// To the bare JID (RFC 6121 §8.5.2).
    func toAccount(_ envelope: Envelope, on shard: isolated Shard) {
        switch envelope.stanza.kind {
        case .iq: StrangerDesk.receive(envelope, at: self, on: shard)
        case .presence:
            if envelope.stanza.type == .available || envelope.stanza.type == .unavailable {
                pass(envelope, to: available, on: shard)
            }
            shard.complete(envelope)
        case .message:
            let ready = ready
            guard !ready.isEmpty, envelope.stanza.type != .groupchat, envelope.stanza.type != .error else {
                return refuse(envelope, StanzaError(.serviceUnavailable), on: shard)
            }
            pass(envelope, to: ready, on: shard)
            shard.complete(envelope)
        }
    }

    private func pass(_ envelope: Envelope, to resources: [Resource], on shard: isolated Shard) {
        guard !resources.isEmpty else { return }
        let bytes = envelope.stanza.bytes
        for resource in resources { shard.write(bytes, to: resource.port) }
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
}
