// Personal eventing at an account's address: requests, what they change, and what is read.

import Host
import Storage
import XML
import XMPP

/// Answers publish-subscribe requests at the bare JID of an account (XEP-0163, a subset of XEP-0060).
enum PEPDesk {
    /// What of XEP-0060 §10 is offered, behind `http://jabber.org/protocol/pubsub#`.
    static let offers = [
        "access-open", "access-presence", "access-roster", "access-whitelist", "auto-create", "auto-subscribe",
        "config-node", "config-node-max", "create-and-configure", "create-nodes", "delete-items", "delete-nodes",
        "filtered-notifications", "item-ids", "last-published", "meta-data", "multi-items", "persistent-items",
        "presence-notifications", "publish", "publish-options", "purge-nodes", "retract-items", "retrieve-default",
        "retrieve-items", "rsm",
    ]

    static func register(in table: inout AccountTable) {
        for type in [StanzaType.get, .set] {
            table.on(type, "pubsub", NS.pubsub, from: .anyone, feature: NS.pubsub, receive)
            table.on(type, "pubsub", NS.pubsubOwner, from: .anyone, feature: NS.pubsubOwner, receive)
        }
        table.offer(offers.map { NS.pubsub + "#" + $0 } + [NS.pubsubPublishOptions])
    }

    private static func receive(_ request: AccountTable.Request, _ account: AccountLoop, on shard: isolated Shard) {
        do throws(StanzaError) {
            let asked = try PubSubRequest(reading: request.element, type: request.stanza.type)
            if case .items(_, NS.legacyBookmarks) = asked, request.isOwn {
                return LegacyBookmarksDesk.get(request, account, on: shard, LegacyBookmarksDesk.item)
            }
            if case .items(let selection, let node) = asked {
                return try answer(selection, of: node, request, account, on: shard)
            }
            // one publisher and owner a node: whose account it is (XEP-0163 §2.2)
            guard request.isOwn else { throw StanzaError(.forbidden) }
            switch asked {
            case .publish(let item, NS.legacyBookmarks, let options):
                try LegacyBookmarksDesk.publish(item, options: options, request, account, on: shard)
            case .retract(let ids, let node, let notifies):
                try retract(ids, of: node, notifies: notifies, request, account, on: shard)
            case .configuration(let node):
                guard let configuration = account.state.nodes[node] else { throw StanzaError(.itemNotFound) }
                answer(configuration, "configure", node: node, request, account)
            case .defaultConfiguration: answer(NodeConfiguration(), "default", node: nil, request, account)
            default: try change(asked, request, account, on: shard)
            }
        } catch {
            account.refuse(request.envelope, error)
        }
    }

    // MARK: Changing

    private static func change(
        _ asked: PubSubRequest, _ request: AccountTable.Request, _ account: AccountLoop, on shard: isolated Shard
    ) throws(StanzaError) {
        var nodes = account.state.nodes
        let limits = PEPNodes.Limits(account.setup.storage)
        let outcome: PEPNodes.Outcome
        var answer: Element?
        switch asked {
        case .publish(let item, let node, let options):
            let id = item.id ?? newName(on: shard)
            outcome = try nodes.publish(
                item, id: id, to: node, options: options, by: request.envelope.from,
                at: shard.loop.now.milliseconds, limits)
            answer = Element("publish", NS.pubsub, ["node": node]) { Element("item", NS.pubsub, ["id": id]) }
        case .create(let name, let form):
            let node = name ?? newName(on: shard)
            outcome = try nodes.create(node, configuration: form, limits)
            if name == nil { answer = Element("create", NS.pubsub, ["node": node]) }
        case .configure(let node, let form): outcome = try nodes.configure(node, form, limits)
        case .delete(let node): outcome = try nodes.delete(node)
        case .purge(let node): outcome = try nodes.purge(node)
        case .retract, .items, .configuration, .defaultConfiguration: throw StanzaError(.badRequest)
        }
        account.state.nodes = nodes
        account.reply(
            request.stanza.result(answer.map { answer in [Element("pubsub", NS.pubsub) { answer }] } ?? []),
            to: request.envelope)
        account.take(outcome)
    }

