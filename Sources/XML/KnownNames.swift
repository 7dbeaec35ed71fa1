// The frozen table of names every XMPP server meets: a tape stores their number instead of their bytes.

/// Names and namespaces known at start, by number. It never grows, so no peer can fill it.
struct KnownNames: Sendable {
    /// The one table; built at first use from ``KnownNameList``.
    static let table = KnownNames(KnownNameList.all)
    /// The number of the empty name, which is also "no namespace".
    static let none: UInt32 = 0

    private let strings: [String]
    private let bytes: [UInt8]
    private let ends: [UInt32]
    private let slots: [UInt16]
    private static let slotCount = 2_048
    private static let free = UInt16.max

    init(_ names: [String]) {
        var bytes: [UInt8] = []
        var ends: [UInt32] = []
        var slots = [UInt16](repeating: Self.free, count: Self.slotCount)
        let strings = [""] + names
        precondition(strings.count <= Self.slotCount / 2, "the table of known names is too full to be quick")
        for (number, string) in strings.enumerated() {
            var slot = string.withBytes { Self.hash($0) }
            while slots[slot] != Self.free { slot = (slot + 1) & (Self.slotCount - 1) }
            slots[slot] = UInt16(number)
            bytes.append(contentsOf: string.utf8)
            ends.append(UInt32(bytes.count))
        }
        (self.strings, self.bytes, self.ends, self.slots) = (strings, bytes, ends, slots)
    }

    /// The number of a name, if it is known.
    @inline(__always)
    func number(of name: UnsafeRawBufferPointer) -> UInt32? {
        var slot = Self.hash(name)
        while true {
            let number = slots[slot]
            if number == Self.free { return nil }
            if withBytes(UInt32(number), { $0.equals(name) }) { return UInt32(number) }
            slot = (slot &+ 1) & (Self.slotCount - 1)
        }
    }

    /// Calls `body` with the bytes of the name with this number.
    @inline(__always)
    func withBytes<Result>(_ number: UInt32, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        let start = number == 0 ? 0 : Int(ends[Int(number) - 1])
        let end = Int(ends[Int(number)])
        return bytes.withUnsafeBytes { body($0.slice(start, end - start)) }
    }

    /// The name with this number.
    func string(_ number: UInt32) -> String { strings[Int(number)] }

    /// Of length and the last eight bytes, where known names differ. A peer gains nothing by collisions: the table
    /// is never written, and a probe ends at the first free slot.
    @inline(__always)
    private static func hash(_ name: UnsafeRawBufferPointer) -> Int {
        var word: UInt64
        if name.count >= 8 {
            word = name.loadUnaligned(fromByteOffset: name.count - 8, as: UInt64.self)
        } else {
            word = 0
            for byte in name { word = word << 8 | UInt64(byte) }
        }
        word = (word ^ UInt64(truncatingIfNeeded: name.count)) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: word >> 53)
    }
}
