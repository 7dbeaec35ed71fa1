// What subscribers of a node are told.
public import XML

/// A notification (XEP-0060 §7.1.2, §7.2.2, §8.2, §8.4, §8.5).
public enum PubSubEvent: Sendable, Equatable {
    /// An item is new, or new again.
    case published(PubSubItem)
    /// Items are gone, by id.
    case retracted([String])
    /// All items are gone.
    case purged
    /// The node is gone.
    case deleted
    /// The node is configured otherwise.
    case configured(DataForm?)

    /// The `event` element about a node.
    public func element(about node: String) -> Element {
        Element("event", NS.pubsubEvent) {
            switch self {
            case .published(let item):
                Element("items", NS.pubsubEvent, ["node": node]) { item.element(in: NS.pubsubEvent) }
            case .retracted(let ids):
                Element("items", NS.pubsubEvent, ["node": node]) {
                    for id in ids { Element("retract", NS.pubsubEvent, ["id": id]) }
                }
            case .purged: Element("purge", NS.pubsubEvent, ["node": node])
            case .deleted: Element("delete", NS.pubsubEvent, ["node": node])
            case .configured(let form):
                Element("configuration", NS.pubsubEvent, ["node": node]) { form?.element }
            }
        }
    }
}
