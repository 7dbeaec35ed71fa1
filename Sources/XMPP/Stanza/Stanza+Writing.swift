// Writes stanzas.
public import XML

extension Stanza {
    /// Room for an ordinary stanza, in bytes, so that writing it allocates once.
    private static let usualBytes = 512

    /// Appends the stanza to `writer`, in `jabber:client`.
    ///
    /// `to` is the first attribute, so that one serialisation serves many recipients by cutting it there.
    public func write(into writer: inout XMLWriter) {
        writer.open(kind.rawValue, NS.client)
        if let to { writer.attribute("to", to.description) }
        if let from { writer.attribute("from", from.description) }
        if let id { writer.attribute("id", id) }
        if let type = type.attribute { writer.attribute("type", type) }
        if let language { writer.language(language) }
        for element in payload { writer.element(element) }
        writer.close()
    }

    /// The stanza as it goes on a stream.
    ///
    /// Written as if the stream's default namespace were `jabber:client`, so nothing in it names that namespace
    /// and the same bytes are right on a server or component stream too (RFC 6120 §4.8.3).
    public var bytes: [UInt8] {
        var writer = XMLWriter(in: NS.client, capacity: Self.usualBytes)
        write(into: &writer)
        return writer.finish()
    }

    /// The stanza as an element in `jabber:client`, for forwarding (XEP-0297) and archives.
    public var element: Element {
        Element(
            kind.rawValue, NS.client,
            ["to": to?.description, "from": from?.description, "id": id, "type": type.attribute], language: language
        ) { payload }
    }
}

extension Stanza: CustomStringConvertible {
    /// The stanza as XML.
    public var description: String { String(decoding: bytes, as: UTF8.self) }
}
