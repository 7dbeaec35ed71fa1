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
///
/// A short one stands in the value itself: whoever goes through a list of seats reads it where it reads the list, with
/// no object of its own to fetch and to count references of. This runs once for every delivery.
public struct AddressHole: Sendable, Hashable {
    /// Room for an address of 58 octets.
    private struct Inline: Sendable, Hashable {
        private var (first, second) = (SIMD16<UInt8>(), SIMD16<UInt8>())
        private var (third, fourth) = (SIMD16<UInt8>(), SIMD16<UInt8>())

        static let length = 64
    }

    private var inline = Inline()
    private let length: Int
    /// One that does not fit.
    private let long: [UInt8]?

    public init(_ address: JID) {
        var writer = XMLWriter(in: "", capacity: 64)
        writer.open("a", "")
        writer.attribute("to", address.description)
        writer.close()
        // `<a to='…'/>` without its first two and last two characters
        let bytes = Array(writer.finish().dropFirst(2).dropLast(2))
        length = bytes.count
        long = bytes.count > Inline.length ? bytes : nil
        if long == nil { Swift.withUnsafeMutableBytes(of: &inline) { $0.copyBytes(from: bytes) } }
    }

    /// Octets it takes.
    public var count: Int { length }

    /// The octets, copied.
    public var bytes: [UInt8] { long ?? withUnsafeBytes { Array($0) } }

    /// The octets where they are.
    public func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        if let long { return long.withUnsafeBytes(body) }
        return Swift.withUnsafeBytes(of: inline) { body(UnsafeRawBufferPointer(rebasing: $0[..<length])) }
    }
}
