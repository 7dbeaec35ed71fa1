// Addresses in URIs.

extension JID {
    /// The address as it stands behind `xmpp:` (RFC 5122 §2.2): what is no plain letter, digit or mark is escaped.
    public var uriEncoded: String {
        var text = ""
        for byte in description.utf8 {
            let scalar = Unicode.Scalar(byte)
            if Self.uriMarks.contains(scalar) || ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
                || ("0"..."9").contains(scalar)
            {
                text.unicodeScalars.append(scalar)
            } else {
                text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return text
    }

    private static let uriMarks: Set<Unicode.Scalar> = [
        "-", ".", "_", "~", "!", "$", "(", ")", "*", "+", ",", ";", "=", "@", "/", "[", "]", ":",
    ]
}
