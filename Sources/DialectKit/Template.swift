// A serialised stanza with a hole for the address: rendered once per view, written once per seat.

public import XML
public import XMPP

/// A serialised stanza without its `to`: the same bytes serve every seat of a view (law 4).
///
/// The hole is right behind the element name, so that a transport can put more than the address there (a WebSocket
/// frame needs `xmlns`).
public struct Template: Sendable, Equatable {
    public let kind: Stanza.Kind
    /// Everything that follows `<message`, `<presence` or `<iq` and the address.
    public let tail: [UInt8]

    /// - Parameter write: writes attributes (never `to`) and children of the stanza, whose element is open.
    public init(_ kind: Stanza.Kind, _ write: (inout XMLWriter) -> Void) {
        var writer = XMLWriter(in: NS.client, capacity: 512)
        writer.open(kind.rawValue, NS.client)
        write(&writer)
        writer.close()
        self.kind = kind
        tail = Array(writer.finish().dropFirst(1 + kind.rawValue.utf8.count))
    }

    /// A stanza whose own `to` is left out.
    public init(_ stanza: Stanza) {
        var open = stanza
        open.to = nil
        kind = stanza.kind
        tail = Array(open.bytes.dropFirst(1 + stanza.kind.rawValue.utf8.count))
    }

    /// The opening bytes: `<message`, `<presence` or `<iq`.
    public var head: [UInt8] { Self.head(of: kind) }

    static func head(of kind: Stanza.Kind) -> [UInt8] {
        switch kind {
        case .message: Array("<message".utf8)
        case .presence: Array("<presence".utf8)
        case .iq: Array("<iq".utf8)
        }
    }

    /// The complete stanza for one address.
    public func bytes(to address: AddressHole) -> [UInt8] { head + address.bytes + tail }
}

/// What goes into the hole of a template: ` to='…'`, escaped once per seat.
public struct AddressHole: Sendable, Hashable {
    public let bytes: [UInt8]

    public init(_ address: JID) {
        var writer = XMLWriter(in: "", capacity: 64)
        writer.open("a", "")
        writer.attribute("to", address.description)
        writer.close()
        // `<a to='…'/>` without its first two and last two characters
        bytes = Array(writer.finish().dropFirst(2).dropLast(2))
    }
}
