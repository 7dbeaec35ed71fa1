// What anybody may ask of an account's bare JID: little.

import Host
import XML
import XMPP

/// Answers IQs to a bare JID for its account (RFC 6121 §8.5.2.1.3).
enum StrangerDesk {
    static func receive(_ envelope: Envelope, at account: AccountLoop, on shard: isolated Shard) {
        let stanza = envelope.stanza
        guard stanza.type == .get || stanza.type == .set, let query = stanza.payload.first else {
            return shard.complete(envelope)
        }
        let isOwn = envelope.from.bare == account.jid
        switch (stanza.type, query.name, query.namespace) {
        case (.get, "query", NS.discoInfo) where isOwn && query["node"] == nil:
            let info = DiscoInfo(
                node: nil, identities: [DiscoInfo.Identity(category: "account", type: "registered")],
                features: [NS.discoInfo, NS.discoItems])
            shard.reply(stanza.result([info.element]), to: envelope)
        case (.get, "query", NS.discoItems) where isOwn && query["node"] == nil:
            shard.reply(stanza.result([DiscoItems(node: nil, items: []).element]), to: envelope)
        case (.get, "ping", NS.ping) where isOwn: shard.reply(stanza.result([]), to: envelope)
        default: return account.refuse(envelope, StanzaError(.serviceUnavailable), on: shard)
        }
        shard.complete(envelope)
    }
}
