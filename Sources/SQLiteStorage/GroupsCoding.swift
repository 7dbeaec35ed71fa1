// The groups of a roster entry as the bytes of one column: each with its length in front.

/// Four bytes of length (lowest first), then the UTF-8 bytes of the group; and so on.
enum GroupsCoding {
    static func encode(_ groups: [String]) -> [UInt8] {
        var bytes: [UInt8] = []
        for group in groups {
            let length = UInt32(group.utf8.count)
            for shift in [0, 8, 16, 24] as [UInt32] { bytes.append(UInt8(truncatingIfNeeded: length >> shift)) }
            bytes += group.utf8
        }
        return bytes
    }

    /// What was encoded; of damaged bytes, the groups before the damage.
    static func decode(_ bytes: [UInt8]) -> [String] {
        var groups: [String] = []
        var rest = bytes[...]
        while rest.count >= 4 {
            let length = rest.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(4)
            guard length <= rest.count else { break }
            groups.append(String(decoding: rest.prefix(length), as: UTF8.self))
            rest = rest.dropFirst(length)
        }
        return groups
    }
}
