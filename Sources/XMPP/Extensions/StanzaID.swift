// Ids that stay with a message: the archive's, and the sender's own.
public import XML

/// The id that a room or an account's server gave to a message (XEP-0359).
public struct StanzaID: Sendable, Hashable {
    /// The id, unique for what assigned it.
    public var id: String
    /// Who assigned it: the room, or the account.
    public var by: JID

    /// Makes an id.
    public init(_ id: String, by: JID) {
        self.id = id
        self.by = by
    }

    /// Reads a `stanza-id` element; nil if it is none, or lacks an id or a valid `by`.
    public init?(reading element: Element) {
        guard element.is("stanza-id", NS.sid), let id = element["id"],
            let by = element["by"].flatMap({ try? JID($0) })
        else { return nil }
        self.init(id, by: by)
    }

    /// The `stanza-id` element.
    public var element: Element {
        Element("stanza-id", NS.sid, ["id": id, "by": by.description])
    }
}

/// The id that the sender's client gave to a message, which nobody changes (XEP-0359).
public struct OriginID: Sendable, Hashable {
    /// The id.
    public var id: String

    /// Makes an id.
    public init(_ id: String) {
        self.id = id
    }

    /// Reads an `origin-id` element; nil if it is none or lacks an id.
    public init?(reading element: Element) {
        guard element.is("origin-id", NS.sid), let id = element["id"] else { return nil }
        self.init(id)
    }

    /// The `origin-id` element.
    public var element: Element {
        Element("origin-id", NS.sid, ["id": id])
    }
}

extension Stanza {
    /// Removes every `stanza-id` that claims to be assigned by one of these addresses, compared as JIDs; all others
    /// stay (XEP-0359, Business Rules).
    public mutating func removeStanzaIDs(by addresses: Set<JID>) {
        payload.removeAll { element in
            guard element.is("stanza-id", NS.sid), let by = element["by"] else { return false }
            return (try? JID(by)).map(addresses.contains) ?? false
        }
    }
}
