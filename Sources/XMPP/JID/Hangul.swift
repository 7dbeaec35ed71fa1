// Hangul syllables: composed and decomposed by arithmetic.

/// Hangul syllables and the conjoining jamo they are made of (Unicode §3.12).
enum Hangul {
    private static let (syllables, leading, vowels, trailing): (UInt32, UInt32, UInt32, UInt32) =
        (0xac00, 0x1100, 0x1161, 0x11a7)
    private static let (leadingCount, vowelCount, trailingCount): (UInt32, UInt32, UInt32) = (19, 21, 28)
    private static var syllableCount: UInt32 { leadingCount * vowelCount * trailingCount }

    /// The two or three jamo of a syllable; nil for any other character.
    static func decompose(_ scalar: Unicode.Scalar) -> [Unicode.Scalar]? {
        let index = scalar.value &- syllables
        guard index < syllableCount else { return nil }
        let trail = index % trailingCount
        let jamo = [
            leading + index / (vowelCount * trailingCount),
            vowels + index / trailingCount % vowelCount,
        ]
        return (trail == 0 ? jamo : jamo + [trailing + trail]).compactMap(Unicode.Scalar.init)
    }

    /// The syllable made of a leading jamo and a vowel, or of a syllable of these two and a trailing jamo.
    static func compose(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Unicode.Scalar? {
        let (lead, vowel) = (first.value &- leading, second.value &- vowels)
        if lead < leadingCount, vowel < vowelCount {
            return Unicode.Scalar(syllables + (lead * vowelCount + vowel) * trailingCount)
        }
        let (index, trail) = (first.value &- syllables, second.value &- trailing)
        guard index < syllableCount, index % trailingCount == 0, trail > 0, trail < trailingCount else { return nil }
        return Unicode.Scalar(first.value + trail)
    }
}
