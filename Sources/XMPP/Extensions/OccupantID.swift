// The id under which a room knows an occupant, whatever the nick.
public import XML

/// The id of an occupant, the same for every visit and every session of one account (XEP-0421).
public struct OccupantID: Sendable, Hashable {
    /// The id, opaque.
    public var id: String

    /// Makes an id.
    public init(_ id: String) {
        self.id = id
    }

    /// Reads an `occupant-id` element; nil if it is none or lacks an id.
    public init?(reading element: Element) {
        guard element.is("occupant-id", NS.occupantID), let id = element["id"] else { return nil }
        self.init(id)
    }

    /// The `occupant-id` element.
    public var element: Element {
        Element("occupant-id", NS.occupantID, ["id": id])
    }
}
