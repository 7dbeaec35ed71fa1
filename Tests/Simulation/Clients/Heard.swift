// A stanza as a client reads it: what matters of it, read once for all who get the same bytes.

import ScenarioKit
import XML
import XMPP

/// What one stanza says.
package final class Heard: Sendable {
    /// What is said of somebody's rank.
    struct Item: Sendable, Equatable {
        var affiliation: String?
        var role: String?
        var jid: String?
        var nick: String?
    }

    /// One message of a page of an archive.
    struct Page: Sendable {
        let query: String
        let body: String?
    }

    let element: Element
    let kind: String
    let type: String?
    let id: String?
    let from: String
    /// The local part of the room it comes from; nil: from somewhere else.
    let room: String?
    /// The occupant it comes from; nil: from the room itself.
    let nick: String?
    let codes: Set<String>
    let item: Item?
    let endsRoom: Bool
    let body: String?
    let subject: String?
    let isDelayed: Bool
    let page: Page?
    /// The condition, where it is an error.
    let error: String?
    /// The clients whose real addresses stand in it.
    let owners: [String]
    let hash: UInt64

    init(_ element: Element, owners: (String) -> [String]) {
        self.element = element
        kind = element.name
        type = element["type"]
        id = element["id"]
        from = element["from"] ?? ""
        let parts = from.split(separator: "/", maxSplits: 1)
        let isRoom = parts.first?.hasSuffix("@" + InProcessHouse.rooms) ?? false
        room = isRoom ? parts.first.map { String($0.prefix { $0 != "@" }) } : nil
        nick = isRoom && parts.count == 2 ? String(parts[1]) : nil
        let user = element.child("x", NS.mucUser)
        let item = user?.child("item", NS.mucUser)
        codes = Set(user?.children.filter { $0.name == "status" }.compactMap { $0["code"] } ?? [])
        self.item = item.map {
            Item(affiliation: $0["affiliation"], role: $0["role"], jid: $0["jid"], nick: $0["nick"])
        }
        endsRoom = user?.child("destroy", NS.mucUser) != nil
        body = element.child("body", NS.client)?.text
        subject = element.child("subject", NS.client)?.text
        isDelayed = element.child("delay", NS.delay) != nil
        page = element.child("result", NS.mam).map { result in
            let message = result.child("forwarded", NS.forward)?.child("message", NS.client)
            return Page(query: result["queryid"] ?? "", body: message?.child("body", NS.client)?.text)
        }
        error = type == "error" ? element.child("error", NS.client)?.firstChild?.name ?? "" : nil
        let text = element.description
        self.owners = owners(text)
        hash = text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
