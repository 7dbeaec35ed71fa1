// The flat form of an element tree: one immutable array of records and bytes.

/// One tree in one allocation, in document order:
///
///     [3 × UInt32: where attributes, names and bytes begin][20 B node …][16 B attribute …][8 B name …][UTF-8]
///
/// Names are references: a number of ``KnownNames``, or one of this tape's own. All text in it is valid XML 1.0 text,
/// and no two text nodes are adjacent, so equal trees have equal node sequences.
struct Tape: Sendable {
    static let headerSize = 12
    /// Set in a reference to one of the tape's own names.
    static let ownName: UInt32 = 0x8000_0000
    /// In the place of a node's namespace: the node is text.
    static let textMark = UInt32.max

    /// An element or a run of text.
    struct NodeRecord {
        /// Namespace reference, or ``Tape/textMark``.
        var namespace: UInt32
        /// Reference to the local name.
        var name: UInt32
        /// Element: its first attribute's number. Text: where its bytes begin.
        var first: UInt32
        /// Element: how many attributes. Text: how many bytes.
        var count: UInt32
        /// The number of the node after this one and all within it.
        var end: UInt32

        @inline(__always)
        var isText: Bool { namespace == Tape.textMark }
        static let size = 20
    }

    /// An attribute of an element.
    struct AttributeRecord {
        var namespace: UInt32
        var name: UInt32
        var start: UInt32
        var count: UInt32
        static let size = 16
    }

    /// Where one of the tape's own names lies.
    struct NameRecord {
        var start: UInt32
        var count: UInt32
        static let size = 8
    }

    let storage: [UInt8]

    @inline(__always)
    func node(_ index: Int) -> NodeRecord {
        storage.withUnsafeBytes {
            $0.loadUnaligned(fromByteOffset: Self.headerSize &+ index &* NodeRecord.size, as: NodeRecord.self)
        }
    }

    @inline(__always)
    func attribute(_ index: Int) -> AttributeRecord {
        storage.withUnsafeBytes {
            let base = Int($0.loadUnaligned(fromByteOffset: 0, as: UInt32.self))
            return $0.loadUnaligned(fromByteOffset: base &+ index &* AttributeRecord.size, as: AttributeRecord.self)
        }
    }

    /// Calls `body` with `count` bytes of the text area from `start`.
    @inline(__always)
    func withBytes<Result>(_ start: UInt32, _ count: UInt32, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        storage.withUnsafeBytes {
            let base = Int($0.loadUnaligned(fromByteOffset: 8, as: UInt32.self))
            return body($0.slice(base &+ Int(start), Int(count)))
        }
    }

    /// Calls `body` with the bytes of a name.
    @inline(__always)
    func withName<Result>(_ reference: UInt32, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        if reference & Self.ownName == 0 { return KnownNames.table.withBytes(reference, body) }
        let record = storage.withUnsafeBytes {
            let base = Int($0.loadUnaligned(fromByteOffset: 4, as: UInt32.self))
            let index = Int(reference & ~Self.ownName)
            return $0.loadUnaligned(fromByteOffset: base &+ index &* NameRecord.size, as: NameRecord.self)
        }
        return withBytes(record.start, record.count, body)
    }

    /// Whether a name has these bytes.
    @inline(__always)
    func name(_ reference: UInt32, equals bytes: UnsafeRawBufferPointer) -> Bool {
        withName(reference) { $0.equals(bytes) }
    }

    /// A name as a string.
    func nameString(_ reference: UInt32) -> String {
        if reference & Self.ownName == 0 { return KnownNames.table.string(reference) }
        return withName(reference) { $0.string }
    }
}
