// The mappings of PRECIS profiles: width, spaces, case.

extension PRECIS {
    /// The decomposition mapping of a fullwidth or halfwidth character (RFC 8264 §5.2.1, UAX #11), and any
    /// other character as it is.
    static func mappedWidth(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0x3000: return " "
        case 0xff01...0xff5e: return Unicode.Scalar(scalar.value - 0xfee0) ?? scalar
        case 0xff5f...0xff9f: return halfwidthForms[Int(scalar.value - 0xff5f)]
        // Hangul fillers and letters: in rows of up to six with holes between them, but otherwise in order.
        case 0xffa0: return "\u{3164}"
        case 0xffa1...0xffbe: return Unicode.Scalar(scalar.value - 0xffa1 + 0x3131) ?? scalar
        case 0xffc2...0xffc7: return Unicode.Scalar(scalar.value - 0xffc2 + 0x314f) ?? scalar
        case 0xffca...0xffcf: return Unicode.Scalar(scalar.value - 0xffca + 0x3155) ?? scalar
        case 0xffd2...0xffd7: return Unicode.Scalar(scalar.value - 0xffd2 + 0x315b) ?? scalar
        case 0xffda...0xffdc: return Unicode.Scalar(scalar.value - 0xffda + 0x3161) ?? scalar
        case 0xffe0...0xffe6: return signForms[Int(scalar.value - 0xffe0)]
        case 0xffe8...0xffee: return symbolForms[Int(scalar.value - 0xffe8)]
        default: return scalar
        }
    }

    /// U+FF5F…U+FF9F: brackets, punctuation, katakana and the two sound marks.
    private static let halfwidthForms = Array(
        ("⦅⦆。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテト"
            + "ナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン\u{3099}\u{309a}").unicodeScalars)
    /// U+FFE0…U+FFE6.
    private static let signForms = Array("¢£¬¯¦¥₩".unicodeScalars)
    /// U+FFE8…U+FFEE.
    private static let symbolForms = Array("│←↑→↓■○".unicodeScalars)

    /// SPACE for any space (general category Zs), and any other character as it is (RFC 8265 §4.2.2).
    static func mappedSpace(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        scalar.properties.generalCategory == .spaceSeparator ? " " : scalar
    }

    /// Without spaces at either end, and single spaces inside (RFC 8266 §2.1).
    static func trimmed(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        result.reserveCapacity(scalars.count)
        for scalar in scalars where scalar != " " || (result.last ?? " ") != " " { result.append(scalar) }
        if result.last == " " { result.removeLast() }
        return result
    }

    /// The toLowercase operation of Unicode §3.13 with its one rule of context: a capital sigma that ends a
    /// word becomes a final one.
    static func lowercased(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        result.reserveCapacity(scalars.count)
        for (index, scalar) in scalars.enumerated() {
            if scalar == "Σ", isFinalSigma(at: index, in: scalars) {
                result.append("ς")
            } else if scalar.properties.changesWhenLowercased {
                result.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
            } else {
                result.append(scalar)
            }
        }
        return result
    }

    /// The condition Final_Sigma: a cased letter before it, none after it, case-ignorable ones not counted.
    private static func isFinalSigma(at index: Int, in scalars: [Unicode.Scalar]) -> Bool {
        let before = scalars[..<index].last { !$0.properties.isCaseIgnorable }
        let after = scalars[(index + 1)...].first { !$0.properties.isCaseIgnorable }
        return before?.properties.isCased == true && after?.properties.isCased != true
    }
}
