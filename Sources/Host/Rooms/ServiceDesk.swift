// What is asked of a service itself, not of one of its rooms: discovery, the directory, liveness.

import DialectKit
import Rooms
import Storage
import XML
import XMPP

/// Answers stanzas to a domain of a service (XEP-0045 §6.1–§6.3; MUC-065 … MUC-069).
struct ServiceDesk {
    private let service: Service

    init(_ service: Service) { self.service = service }

    func receive(_ envelope: Envelope, on shard: isolated Shard) {
        let stanza = envelope.stanza
        guard stanza.kind == .iq, stanza.type == .get || stanza.type == .set else {
            if stanza.isAnswerable, stanza.kind != .presence {
                shard.reply(stanza.error(StanzaError(.serviceUnavailable)), to: envelope)
            } else if stanza.kind == .presence, stanza.type == .available {
                shard.reply(stanza.error(StanzaError(.jidMalformed)), to: envelope)
            }
            return shard.complete(envelope)
        }
        guard let query = stanza.payload.first, stanza.type == .get, envelope.to.resource == nil else {
            return refuse(envelope, StanzaError(.serviceUnavailable), on: shard)
        }
        switch (query.name, query.namespace) {
        case ("query", NS.discoInfo) where query["node"] == nil:
            answer(envelope, info(envelope.to.domain).element, on: shard)
        case ("query", NS.discoItems) where query["node"] == nil: list(query, envelope, on: shard)
        case ("query", NS.discoInfo), ("query", NS.discoItems):
            refuse(envelope, StanzaError(.itemNotFound), on: shard)
        case ("ping", NS.ping):
            shard.reply(stanza.result([]), to: envelope)
            shard.complete(envelope)
        default: refuse(envelope, StanzaError(.serviceUnavailable), on: shard)
        }
    }

    private func answer(_ envelope: Envelope, _ element: Element, on shard: isolated Shard) {
        shard.reply(envelope.stanza.result([element]), to: envelope)
        shard.complete(envelope)
    }

    private func refuse(_ envelope: Envelope, _ error: StanzaError, on shard: isolated Shard) {
        shard.reply(envelope.stanza.error(error), to: envelope)
        shard.complete(envelope)
    }

    private func info(_ domain: String) -> DiscoInfo {
        var features = [NS.discoInfo, NS.discoItems, NS.ping, NS.rsm]
        for dialect in service.tables[domain]?.dialects ?? [] {
            features += dialect.serviceFeatures.filter { !features.contains($0) }
        }
        return DiscoInfo(
            node: nil,
            identities: [DiscoInfo.Identity(category: "conference", type: "text", name: service.facts.title)],
            features: features)
    }

    /// The public rooms, a page at a time, in the order of their names (XEP-0059).
    private func list(_ query: Element, _ envelope: Envelope, on shard: isolated Shard) {
        let house = shard.house
        let wish: ResultSet.Request?
        do throws(ResultSet.Fault) {
            if let set = query.child("set", NS.rsm) { wish = try ResultSet.Request(reading: set) } else { wish = nil }
        } catch {
            return refuse(envelope, StanzaError(.badRequest), on: shard)
        }
        let limit = min(wish?.max ?? house.limits.directoryPage, house.limits.directoryPage)
        let (home, domain) = (house.shards[shard.index], envelope.to.domain)
        let service = service.facts.name
        house.store.roomCount(of: service, listedOnly: true) { counted in
            house.store.directory(of: service, listedOnly: true, after: wish?.after, limit: max(limit, 0)) { listed in
                home.loop.execute {
                    home.assumeIsolated { shard in
                        Self.tell(listed, counted, isPaged: wish != nil, envelope, domain, on: shard)
                    }
                }
            }
        }
    }

    private static func tell(
        _ listed: Result<[DirectoryEntry], StorageFault>, _ counted: Result<Int, StorageFault>, isPaged: Bool,
        _ envelope: Envelope, _ domain: String, on shard: isolated Shard
    ) {
        guard case .success(let entries) = listed, case .success(let count) = counted else {
            shard.reply(envelope.stanza.error(StanzaError(.internalServerError, type: .wait)), to: envelope)
            return shard.complete(envelope)
        }
        let items = entries.compactMap { entry -> DiscoItems.Item? in
            guard let jid = try? JID(local: entry.name, domain: domain, resource: nil) else { return nil }
            return DiscoItems.Item(jid: jid, name: entry.title.isEmpty ? entry.name : entry.title)
        }
        let page = ResultSet.Answer(first: entries.first?.name, last: entries.last?.name, count: count)
        let answer = DiscoItems(items: items, page: isPaged || entries.count < count ? page : nil)
        shard.reply(envelope.stanza.result([answer.element]), to: envelope)
        shard.complete(envelope)
    }
}
