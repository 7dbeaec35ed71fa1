// Bookmarks as old clients keep them, and what they mean as items of today.

import XML
import XMPP

/// The `storage` element of XEP-0048, against the items of XEP-0402. A value, and pure.
struct LegacyBookmarks: Sendable {
    /// The rooms, by address; what stands twice counts where it came last.
    private(set) var rooms: [String: Room] = [:]
    private var order: [String] = []
    /// Whatever else stands there: bookmarks of web pages, and what nobody knows.
    private(set) var others: [Element] = []

    /// What both ways of keeping a bookmark can say of a room.
    struct Room: Sendable, Equatable {
        var name: String?
        var isAutojoined: Bool
        var nick: String?
        var password: String?

        /// Reads a `conference` element of either form.
        init(reading element: Element) {
            let namespace = element.namespace
            name = element["name"]
            isAutojoined = element["autojoin"] == "1" || element["autojoin"] == "true"
            nick = element.child("nick", namespace)?.text
            password = element.child("password", namespace)?.text
        }

        /// The `conference` element in a namespace, with further children.
        func element(in namespace: String, jid: String? = nil, more: [Element] = []) -> Element {
            Element(
                "conference", namespace, ["jid": jid, "name": name, "autojoin": isAutojoined ? "true" : nil]
            ) {
                nick.map { nick in Element("nick", namespace) { nick } }
                password.map { password in Element("password", namespace) { password } }
                more
            }
        }
    }

    /// Reads a `storage` element. Rooms without a valid address are left out.
    init(reading storage: Element) {
        for child in storage.children {
            guard child.is("conference", NS.legacyBookmarks) else {
                others.append(child)
                continue
            }
            guard let jid = child["jid"].flatMap({ try? JID($0) }) else { continue }
            let id = jid.bare.description
            if rooms[id] == nil { order.append(id) }
            rooms[id] = Room(reading: child)
        }
    }

    /// The `storage` element that says what the items do (XEP-0402 §5.3.1).
    ///
    /// - Parameter others: what else the client keeps there.
    static func storage(of items: [(id: String, conference: Element)], others: [Element]) -> Element {
        Element("storage", NS.legacyBookmarks) {
            items.map { Room(reading: $0.conference).element(in: NS.legacyBookmarks, jid: $0.id) }
            others
        }
    }

    /// What is to be published and retracted so that the items say what this does (XEP-0402 §5.3.2): nothing for what
    /// stays as it is. Extensions of items that are there stay.
    func changes(
        of items: [(id: String, conference: Element)]
    ) -> (published: [(id: String, conference: Element)], retracted: [String]) {
        let old = Dictionary(items.map { ($0.id, $0.conference) }, uniquingKeysWith: { $1 })
        let published = order.compactMap { id -> (id: String, conference: Element)? in
            guard let room = rooms[id], old[id].map(Room.init(reading:)) != room else { return nil }
            let extensions = old[id]?.child("extensions", NS.bookmarks)
            return (id, room.element(in: NS.bookmarks, more: extensions.map { [$0] } ?? []))
        }
        return (published, items.map(\.id).filter { rooms[$0] == nil })
    }
}
