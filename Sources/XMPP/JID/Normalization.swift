// Unicode normalization forms C and KC.

/// Normalization forms of Unicode (UAX #15).
///
/// Made here because the standard library has no public way, and Foundation's composes Hangul wrongly: after
/// U+1108 U+1161 it swallows U+11C3, which is no part of a syllable, and other jamo it turns into U+FFFD.
enum Normalization {
    /// Form C: canonical composition.
    static func nfc(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        // No character below U+0300 changes or combines.
        if scalars.allSatisfy({ $0.value < 0x300 }) { return scalars }
        return composed(decomposed(scalars, isCompatibility: false))
    }

    /// Form KC: compatibility decomposition, then canonical composition.
    static func nfkc(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        if scalars.allSatisfy(\.isASCII) { return scalars }
        return composed(decomposed(scalars, isCompatibility: true))
    }

    /// Whether form KC replaces a character that stands alone: the category HasCompat of RFC 8264 §9.17.
    static func hasCompatibilityEquivalent(_ scalar: Unicode.Scalar) -> Bool {
        // Form KC changes nothing that NFKC_Casefold leaves alone, and that is quick to ask.
        scalar.properties.changesWhenNFKCCaseFolded && nfkc([scalar]) != [scalar]
    }

    /// Form D or KD: every character taken apart, marks in canonical order.
    private static func decomposed(_ scalars: [Unicode.Scalar], isCompatibility: Bool) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        result.reserveCapacity(scalars.count)
        for scalar in scalars { decompose(scalar, isCompatibility, into: &result) }
        var start: Int?
        for index in 0...result.count {
            if index < result.count, combiningClass(result[index]) != 0 {
                start = start ?? index
            } else if let first = start {
                order(&result, first..<index)
                start = nil
            }
        }
        return result
    }

    private static func decompose(
        _ scalar: Unicode.Scalar, _ isCompatibility: Bool, into result: inout [Unicode.Scalar]
    ) {
        if scalar.value < 0xa0 {
            result.append(scalar)
        } else if let jamo = Hangul.decompose(scalar) {
            result += jamo
        } else if let mapping = MappingTable.canonical[scalar]
            ?? (isCompatibility ? MappingTable.compatibility[scalar] : nil)
        {
            for part in mapping { decompose(part, isCompatibility, into: &result) }
        } else {
            result.append(scalar)
        }
    }

    /// Sorts marks that follow each other by their combining class, those of one class staying in order.
    private static func order(_ scalars: inout [Unicode.Scalar], _ range: Range<Int>) {
        guard range.count > 1 else { return }
        let marks = range.map { (combiningClass(scalars[$0]), $0, scalars[$0]) }
        scalars.replaceSubrange(range, with: marks.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2))
    }

    /// Puts together what can be put together (UAX #15, D117): a starter and a character that nothing between
    /// them keeps apart.
    private static func composed(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        result.reserveCapacity(scalars.count)
        var starter: Int?
        var lastClass: UInt8 = 0
        for scalar in scalars {
            let own = combiningClass(scalar)
            if let starter {
                let isBlocked = starter < result.count - 1 && lastClass >= own
                if !isBlocked, let whole = compose(result[starter], scalar) {
                    result[starter] = whole
                    continue
                }
            }
            if own == 0 { starter = result.count }
            lastClass = own
            result.append(scalar)
        }
        return result
    }

    private static func compose(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Unicode.Scalar? {
        Hangul.compose(first, second) ?? compositions[Pair(first: first, second: second)]
    }

    private struct Pair: Hashable {
        let first: Unicode.Scalar
        let second: Unicode.Scalar
    }

    /// The primary composites: characters with a canonical decomposition into two, without the exclusions.
    private static let compositions: [Pair: Unicode.Scalar] = Dictionary(
        MappingTable.canonical.pairs.lazy
            .filter { !$0.composed.properties.isFullCompositionExclusion }
            .map { (Pair(first: $0.first, second: $0.second), $0.composed) },
        uniquingKeysWith: { first, _ in first })

    private static func combiningClass(_ scalar: Unicode.Scalar) -> UInt8 {
        scalar.value < 0x300 ? 0 : scalar.properties.canonicalCombiningClass.rawValue
    }
}
