// The PRECIS profiles: user names, opaque strings and nicknames in the one form they are compared in.

/// Preparation, enforcement and comparison of internationalized strings (PRECIS, RFC 8264) for the profiles
/// that XMPP uses. Each function answers the prepared text or says why there is none.
///
/// Characters are classified with the properties of the Swift standard library, by RFC 8264 §8, so a new
/// version of Unicode comes with a new compiler.
public enum PRECIS {
    /// The longest text that is looked at, in octets of UTF-8; a longer one is refused as it stands. What comes
    /// out has at most as many characters.
    public static let maximumOctets = JID.maximumOctets

    /// UsernameCaseMapped (RFC 8265 §3.3): localparts and user names.
    public static func usernameCaseMapped(_ text: String) throws(PRECISFault) -> String {
        if text.isASCII({ $0 &- 0x21 < 0x5e }), !text.isEmpty, text.utf8.count <= maximumOctets {
            return text.utf8.contains(where: \.isCapital) ? text.lowercased() : text
        }
        return try enforce(text, .identifier) { scalars throws(PRECISFault) in
            let mapped = Normalization.nfc(lowercased(scalars.map(mappedWidth)))
            guard BidiRule.holds(for: mapped) else { throw .direction }
            return mapped
        }
    }

    /// OpaqueString (RFC 8265 §4.2): resourceparts and passwords. Case and inner spaces are kept.
    public static func opaqueString(_ text: String) throws(PRECISFault) -> String {
        if text.isASCII({ $0 &- 0x20 < 0x5f }), !text.isEmpty, text.utf8.count <= maximumOctets { return text }
        return try enforce(text, .freeform) { Normalization.nfc($0.map(mappedSpace)) }
    }

    /// Nickname without its case mapping (RFC 8266 §2.3): how a nickname is shown.
    public static func nickname(_ text: String) throws(PRECISFault) -> String {
        if isPlainNickname(text) { return text }
        return try enforce(text, .freeform) { Normalization.nfkc(trimmed($0.map(mappedSpace))) }
    }

    /// Nickname with its case mapping (RFC 8266 §2.4): two nicknames are the same when their keys are.
    public static func nicknameKey(_ text: String) throws(PRECISFault) -> String {
        if isPlainNickname(text) { return text.utf8.contains(where: \.isCapital) ? text.lowercased() : text }
        return try enforce(text, .freeform) { Normalization.nfkc(lowercased(trimmed($0.map(mappedSpace)))) }
    }

    /// Whether a text is printable ASCII with single spaces inside: nothing but its case can change.
    private static func isPlainNickname(_ text: String) -> Bool {
        guard text.utf8.count <= maximumOctets else { return false }
        let space = UInt8(ascii: " ")
        var last = space
        for octet in text.utf8 {
            guard octet &- 0x20 < 0x5f, octet != space || last != space else { return false }
            last = octet
        }
        return last != space
    }

    /// Applies the rules of a profile until the text is stable, then checks its characters (RFC 8264 §7: the
    /// behavioral rules come last, so that a character which the mappings replace does no harm).
    private static func enforce(
        _ text: String, _ base: StringClass,
        rules: ([Unicode.Scalar]) throws(PRECISFault) -> [Unicode.Scalar]
    ) throws(PRECISFault) -> String {
        guard text.utf8.count <= maximumOctets else { throw .tooLong }
        var scalars = try rules(Array(text.unicodeScalars))
        var repetitions = 0
        while true {
            guard !scalars.isEmpty else { throw .empty }
            // Form KC makes up to eighteen characters of one.
            guard scalars.count <= maximumOctets else { throw .tooLong }
            let again = try rules(scalars)
            if again == scalars { break }
            repetitions += 1
            guard repetitions < maximumRepetitions else { throw .unstable }
            scalars = again
        }
        if let forbidden = base.firstForbidden(in: scalars) { throw .forbidden(forbidden) }
        var prepared = String.UnicodeScalarView()
        prepared.append(contentsOf: scalars)
        return String(prepared)
    }

    /// How often the rules are applied again to reach a stable text (RFC 8264 §7).
    private static let maximumRepetitions = 3
}

/// Why a text does not fit a PRECIS profile.
public enum PRECISFault: Error, Sendable, Hashable {
    /// Nothing is left of it.
    case empty
    /// More than ``PRECIS/maximumOctets`` octets, or that many characters when its characters are replaced.
    case tooLong
    /// The string class does not allow this character, or not between these neighbours (RFC 8264 §4, RFC 5892 A).
    case forbidden(Unicode.Scalar)
    /// Characters written right to left break the Bidi Rule (RFC 5893 §2).
    case direction
    /// Applying the rules again and again keeps changing the text (RFC 8264 §7).
    case unstable
}

extension String {
    /// Whether every octet passes `test`, which passes none above 0x7E.
    fileprivate func isASCII(_ test: (UInt8) -> Bool) -> Bool { utf8.allSatisfy(test) }
}
