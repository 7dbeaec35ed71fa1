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
        guard let query = stanza.payload.first, envelope.to.resource == nil else {
            return refuse(envelope, StanzaError(.serviceUnavailable), on: shard)
        }
        if serve(query, envelope, on: shard) { return }
        guard stanza.type == .get else { return refuse(envelope, StanzaError(.serviceUnavailable), on: shard) }
        switch (query.name, query.namespace) {
        case ("query", NS.discoInfo) where query["node"] == nil:
            answer(envelope, info(asker(envelope)).element, on: shard)
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

    private func info(_ asker: ServiceAsker) -> DiscoInfo {
        var face = DiscoFace(features: [NS.discoInfo, NS.discoItems, NS.ping, NS.rsm])
        for dialect in service.tables[asker.domain]?.dialects ?? [] {
            face.add(dialect.face(of: service.facts, for: asker))
        }
        return DiscoInfo(node: nil, identities: face.identities, features: face.features, forms: face.forms)
    }

    private func asker(_ envelope: Envelope) -> ServiceAsker {
        ServiceAsker(
            envelope.stanza, from: envelope.from, domain: envelope.to.domain,
            mayCreate: service.lobby.mayCreate(envelope.from))
    }

    /// Has a dialect serve a request, if one does.
    private func serve(_ element: Element, _ envelope: Envelope, on shard: isolated Shard) -> Bool {
        let asker = asker(envelope)
        let dialects = service.tables[asker.domain]?.dialects ?? []
        guard let intent = dialects.lazy.compactMap({ $0.serve(element, asker, in: service.facts) }).first else {
            return false
        }
        switch intent {
        case .reply(let stanza):
            shard.reply(stanza, to: envelope)
            shard.complete(envelope)
        case .room(let name):
            let local = name ?? Lobby.madeName(shard.house.randomBytes(10))
            guard let room = try? JID(local: local, domain: asker.domain, resource: nil) else {
                refuse(envelope, StanzaError(.jidMalformed), on: shard)
                return true
            }
            shard.route(
                Envelope(
                    envelope.stanza, from: envelope.from, to: room, origin: envelope.origin, ticket: envelope.ticket,
                    features: envelope.features, tongue: envelope.tongue))
        case .ownRoom:
            shard.ownRoom(of: service.facts.name) { room, shard in room.receive(envelope, on: shard) }
        case .rooms(let dialect, let write):
            noteTongue(dialect, envelope, on: shard)
            look(DirectoryWish(asker: envelope.from, domain: asker.domain), for: envelope, on: shard) { page in
                write(page.items)
            }
        }
        return true
    }

    /// What somebody asks of the service may show what it speaks; its account is to know (rule X-03).
    private func noteTongue(_ dialect: DialectID, _ envelope: Envelope, on shard: isolated Shard) {
        guard shard.isHome(envelope.from), !envelope.from.isBare else { return }
        let kind = ChannelNotice.Kind.spoke(resource: envelope.from, dialect: dialect)
        shard.notify(ChannelNotice(kind, of: envelope.from.bare, in: envelope.to))
    }

    /// The public rooms, a page at a time, in the order of their names (XEP-0059).
    private func list(_ query: Element, _ envelope: Envelope, on shard: isolated Shard) {
        var wish = DirectoryWish(asker: envelope.from, domain: envelope.to.domain)
        let isPaged = query.child("set", NS.rsm) != nil
        if let set = query.child("set", NS.rsm) {
            guard let paging = try? ResultSet.Request(reading: set) else {
                return refuse(envelope, StanzaError(.badRequest), on: shard)
            }
            (wish.after, wish.most) = (paging.after, paging.max)
        }
        look(wish, for: envelope, on: shard) { page in
            let answer = DiscoItems(items: page.items, page: isPaged || page.isPart ? page.place : nil)
            return envelope.stanza.result([answer.element])
        }
    }

    /// Answers with what somebody can find.
    private func look(
        _ wish: DirectoryWish, for envelope: Envelope, on shard: isolated Shard,
        _ write: @escaping @Sendable (DirectoryPage) -> Stanza
    ) {
        shard.lookUp(wish, in: service) { page, shard in
            switch page {
            case .success(let page): shard.reply(write(page), to: envelope)
            case .failure:
                shard.reply(envelope.stanza.error(StanzaError(.internalServerError, type: .wait)), to: envelope)
            }
            shard.complete(envelope)
        }
    }
}
