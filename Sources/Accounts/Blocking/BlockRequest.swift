// What a client asks of its block list, and how the list is written (XEP-0191 §3).

import XML
import XMPP

extension Blocklist {
    /// A change that a client asks for.
    enum Request: Sendable, Equatable {
        case block(Set<JID>)
        case unblock(Set<JID>)
        case unblockAll

        /// Reads a `block` or `unblock` element.
        ///
        /// - Throws: `bad-request` where an item or all items are missing, `jid-malformed`.
        init(reading element: Element) throws(StanzaError) {
            var addresses: Set<JID> = []
            for item in element.children where item.is("item", NS.blocking) {
                guard let text = item["jid"] else { throw StanzaError(.badRequest) }
                guard let address = try? JID(text) else { throw StanzaError(.jidMalformed) }
                addresses.insert(address)
            }
            switch element.name {
            case "block":
                if addresses.isEmpty { throw StanzaError(.badRequest) }
                self = .block(addresses)
            case "unblock": self = addresses.isEmpty ? .unblockAll : .unblock(addresses)
            default: throw StanzaError(.badRequest)
            }
        }

        /// The element that tells other clients of the account of the change.
        var element: Element {
            switch self {
            case .block(let addresses): Element("block", NS.blocking) { Blocklist.items(addresses) }
            case .unblock(let addresses): Element("unblock", NS.blocking) { Blocklist.items(addresses) }
            case .unblockAll: Element("unblock", NS.blocking)
            }
        }
    }

    /// The whole list (XEP-0191 §3.2).
    var element: Element { Element("blocklist", NS.blocking) { Self.items(addresses) } }

    static var blocked: Element { Element("blocked", NS.blockingErrors) }

    fileprivate static func items(_ addresses: Set<JID>) -> [Element] {
        addresses.sorted().map { Element("item", NS.blocking, ["jid": $0.description]) }
    }
}
