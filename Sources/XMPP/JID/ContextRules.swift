// Characters that are allowed between the right neighbours only.

/// The rules for CONTEXTJ and CONTEXTO characters (RFC 5892 appendix A) over one text.
struct ContextRules {
    private let scalars: [Unicode.Scalar]
    // Rules that ask about the whole text look through it once, however often they are asked.
    private lazy var hasKanaOrHan = scalars.contains { UnicodeRanges.kanaAndHan.contains($0.value) }
    private lazy var hasArabicDigits = scalars.contains { (0x0660...0x0669).contains($0.value) }
    private lazy var hasExtendedArabicDigits = scalars.contains { (0x06f0...0x06f9).contains($0.value) }

    init(_ scalars: [Unicode.Scalar]) { self.scalars = scalars }

    /// Whether the contextual character at `index` may stand there.
    mutating func allow(at index: Int) -> Bool {
        let before = index > 0 ? scalars[index - 1] : nil
        let after = index + 1 < scalars.count ? scalars[index + 1] : nil
        switch scalars[index].value {
        case 0x200c: return follows(virama: before) || breaksCursiveConnection(at: index)
        case 0x200d: return follows(virama: before)
        case 0x00b7: return before == "l" && after == "l"
        case 0x0375: return after.map { UnicodeRanges.greek.contains($0.value) } ?? false
        case 0x05f3, 0x05f4: return before.map { UnicodeRanges.hebrew.contains($0.value) } ?? false
        case 0x30fb: return hasKanaOrHan
        case 0x0660...0x0669: return !hasExtendedArabicDigits
        case 0x06f0...0x06f9: return !hasArabicDigits
        default: return false
        }
    }

    private func follows(virama before: Unicode.Scalar?) -> Bool {
        before?.properties.canonicalCombiningClass == .virama
    }

    /// Appendix A.1: a letter that joins to the left before it, one that joins to the right after it, and
    /// only transparent characters between.
    private func breaksCursiveConnection(at index: Int) -> Bool {
        let before = scalars[..<index].last { !Self.isTransparent($0) }
        let after = scalars[(index + 1)...].first { !Self.isTransparent($0) }
        guard let before, let after else { return false }
        return UnicodeRanges.joiningLeftOrDual.contains(before.value)
            && UnicodeRanges.joiningRightOrDual.contains(after.value)
    }

    /// Joining_Type=T: marks, and one letter. Format characters, also T, may stand in no text at all.
    private static func isTransparent(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: true
        default: scalar.value == 0x1e94b
        }
    }
}
