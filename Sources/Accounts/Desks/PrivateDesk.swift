// Private XML: what a client keeps on the server for itself, by namespace.

import Host
import Storage
import XML
import XMPP

/// Answers requests of private XML storage (XEP-0049).
enum PrivateDesk {
    /// The slot of a namespace, apart from those of the server's own.
    static func slot(_ namespace: String) -> String { "private " + namespace }

    static func register(in table: inout AccountTable) {
        let feature = NS.privateStorage
        table.on(.get, "query", feature, from: .owner, feature: feature, hostFeature: feature) {
            request, account, shard in
            var children = request.element.children.makeIterator()
            guard let asked = children.next(), children.next() == nil, !asked.namespace.isEmpty,
                asked.namespace != feature
            else { return account.refuse(request.envelope, StanzaError(.notAcceptable)) }
            if asked.is("storage", NS.legacyBookmarks) {
                return LegacyBookmarksDesk.get(request, account, on: shard) { storage in
                    Element("query", feature) { storage }
                }
            }
            let slot = slot(asked.namespace)
            guard account.state.slots.contains(slot) else {
                return account.reply(request.stanza.result([request.element]), to: request.envelope)
            }
            let error = StanzaError(.itemNotFound)
            account.answer(request, fromSlot: slot, otherwise: error, on: shard) { kept in
                Element("query", feature) { kept }
            }
        }
        table.on(.set, "query", feature, from: .owner) { request, account, shard in
            let elements = Array(request.element.children)
            let namespaces = elements.map(\.namespace)
            guard !elements.isEmpty, !namespaces.contains(""), !namespaces.contains(feature),
                Set(namespaces).count == elements.count
            else { return account.refuse(request.envelope, StanzaError(.notAcceptable)) }
            if let storage = elements.first, elements.count == 1, storage.is("storage", NS.legacyBookmarks) {
                return LegacyBookmarksDesk.set(storage, request, account, on: shard)
            }
            account.keep(elements.map { (slot($0.namespace), $0) }, for: request)
        }
        table.offer([NS.bookmarksCompat, NS.bookmarksCompat + "-pep", NS.bookmarksConversion])
    }
}
