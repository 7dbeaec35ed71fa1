// What a character decomposes into.

/// Decomposition mappings of one kind (UAX #44, Decomposition_Mapping), each a single step.
struct MappingTable: Sendable {
    private var keys: [UInt32] = []
    /// Where the mapping of each key begins in `scalars`, and after them the end of the last one.
    private var starts: [UInt16] = []
    private var scalars: [Unicode.Scalar] = []

    /// Reads the text that Scripts/unicode-tables.py writes: mappings separated by white space, each a key and
    /// a colon, left out where the key follows the one before, and hexadecimal scalars separated by dots.
    init(_ text: String) {
        var key: UInt32 = 0
        for entry in text.utf8.split(whereSeparator: { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }) {
            var mapping = entry
            key += 1
            if let colon = entry.firstIndex(of: UInt8(ascii: ":")) {
                key = Self.number(entry[..<colon])
                mapping = entry[entry.index(after: colon)...]
            }
            keys.append(key)
            starts.append(UInt16(scalars.count))
            scalars += mapping.split(separator: UInt8(ascii: ".")).compactMap { Unicode.Scalar(Self.number($0)) }
        }
        starts.append(UInt16(scalars.count))
    }

    /// The mapping of a character, nil when it has none of this kind.
    subscript(scalar: Unicode.Scalar) -> ArraySlice<Unicode.Scalar>? {
        let index = keys.partitioningIndex { $0 >= scalar.value }
        guard index < keys.count, keys[index] == scalar.value else { return nil }
        return scalars[Int(starts[index])..<Int(starts[index + 1])]
    }

    /// Each character that maps to two, with those.
    var pairs: [(composed: Unicode.Scalar, first: Unicode.Scalar, second: Unicode.Scalar)] {
        keys.compactMap { key in
            guard let composed = Unicode.Scalar(key), let mapping = self[composed], mapping.count == 2,
                let first = mapping.first, let second = mapping.last
            else { return nil }
            return (composed, first, second)
        }
    }

    private static func number(_ digits: Substring.UTF8View) -> UInt32 {
        digits.reduce(0) { $0 << 4 | UInt32($1 < 0x3a ? $1 - 0x30 : $1 - 0x57) }
    }
}
