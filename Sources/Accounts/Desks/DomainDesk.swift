// What is asked of the server's own domain: discovery, liveness, version, registration.

import Host
import XML
import XMPP

/// Answers stanzas to the domain itself.
struct DomainDesk {
    private let setup: AccountsSetup
    private let accounts: AccountTable

    init(_ setup: AccountsSetup, _ accounts: AccountTable) {
        self.setup = setup
        self.accounts = accounts
    }

    func receive(_ envelope: Envelope, on shard: isolated Shard) {
        let stanza = envelope.stanza
        guard stanza.kind == .iq, stanza.type == .get || stanza.type == .set, let query = stanza.payload.first else {
            if stanza.kind == .message, stanza.isAnswerable {
                shard.reply(stanza.error(StanzaError(.serviceUnavailable)), to: envelope)
            }
            return shard.complete(envelope)
        }
        switch (stanza.type, query.name, query.namespace) {
        case (.get, "query", NS.discoInfo) where query["node"] == nil: answer(info.element, envelope, on: shard)
        case (.get, "query", NS.discoItems) where query["node"] == nil:
            answer(DiscoItems(node: nil, items: setup.services).element, envelope, on: shard)
        case (.get, "query", NS.discoInfo), (.get, "query", NS.discoItems):
            shard.reply(stanza.error(StanzaError(.itemNotFound)), to: envelope)
            shard.complete(envelope)
        case (.get, "ping", NS.ping):
            shard.reply(stanza.result([]), to: envelope)
            shard.complete(envelope)
        case (.get, "query", NS.version): answer(version, envelope, on: shard)
        case (_, "query", NS.register): Registration(setup).answer(envelope, on: shard)
        case (_, "session", NS.session):
            shard.reply(stanza.result([]), to: envelope)
            shard.complete(envelope)
        default:
            shard.reply(stanza.error(StanzaError(.serviceUnavailable)), to: envelope)
            shard.complete(envelope)
        }
    }

    private func answer(_ element: Element, _ envelope: Envelope, on shard: isolated Shard) {
        shard.reply(envelope.stanza.result([element]), to: envelope)
        shard.complete(envelope)
    }

    private var info: DiscoInfo {
        DiscoInfo(
            node: nil,
            identities: [DiscoInfo.Identity(category: "server", type: "im", name: setup.version.name)],
            features: accounts.hostFeatures + [NS.version] + (setup.isRegistrationOpen ? [NS.register] : []))
    }

    private var version: Element {
        Element("query", NS.version) {
            Element("name", NS.version) { setup.version.name }
            Element("version", NS.version) { setup.version.version }
        }
    }
}
