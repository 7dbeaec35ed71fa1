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
        case (.set, "query", NS.discoInfo), (.set, "query", NS.discoItems):
            refuse(StanzaError(.badRequest), envelope, on: shard)
        case (.get, "query", NS.discoInfo):
            guard let info = HostInfo(setup, accounts).answer(about: query["node"]) else {
                return refuse(StanzaError(.itemNotFound), envelope, on: shard)
            }
            answer(info.element, envelope, on: shard)
        case (.get, "query", NS.discoItems):
            guard query["node"] == nil else { return refuse(StanzaError(.itemNotFound), envelope, on: shard) }
            answer(DiscoItems(node: nil, items: setup.services).element, envelope, on: shard)
        case (.get, "query", NS.version): answer(version, envelope, on: shard)
        case (.get, "time", NS.time): answer(time(shard.loop.now), envelope, on: shard)
        case (.get, "query", NS.last): answer(uptime(on: shard), envelope, on: shard)
        case (_, "query", NS.register): Registration(setup).answer(envelope, on: shard)
        case (.get, "ping", NS.ping), (_, "session", NS.session):
            shard.reply(stanza.result([]), to: envelope)
            shard.complete(envelope)
        default: refuse(StanzaError(.serviceUnavailable), envelope, on: shard)
        }
    }

    private func refuse(_ error: StanzaError, _ envelope: Envelope, on shard: isolated Shard) {
        shard.reply(envelope.stanza.error(error), to: envelope)
        shard.complete(envelope)
    }

    private func answer(_ element: Element, _ envelope: Envelope, on shard: isolated Shard) {
        shard.reply(envelope.stanza.result([element]), to: envelope)
        shard.complete(envelope)
    }

    private var version: Element {
        Element("query", NS.version) {
            Element("name", NS.version) { setup.version.name }
            Element("version", NS.version) { setup.version.version }
        }
    }

    /// XEP-0202 §3: the server says nothing of where it stands.
    private func time(_ now: Moment) -> Element {
        Element("time", NS.time) {
            Element("tzo", NS.time) { "+00:00" }
            Element("utc", NS.time) { now.xep0082 }
        }
    }

    /// XEP-0012 §5: how long the server runs.
    private func uptime(on shard: isolated Shard) -> Element {
        let opened = shard.accountHall?.openedAt ?? shard.loop.now
        let seconds = (shard.loop.now.milliseconds - opened.milliseconds) / 1_000
        return Element("query", NS.last, ["seconds": String(max(seconds, 0))])
    }
}
