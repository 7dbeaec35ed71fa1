// What an entity contains: the answer to a disco#items request.
public import XML

/// The items of an entity or node (XEP-0030 §4), or one page of them (XEP-0059).
public struct DiscoItems: Sendable, Equatable {
    /// Something the entity contains.
    public struct Item: Sendable, Hashable {
        /// Where to ask about it.
        public var jid: JID
        /// Which node to ask about there.
        public var node: String?
        /// A name for people.
        public var name: String?

        /// Makes an item.
        public init(jid: JID, node: String? = nil, name: String? = nil) {
            self.jid = jid
            self.node = node
            self.name = name
        }
    }

    /// The node asked about; nil for the entity itself.
    public var node: String?
    /// The items, in order.
    public var items: [Item]
    /// Which part of all the items this is; nil if it is all of them.
    public var page: ResultSet.Answer?

    /// Makes an answer.
    public init(node: String? = nil, items: [Item] = [], page: ResultSet.Answer? = nil) {
        self.node = node
        self.items = items
        self.page = page
    }

    /// Reads a `query` element; nil if it is none. Items without a valid address are passed over.
    public init?(reading element: Element) {
        guard element.is("query", NS.discoItems) else { return nil }
        self.init(node: element["node"])
        for child in element.children {
            if child.is("item", NS.discoItems) {
                guard let jid = child["jid"].flatMap({ try? JID($0) }) else { continue }
                items.append(Item(jid: jid, node: child["node"], name: child["name"]))
            } else if let page = ResultSet.Answer(reading: child) {
                self.page = page
            }
        }
    }

    /// The `query` element.
    public var element: Element {
        Element("query", NS.discoItems, ["node": node]) {
            items.map { item in
                Element(
                    "item", NS.discoItems, ["jid": item.jid.description, "node": item.node, "name": item.name])
            }
            page?.element
        }
    }
}
