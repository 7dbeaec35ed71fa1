// Which characters XML 1.0 permits, and which must be escaped where.

/// The namespace that the prefix `xml` always stands for (Namespaces in XML 1.0 §3).
let xmlNamespace = "http://www.w3.org/XML/1998/namespace"

/// The namespace of namespace declarations, which no element or attribute can be in (Namespaces in XML 1.0 §3).
let xmlnsNamespace = "http://www.w3.org/2000/xmlns/"

/// What a run of text becomes part of, which decides what is escaped in it.
enum TextPlace {
    /// Between tags.
    case content
    /// Between the apostrophes of an attribute value.
    case attribute
    /// In a tape: nothing is escaped, only characters that XML 1.0 forbids are replaced.
    case tape
}

enum XMLCharacters {
    /// U+FFFD in UTF-8: stands for each character that XML 1.0 §2.2 forbids.
    static let replacement: StaticString = "\u{FFFD}"

    /// The first byte at or after `start` that cannot be copied to `place` as it is, or the end of `bytes`.
    ///
    /// Eight bytes are looked at together: a word without control characters, `&`, `'`, `<`, `>` or 0xEF (the first
    /// byte of U+FFFE and U+FFFF) is passed over whole; any other word is looked at byte by byte.
    @inline(__always)
    static func plainRun(_ bytes: UnsafeRawBufferPointer, from start: Int, for place: TextPlace) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        var index = start
        while index &+ 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            let quotes = (word | ones) ^ (ones &* 0x27)
            let angles = (word | (ones &* 0x02)) ^ (ones &* 0x3E)
            let wide = word ^ (ones &* 0xEF)
            let controls = (word &- (ones &* 0x20)) & ~word
            var found = controls | ((wide &- ones) & ~wide)
            if place != .tape { found |= ((quotes &- ones) & ~quotes) | ((angles &- ones) & ~angles) }
            if found & highs != 0 {
                for offset in index..<index &+ 8 where isSpecial(bytes, offset, place) { return offset }
            }
            index &+= 8
        }
        while index < bytes.count {
            if isSpecial(bytes, index, place) { return index }
            index &+= 1
        }
        return index
    }

    /// Whether the byte at `index` needs a substitute in `place`.
    @inline(__always)
    private static func isSpecial(_ bytes: UnsafeRawBufferPointer, _ index: Int, _ place: TextPlace) -> Bool {
        let byte = bytes[index]
        switch byte {
        case 0x09, 0x0A: return place == .attribute
        case 0x0D: return place != .tape
        case 0..<0x20: return true
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"): return place != .tape
        case UInt8(ascii: "'"): return place == .attribute
        case 0xEF: return isNoncharacter(bytes, index)
        default: return false
        }
    }

    /// Whether U+FFFE or U+FFFF begins at `index`.
    private static func isNoncharacter(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> Bool {
        index + 2 < bytes.count && bytes[index] == 0xEF && bytes[index + 1] == 0xBF && bytes[index + 2] >= 0xBE
    }

    /// What is written for the special byte at `index`, and how many bytes it stands for.
    static func substitute(
        _ bytes: UnsafeRawBufferPointer, _ index: Int, for place: TextPlace
    ) -> (text: StaticString, length: Int) {
        switch bytes[index] {
        case UInt8(ascii: "&"): return ("&amp;", 1)
        case UInt8(ascii: "<"): return ("&lt;", 1)
        case UInt8(ascii: ">"): return ("&gt;", 1)
        case UInt8(ascii: "'"): return ("&apos;", 1)
        case 0x09 where place == .attribute: return ("&#9;", 1)
        case 0x0A where place == .attribute: return ("&#10;", 1)
        case 0x0D: return ("&#13;", 1)
        case 0xEF: return (replacement, 3)
        default: return (replacement, 1)
        }
    }
}
