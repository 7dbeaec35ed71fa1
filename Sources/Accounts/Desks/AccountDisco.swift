// Discovery of an account: what it is, what it can, which nodes it has; and whether it is there.

import Host
import Storage
import XML
import XMPP

/// Answers service discovery at an account's bare JID, to its owner and to whoever may see its presence
/// (XEP-0030, RFC 6121 §8.5.2.1.3), and pings of its own clients (XEP-0199).
enum AccountDisco {
    static func register(in table: inout AccountTable) {
        let (info, items) = (NS.discoInfo, NS.discoItems)
        table.on(.get, "query", info, from: .anyone, feature: info, hostFeature: info) { request, account, shard in
            answer(request, account, on: shard, about: Self.info)
        }
        table.on(.get, "query", items, from: .anyone, feature: items, hostFeature: items) { request, account, shard in
            answer(request, account, on: shard, about: Self.items)
        }
        for namespace in [info, items] {
            table.on(.set, "query", namespace, from: .owner) { request, account, _ in
                account.refuse(request.envelope, StanzaError(.badRequest))
            }
        }
        table.on(.get, "ping", NS.ping, from: .owner, feature: NS.ping, hostFeature: NS.ping) { request, account, _ in
            account.reply(request.stanza.result([]), to: request.envelope)
        }
    }

    /// Answers those who may know that the account is there.
    private static func answer(
        _ request: AccountTable.Request, _ account: AccountLoop, on shard: isolated Shard,
        about: (AccountTable.Request, AccountLoop, NodeReader, isolated Shard) throws(StanzaError) -> Void
    ) {
        let reader = account.reader(for: request.envelope.from)
        guard reader.seesPresence else {
            return account.refuse(request.envelope, StanzaError(.serviceUnavailable))
        }
        do throws(StanzaError) {
            try about(request, account, reader, shard)
        } catch {
            account.refuse(request.envelope, error)
        }
    }

    /// The configuration of the node asked about, if this reader may know of it.
    private static func node(
        _ name: String, _ account: AccountLoop, _ reader: NodeReader
    ) throws(StanzaError) -> NodeConfiguration {
        guard let configuration = account.state.nodes[name], configuration.refusal(to: reader) == nil else {
            throw StanzaError(.itemNotFound)
        }
        return configuration
    }

    private static func info(
        _ request: AccountTable.Request, _ account: AccountLoop, _ reader: NodeReader, on shard: isolated Shard
    ) throws(StanzaError) {
        let answer: DiscoInfo
        if let name = request.element["node"] {
            answer = DiscoInfo(
                node: name, identities: [DiscoInfo.Identity(category: "pubsub", type: "leaf")], features: [NS.pubsub],
                forms: [try node(name, account, reader).metaData])
        } else {
            answer = DiscoInfo(
                identities: [
                    DiscoInfo.Identity(category: "account", type: "registered"),
                    DiscoInfo.Identity(category: "pubsub", type: "pep"),
                ], features: account.table.features + account.archiveFeatures)
        }
        account.reply(request.stanza.result([answer.element]), to: request.envelope)
    }

    /// Of the account the nodes this reader may read (XEP-0163 §4.1); of a node its items (XEP-0060 §5.5).
    private static func items(
        _ request: AccountTable.Request, _ account: AccountLoop, _ reader: NodeReader, on shard: isolated Shard
    ) throws(StanzaError) {
        guard let name = request.element["node"] else {
            let nodes = account.state.nodes
            let names = nodes.names.filter { nodes[$0]?.refusal(to: reader) == nil }
            let items = names.map { DiscoItems.Item(jid: account.jid, node: $0) }
            return account.reply(request.stanza.result([DiscoItems(items: items).element]), to: request.envelope)
        }
        _ = try node(name, account, reader)
        account.read(.newest(.max), of: name, for: request, on: shard) { records, account, _ in
            let items = records.map { DiscoItems.Item(jid: account.jid, name: $0.id) }
            account.reply(
                request.stanza.result([DiscoItems(node: name, items: items).element]), to: request.envelope)
        }
    }
}

extension NodeConfiguration {
    /// What whoever may read a node is told of it (XEP-0060 §5.4).
    fileprivate var metaData: DataForm {
        let told = ["pubsub#title", "pubsub#type", "pubsub#access_model", "pubsub#max_items", "pubsub#persist_items"]
        let form = form(.result)
        return DataForm(.result, formType: NS.pubsubMetaData, fields: told.compactMap(form.field))
    }
}
