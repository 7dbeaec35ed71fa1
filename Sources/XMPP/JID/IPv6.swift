// The syntax of IPv6 addresses.

/// IPv6 addresses as RFC 3986 §3.2.2 writes them: no zone, no prefix length.
enum IPv6 {
    /// Whether the octets are an IPv6 address.
    static func isAddress(_ octets: Substring.UTF8View) -> Bool {
        let text = Substring(octets)
        guard text.utf8.count <= 45, text.utf8.allSatisfy({ $0 < 0x80 }) else { return false }
        guard let gap = text.utf8.indices.first(where: { text[$0...].hasPrefix("::") }) else {
            return groups(text, mayEndInIPv4: true) == 8
        }
        // "::" stands for at least one group, and stands once: the rest of a second one is an empty group.
        let head = text[..<gap]
        let tail = text[text.utf8.index(gap, offsetBy: 2)...]
        guard let before = head.isEmpty ? 0 : groups(head, mayEndInIPv4: false),
            let after = tail.isEmpty ? 0 : groups(tail, mayEndInIPv4: true)
        else { return false }
        return before + after <= 7
    }

    /// How many groups of 16 bits the text holds, separated by colons; nil when it is something else.
    private static func groups(_ text: Substring, mayEndInIPv4: Bool) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        var count = 0
        for (index, part) in parts.enumerated() {
            if mayEndInIPv4, index == parts.count - 1, isIPv4(part) {
                count += 2
            } else if (1...4).contains(part.utf8.count), part.allSatisfy(\.isHexDigit) {
                count += 1
            } else {
                return nil
            }
        }
        return count
    }

    /// Four numbers from 0 to 255 without leading zeros.
    private static func isIPv4(_ text: Substring) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                guard let number = UInt8(part) else { return false }
                return part == String(number)
            }
    }
}
