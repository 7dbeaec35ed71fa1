// The string classes of PRECIS: which characters may stand in identifiers, which in free text.

/// A string class of RFC 8264 §4.
enum StringClass {
    /// IdentifierClass (§4.2): letters, digits, printable ASCII.
    case identifier
    /// FreeformClass (§4.3): symbols, punctuation, spaces and compatibility characters as well.
    case freeform

    /// The first character that the class does not allow, or not where it stands; nil when there is none.
    func firstForbidden(in scalars: [Unicode.Scalar]) -> Unicode.Scalar? {
        var context = ContextRules(scalars)
        for (index, scalar) in scalars.enumerated() {
            switch DerivedProperty(of: scalar) {
            case .valid: continue
            case .freeform where self == .freeform: continue
            case .contextual where context.allow(at: index): continue
            default: return scalar
            }
        }
        return nil
    }
}

/// The derived property of a character (RFC 8264 §8), UNASSIGNED and DISALLOWED being the same to us.
enum DerivedProperty {
    /// PVALID: allowed in both classes.
    case valid
    /// FREE_PVAL, ID_DIS: allowed in the FreeformClass only.
    case freeform
    /// CONTEXTJ, CONTEXTO: allowed between the right neighbours.
    case contextual
    /// DISALLOWED, UNASSIGNED.
    case disallowed

    /// The algorithm of RFC 8264 §8, in its order. BackwardCompatible (§9.7) is empty to this day.
    init(of scalar: Unicode.Scalar) {
        let value = scalar.value
        if let exception = Self.exception(value) {
            self = exception
        } else if (0x21...0x7e).contains(value) {
            self = .valid
        } else if value == 0x200c || value == 0x200d {
            self = .contextual
        } else if Self.isOldHangulJamo(value) || Self.isIgnorable(scalar) {
            self = .disallowed
        } else {
            self = Self(ofCategory: scalar)
        }
    }

    /// What the general category says, HasCompat (§9.17) coming before it.
    private init(ofCategory scalar: Unicode.Scalar) {
        switch scalar.properties.generalCategory {
        case .lowercaseLetter, .uppercaseLetter, .otherLetter, .decimalNumber, .modifierLetter,
            .nonspacingMark, .spacingMark:
            self = Normalization.hasCompatibilityEquivalent(scalar) ? .freeform : .valid
        case .titlecaseLetter, .letterNumber, .otherNumber, .enclosingMark, .spaceSeparator,
            .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol,
            .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
            .initialPunctuation, .finalPunctuation, .otherPunctuation:
            self = .freeform
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
            self = .disallowed
        @unknown default:
            self = .disallowed
        }
    }

    /// Exceptions (RFC 8264 §9.6, from RFC 5892 §2.6).
    private static func exception(_ value: UInt32) -> DerivedProperty? {
        switch value {
        case 0x00df, 0x03c2, 0x06fd, 0x06fe, 0x0f0b, 0x3007: .valid
        case 0x00b7, 0x0375, 0x05f3, 0x05f4, 0x30fb, 0x0660...0x0669, 0x06f0...0x06f9: .contextual
        case 0x0640, 0x07fa, 0x302e, 0x302f, 0x3031...0x3035, 0x303b: .disallowed
        default: nil
        }
    }

    /// OldHangulJamo (RFC 8264 §9.9): conjoining leading, vowel and trailing jamo.
    private static func isOldHangulJamo(_ value: UInt32) -> Bool {
        switch value {
        case 0x1100...0x11ff, 0xa960...0xa97c, 0xd7b0...0xd7c6, 0xd7cb...0xd7fb: true
        default: false
        }
    }

    /// PrecisIgnorableProperties (RFC 8264 §9.13).
    private static func isIgnorable(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isDefaultIgnorableCodePoint || scalar.properties.isNoncharacterCodePoint
    }
}