    /// Sixteen hexadecimal digits that nothing else is named by.
    private static func newName(on shard: isolated Shard) -> String {
        shard.house.randomBytes(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Only what is there can be retracted (XEP-0060 §7.2.3.2).
    private static func retract(
        _ ids: [String], of node: String, notifies: Bool?, _ request: AccountTable.Request, _ account: AccountLoop,
        on shard: isolated Shard
    ) throws(StanzaError) {
        guard account.state.nodes[node] != nil else { throw StanzaError(.itemNotFound) }
        account.read(.ids(ids), of: node, for: request, on: shard) { records, account, _ in
            let found = Set(records.map(\.id))
            guard !found.isEmpty,
                let outcome = try? account.state.nodes.retract(
                    ids.filter(found.contains), of: node, notifies: notifies)
            else { return account.refuse(request.envelope, StanzaError(.itemNotFound)) }
            account.reply(request.stanza.result([]), to: request.envelope)
            account.take(outcome)
        }
    }

    // MARK: Reading

    private static func answer(
        _ configuration: NodeConfiguration, _ name: String, node: String?, _ request: AccountTable.Request,
        _ account: AccountLoop
    ) {
        let form = configuration.form(.form).element
        let pubsub = Element("pubsub", NS.pubsubOwner) { Element(name, NS.pubsubOwner, ["node": node]) { form } }
        account.reply(request.stanza.result([pubsub]), to: request.envelope)
    }

    private static func answer(
        _ selection: PubSubRequest.Selection, of node: String, _ request: AccountTable.Request,
        _ account: AccountLoop, on shard: isolated Shard
    ) throws(StanzaError) {
        guard let configuration = account.state.nodes[node] else { throw StanzaError(.itemNotFound) }
        if let refusal = configuration.refusal(to: account.reader(for: request.envelope.from)) { throw refusal }
        // one more than is wanted shows whether there are more
        let wanted: Int
        let stored: ItemSelection
        switch selection {
        case .ids(let ids): (wanted, stored) = (.max, .ids(ids))
        case .newest(let most): (wanted, stored) = (most, .newest(min(most, configuration.keep)))
        case .page(let page):
            guard page.index == nil, page.before == nil else { throw StanzaError(.featureNotImplemented) }
            wanted = page.max ?? .max
            let most = wanted < .max ? wanted + 1 : .max
            stored = page.after.map { .older(than: $0, most) } ?? .newest(most)
        }
        account.read(stored, of: node, for: request, on: shard) { records, account, shard in
            let shown = records.filter { !configuration.hasExpired($0, shard) }
            if case .ids = selection, shown.isEmpty {
                return account.refuse(request.envelope, StanzaError(.itemNotFound))
            }
            let items = shown.prefix(wanted).compactMap { record in
                (try? Element(parsing: record.payload, in: "")).map { payload in
                    PubSubItem(id: record.id, payload: payload).element(in: NS.pubsub)
                }
            }
            let limits = account.setup.storage
            let bytes = records.reduce(0) { $0 + $1.payload.count }
            let isWhole =
                stored == .newest(.max) && records.count < limits.pageRows
                && bytes <= limits.itemsBytes - limits.itemBytes
            let page = ResultSet.Answer(first: shown.first?.id, last: shown.prefix(wanted).last?.id)
            let pubsub = Element("pubsub", NS.pubsub) {
                Element("items", NS.pubsub, ["node": node]) { items }
                if case .page = selection, !isWhole { page.element }
            }
            account.reply(request.stanza.result([pubsub]), to: request.envelope)
        }
    }
}

extension AccountLoop {
    /// Stores what a change of nodes leads to, and tells of it when it is stored.
    func take(_ outcome: PEPNodes.Outcome) {
        for change in outcome.writes { write(change) }
        spread(outcome.news)
    }

    /// Reads items; the failure to is answered.
    func read(
        _ selection: ItemSelection, of node: String, for request: AccountTable.Request, on shard: isolated Shard,
        _ then: @escaping @Sendable ([ItemRecord], AccountLoop, isolated Shard) -> Void
    ) {
        let name = name
        ask(on: shard, { store, done in store.items(selection, node: node, of: name, done) }) {
            found, account, shard in
            guard case .success(let records) = found else {
                return account.refuse(request.envelope, StanzaError(.internalServerError, type: .wait))
            }
            then(records, account, shard)
        }
    }
}
