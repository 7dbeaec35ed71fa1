// What an account asks of itself: its roster, discovery of its own address, its password.

import Host
import Storage
import XML
import XMPP

/// Answers IQs from an account's own resources to its bare JID (RFC 6121 §2).
struct RosterDesk {
    private let account: AccountLoop

    init(_ account: AccountLoop) { self.account = account }

    func receive(_ envelope: Envelope, on shard: isolated Shard) {
        let stanza = envelope.stanza
        guard stanza.type == .get || stanza.type == .set, let query = stanza.payload.first else {
            return shard.complete(envelope)
        }
        switch (stanza.type, query.name, query.namespace) {
        case (.get, "query", NS.roster): get(envelope, on: shard)
        case (.set, "query", NS.roster): set(query, envelope, on: shard)
        default: StrangerDesk.receive(envelope, at: account, on: shard)
        }
    }

    private func get(_ envelope: Envelope, on shard: isolated Shard) {
        account.interested.insert(envelope.from)
        read(envelope, on: shard) { roster, shard in
            let query = Element("query", NS.roster) { roster.items.map(Self.item) }
            shard.reply(envelope.stanza.result([query]), to: envelope)
            shard.complete(envelope)
        }
    }

    private func set(_ query: Element, _ envelope: Envelope, on shard: isolated Shard) {
        let items = query.children.filter { $0.is("item", NS.roster) }
        guard items.count == 1, let item = items.first, let text = item["jid"], let contact = try? JID(text) else {
            shard.reply(envelope.stanza.error(StanzaError(.badRequest)), to: envelope)
            return shard.complete(envelope)
        }
        if contact.bare == account.jid {
            shard.reply(envelope.stanza.error(StanzaError(.notAllowed)), to: envelope)
            return shard.complete(envelope)
        }
        if item["subscription"] == "remove" { return remove(contact.bare, envelope, on: shard) }
        let groups = item.children.filter { $0.is("group", NS.roster) }.map(\.text)
        guard Set(groups).count == groups.count else {
            shard.reply(envelope.stanza.error(StanzaError(.badRequest)), to: envelope)
            return shard.complete(envelope)
        }
        guard groups.allSatisfy({ !$0.isEmpty && $0.utf8.count <= 1_023 }), (item["name"]?.utf8.count ?? 0) <= 1_023
        else {
            shard.reply(envelope.stanza.error(StanzaError(.notAcceptable)), to: envelope)
            return shard.complete(envelope)
        }
        read(envelope, on: shard) { roster, shard in
            var record =
                roster.items.first { $0.jid == contact.bare.description }
                ?? RosterRecord(jid: contact.bare.description)
            record.name = item["name"]
            record.groups = groups
            Self.write(record, envelope, on: shard)
        }
    }

    /// Reads the roster, and answers the failure to.
    private func read(
        _ envelope: Envelope, on shard: isolated Shard,
        _ then: @escaping @Sendable (Storage.Roster, isolated Shard) -> Void
    ) {
        let home = shard.house.shards[shard.index]
        shard.house.store.roster(of: account.name) { found in
            home.loop.execute {
                home.assumeIsolated { shard in
                    if case .success(let roster) = found {
                        then(roster, shard)
                    } else {
                        shard.reply(envelope.stanza.error(StanzaError(.internalServerError, type: .wait)), to: envelope)
                        shard.complete(envelope)
                    }
                }
            }
        }
    }

    private static func write(_ record: RosterRecord, _ envelope: Envelope, on shard: isolated Shard) {
        let name = envelope.from.local ?? ""
        let home = shard.house.shards[shard.index]
        shard.house.store.setRosterItem(record, of: name) { written in
            home.loop.execute {
                home.assumeIsolated { shard in
                    finish(written.map { Int64?.some($0) }, item(record), envelope, on: shard)
                }
            }
        }
    }

    private func remove(_ contact: JID, _ envelope: Envelope, on shard: isolated Shard) {
        let home = shard.house.shards[shard.index]
        let gone = Element("item", NS.roster, ["jid": contact.description, "subscription": "remove"])
        shard.house.store.removeRosterItem(contact.description, of: account.name) { removed in
            home.loop.execute {
                home.assumeIsolated { shard in Self.finish(removed, gone, envelope, on: shard) }
            }
        }
    }

    /// A push to every resource that asked for the roster, then the result (RFC 6121 §2.1.6).
    private static func finish(
        _ written: Result<Int64?, StorageFault>, _ item: Element, _ envelope: Envelope, on shard: isolated Shard
    ) {
        switch written {
        case .success(let version?):
            let account = shard.accountHall?.known(envelope.from.local ?? "")
            for resource in account?.interestedResources ?? [] {
                let push = Stanza(
                    kind: .iq, type: .set, id: "roster-\(version)", from: nil, to: resource.jid,
                    payload: [Element("query", NS.roster) { item }])
                shard.write(push.bytes, to: resource.port)
            }
            shard.reply(envelope.stanza.result([]), to: envelope)
        case .success(nil): shard.reply(envelope.stanza.error(StanzaError(.itemNotFound)), to: envelope)
        case .failure(.limit):
            shard.reply(envelope.stanza.error(StanzaError(.resourceConstraint, type: .wait)), to: envelope)
        case .failure:
            shard.reply(envelope.stanza.error(StanzaError(.internalServerError, type: .wait)), to: envelope)
        }
        shard.complete(envelope)
    }

    private static func item(_ record: RosterRecord) -> Element {
        Element(
            "item", NS.roster,
            [
                "jid": record.jid, "name": record.name, "subscription": Subscription(record.subscription).token,
                "ask": record.ask ? "subscribe" : nil, "approved": record.approved ? "true" : nil,
            ]
        ) {
            for group in record.groups { Element("group", NS.roster) { group } }
        }
    }
}

/// Who sees whose presence (RFC 6121 §2.1.2.5), as the store numbers it.
enum Subscription: UInt8 {
    case none = 0
    case to = 1
    case from = 2
    case both = 3

    init(_ number: UInt8) { self = Subscription(rawValue: number) ?? .none }

    var token: String {
        switch self {
        case .none: "none"
        case .to: "to"
        case .from: "from"
        case .both: "both"
        }
    }
}
