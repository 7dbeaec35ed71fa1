// The domainpart of an address: a domain name or an IP address.

import CIDN2

/// Domainparts (RFC 7622 §3.2).
///
/// Kept as U-labels in lower case, not as A-labels: §3.2.1 says an A-label must be converted to a U-label
/// before it stands in a domainpart, and addresses are compared, stored and sent in that one form. What DNS
/// and TLS need as A-labels they make of it where they ask.
enum DomainPart {
    /// A domainpart in the form that is kept and compared.
    static func prepare(_ text: String) throws(JIDFault.Reason) -> String {
        guard !text.isEmpty else { throw .empty }
        if text.utf8.first == UInt8(ascii: "[") { return try addressLiteral(text) }
        let labels = mapped(text).split(separator: ".", omittingEmptySubsequences: false)
        // The dot of the root is dropped (§3.2); a name that is nothing else has no label left.
        let named = labels.count > 1 && labels.last?.isEmpty == true ? labels.dropLast() : labels[...]
        var name = ""
        for (index, label) in named.enumerated() {
            if index > 0 { name += "." }
            name += try prepare(label: label)
        }
        return name
    }

    /// Lower case, without width, form C, and dots that are dots (§3.2.2, RFC 5895 §2).
    private static func mapped(_ text: String) -> [Unicode.Scalar] {
        let scalars = text.unicodeScalars.map(PRECIS.mappedWidth)
        return Normalization.nfc(PRECIS.lowercased(scalars)).map { $0 == "\u{3002}" ? "." : $0 }
    }

    /// One label: letters, digits and hyphens as they are, anything else through IDNA 2008.
    private static func prepare(label: ArraySlice<Unicode.Scalar>) throws(JIDFault.Reason) -> String {
        guard !label.isEmpty else { throw .notADomain }
        // Looked for before libidn2 is asked, for which a text ends at a NUL.
        if let other = label.first(where: { $0.isASCII && !UInt8($0.value).isLetterDigitHyphen }) {
            throw .forbidden(other)
        }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: label)
        let text = String(view)
        if label.allSatisfy(\.isASCII), !text.hasPrefix("xn--") {
            guard label.count <= 63, label.first != "-", label.last != "-" else { throw .notADomain }
            return text
        }
        let aLabel = try idn(text) { idn2_to_ascii_8z($0, $1, flags) }
        let uLabel = try idn(aLabel) { idn2_to_unicode_8z8z($0, $1, 0) }
        // An A-label that was given may stand for what is no U-label: only one that comes back is one.
        guard try idn(uLabel, { idn2_to_ascii_8z($0, $1, flags) }) == aLabel, uLabel != aLabel else {
            throw .notADomain
        }
        return uLabel
    }

    /// Strict IDNA 2008: the mappings of UTS #46 would let in characters that are not allowed in a U-label.
    private static let flags = Int32(IDN2_NO_TR46.rawValue) | Int32(IDN2_USE_STD3_ASCII_RULES.rawValue)

    /// One call of libidn2, whose result it allocates.
    private static func idn(
        _ text: String, _ convert: (UnsafePointer<CChar>, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Int32
    ) throws(JIDFault.Reason) -> String {
        var result: UnsafeMutablePointer<CChar>?
        let code = convert(text, &result)
        defer { idn2_free(result) }
        guard code == IDN2_OK.rawValue, let result else { throw .notADomain }
        return String(cString: result)
    }

    /// An IPv6 address in brackets (RFC 3986 §3.2.2), in lower case.
    private static func addressLiteral(_ text: String) throws(JIDFault.Reason) -> String {
        guard text.utf8.last == UInt8(ascii: "]"), IPv6.isAddress(text.utf8.dropFirst().dropLast()) else {
            throw .notADomain
        }
        return text.lowercased()
    }
}
