// Old clients see the bookmarks of today's clients, and today's clients theirs.

import Host
import Storage
import XML
import XMPP

/// Bookmarks in private XML (XEP-0048, XEP-0049), and in the one item of a private node (XEP-0048, XEP-0223), as other
/// views of the PEP node of XEP-0402 §5.3.
enum LegacyBookmarksDesk {
    private typealias Item = (id: String, conference: Element)
    private static let slot = PrivateDesk.slot(NS.legacyBookmarks)

    /// Answers all bookmarks, in the element that the way they are asked for wants.
    static func get(
        _ request: AccountTable.Request, _ account: AccountLoop, on shard: isolated Shard,
        _ answer: @escaping @Sendable (_ storage: Element) -> Element
    ) {
        read(request, account, on: shard) { items, others, account, _ in
            let storage = LegacyBookmarks.storage(of: items, others: others)
            account.reply(request.stanza.result([answer(storage)]), to: request.envelope)
        }
    }

    /// The item of a private node as which older clients keep them (XEP-0048 §3.2).
    static func item(_ storage: Element) -> Element {
        Element("pubsub", NS.pubsub) {
            Element("items", NS.pubsub, ["node": NS.legacyBookmarks]) {
                PubSubItem(id: "current", payload: storage).element(in: NS.pubsub)
            }
        }
    }

    /// Takes that item.
    static func publish(
        _ item: PubSubItem, options: DataForm?, _ request: AccountTable.Request, _ account: AccountLoop,
        on shard: isolated Shard
    ) throws(StanzaError) {
        guard let storage = item.payload, storage.is("storage", NS.legacyBookmarks) else {
            throw StanzaError(.invalidPayload)
        }
        let most = account.setup.storage.itemsPerNode
        let demanded = try? options.map { try NodeConfiguration.ofPrivateStorage.applying($0, mostItems: most).access }
        guard options == nil || demanded == .whitelist else { throw StanzaError(.preconditionNotMet) }
        set(storage, request, account, on: shard)
    }

    /// Makes the bookmarks what an old client says they are.
    static func set(
        _ storage: Element, _ request: AccountTable.Request, _ account: AccountLoop, on shard: isolated Shard
    ) {
        let wanted = LegacyBookmarks(reading: storage)
        read(request, account, on: shard) { items, _, account, shard in
            let changes = wanted.changes(of: items)
            do throws(StanzaError) {
                var nodes = account.state.nodes
                let outcome = try nodes.change(
                    changes.published, changes.retracted, by: request.envelope.from,
                    at: shard.loop.now.milliseconds, PEPNodes.Limits(account.setup.storage))
                let rest = Element("storage", NS.legacyBookmarks) { wanted.others }
                account.keep([(slot, rest)], for: request) {
                    account.state.nodes = nodes
                    account.take(outcome)
                }
            } catch {
                account.refuse(request.envelope, error)
            }
        }
    }

    /// Reads the items of today, the oldest first, and what else old clients keep.
    private static func read(
        _ request: AccountTable.Request, _ account: AccountLoop, on shard: isolated Shard,
        _ then: @escaping @Sendable ([Item], [Element], AccountLoop, isolated Shard) -> Void
    ) {
        account.read(.newest(.max), of: NS.bookmarks, for: request, on: shard) { records, account, shard in
            let items: [Item] = records.reversed().compactMap { record in
                guard let conference = try? Element(parsing: record.payload, in: ""),
                    conference.is("conference", NS.bookmarks)
                else { return nil }
                return (record.id, conference)
            }
            let name = account.name
            account.ask(on: shard, { store, done in store.slot(slot, of: name, done) }) { found, account, shard in
                guard case .success(let bytes) = found else {
                    return account.refuse(request.envelope, StanzaError(.internalServerError, type: .wait))
                }
                let storage = bytes.flatMap { try? Element(parsing: $0, in: "") }
                then(items, storage.map { Array($0.children) } ?? [], account, shard)
            }
        }
    }
}

extension PEPNodes {
    /// Publishes and retracts bookmarks; their node is made for the owner alone if it is not there.
    fileprivate mutating func change(
        _ published: [(id: String, conference: Element)], _ retracted: [String], by publisher: JID, at now: Int64,
        _ limits: Limits
    ) throws(StanzaError) -> Outcome {
        var whole = Outcome()
        if self[NS.bookmarks] == nil {
            let form = NodeConfiguration.ofPrivateStorage.form(.submit)
            whole.add(try create(NS.bookmarks, configuration: form, limits))
        }
        for (id, conference) in published {
            let item = PubSubItem(id: id, payload: conference)
            whole.add(
                try publish(item, id: id, to: NS.bookmarks, options: nil, by: publisher, at: now, limits))
        }
        if !retracted.isEmpty { whole.add(try retract(retracted, of: NS.bookmarks, notifies: true)) }
        return whole
    }
}
