// Characters that a localpart cannot hold, written so that it can.

/// JID Escaping (XEP-0106): for localparts only, and for people and gateways only; addresses are compared and
/// sent escaped.
public enum JIDEscaping {
    /// The text as a localpart (§3.2, §4): each of the ten characters as `\` and two hexadecimal digits, and a
    /// `\` itself only where it would be taken for the beginning of such a sequence.
    ///
    /// Nil when the text begins or ends with a space, which has no escaped form (§4.1 rule 6).
    public static func escape(_ text: String) -> String? {
        let octets = Array(text.utf8)
        guard octets.first != UInt8(ascii: " "), octets.last != UInt8(ascii: " ") else { return nil }
        var escaped: [UInt8] = []
        escaped.reserveCapacity(octets.count)
        for (index, octet) in octets.enumerated() {
            let isEscape = octet == UInt8(ascii: "\\")
            guard isEscape ? character(at: index, in: octets) != nil : isEscaped(octet) else {
                escaped.append(octet)
                continue
            }
            escaped += [UInt8(ascii: "\\"), digit(octet >> 4), digit(octet & 15)]
        }
        return String(decoding: escaped, as: UTF8.self)
    }

    /// The localpart as it is shown to people (§3.3): each of the ten sequences replaced, all else kept (§4.3).
    public static func unescape(_ local: String) -> String {
        let octets = Array(local.utf8)
        var text: [UInt8] = []
        text.reserveCapacity(octets.count)
        var index = 0
        while index < octets.count {
            let isOuterSpace = index == 0 || index + 3 == octets.count
            if let character = character(at: index, in: octets), !(character == 0x20 && isOuterSpace) {
                text.append(character)
                index += 3
            } else {
                text.append(octets[index])
                index += 1
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The character that the sequence at `index` stands for; nil when there is no such sequence there.
    private static func character(at index: Int, in octets: [UInt8]) -> UInt8? {
        guard index + 2 < octets.count, octets[index] == UInt8(ascii: "\\") else { return nil }
        let (high, low) = (octets[index + 1], octets[index + 2])
        // Case is significant: only the lower-case digits are the sequences of the specification.
        guard (0x32...0x35).contains(high), digit(0)...digit(9) ~= low || digit(10)...digit(15) ~= low else {
            return nil
        }
        let value = (high - 0x30) << 4 | (low < 0x3a ? low - 0x30 : low - 0x57)
        return isEscaped(value) || value == UInt8(ascii: "\\") ? value : nil
    }

    private static func isEscaped(_ octet: UInt8) -> Bool { " \"&'/:<>@".utf8.contains(octet) }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
}
