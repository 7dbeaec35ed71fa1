// The Bidi Rule: texts that hold characters written right to left must not look like another text.

/// The Bidi Rule (RFC 5893 §2), as PRECIS applies it: to texts with characters written right to left, others
/// pass (RFC 8264 §5.2.5).
enum BidiRule {
    /// The bidirectional classes the rule tells apart.
    enum Class: UInt8 {
        // In the order of the table's numbers.
        /// L.
        case left
        /// R and AL.
        case right
        /// AN.
        case arabicNumber
        /// EN.
        case europeanNumber
        /// ES, CS, ET, ON and BN.
        case neutral
        /// NSM.
        case mark
    }

    /// Whether the rule allows the text.
    static func holds(for scalars: [Unicode.Scalar]) -> Bool {
        // The first character of class R, AL or AN is U+0590 or above.
        if scalars.allSatisfy({ $0.value < 0x590 }) { return true }
        let classes = scalars.map(bidiClass)
        guard classes.contains(where: { $0 == .right || $0 == .arabicNumber }) else { return true }
        let last = classes.last { $0 != .mark }
        switch classes.first {
        case .right:
            let mixesNumbers = classes.contains(.europeanNumber) && classes.contains(.arabicNumber)
            return !classes.contains(.left) && !mixesNumbers
                && (last == .right || last == .europeanNumber || last == .arabicNumber)
        default:
            // A text that begins with class L must not hold any of those found above.
            return false
        }
    }

    /// The class of a character that the IdentifierClass allows; for others it may be wrong, and does no harm:
    /// they are refused with their own fault.
    private static func bidiClass(_ scalar: Unicode.Scalar) -> Class {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark:
            return UnicodeRanges.marksOfClassLeft.contains(scalar.value) ? .left : .mark
        default:
            // The runs begin at 0, so one holds every character.
            let end = UnicodeRanges.bidi.partitioningIndex { $0 >> 3 > scalar.value }
            return Class(rawValue: UInt8(UnicodeRanges.bidi[end - 1] & 7)) ?? .neutral
        }
    }
}
