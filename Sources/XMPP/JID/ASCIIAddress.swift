// The one scan that reads a valid plain ASCII address, as nearly all addresses are.

/// Where the parts of a plain ASCII address end. Only what needs no tables is recognised here: nil says "look
/// again, slowly", not "invalid".
struct ASCIIAddress {
    /// Octets of the localpart: 0 when there is none.
    private var localEnd = 0
    /// Octets up to the end of the domainpart, a trailing dot not counted.
    private var domainEnd = 0
    /// Whether there are capitals before the resourcepart.
    private var hasCapitals = false
    /// Whether the domainpart ends with the dot of the root, which is dropped (RFC 7622 §3.2).
    private var hasTrailingDot = false

    init?(_ string: String) {
        let scanned = string.utf8.withContiguousStorageIfAvailable { octets in scan(octets) }
        guard scanned == true else { return nil }
    }

    /// The address in `string`, which must be the text that was scanned. Without capitals and trailing dot
    /// that text itself becomes the storage.
    func jid(of string: String) -> JID {
        guard hasCapitals || hasTrailingDot else {
            return JID(prepared: string, localEnd: localEnd, domainEnd: domainEnd)
        }
        let count = string.utf8.count - (hasTrailingDot ? 1 : 0)
        let text = String(unsafeUninitializedCapacity: count) { buffer in
            var index = 0
            var seen = 0
            for octet in string.utf8 {
                defer { seen += 1 }
                if hasTrailingDot, seen == domainEnd { continue }
                buffer[index] = seen < domainEnd && octet.isCapital ? octet | 0x20 : octet
                index += 1
            }
            return index
        }
        return JID(prepared: text, localEnd: localEnd, domainEnd: domainEnd)
    }

    /// Whether `octets` are a valid plain address; notes where its parts end.
    private mutating func scan(_ octets: UnsafeBufferPointer<UInt8>) -> Bool {
        var index = 0
        var labels = LabelScan()
        var isLocal = true
        while index < octets.count, octets[index] != UInt8(ascii: "/") {
            let octet = octets[index]
            if octet == UInt8(ascii: "@") {
                guard localEnd == 0, isLocal, index > 0, index <= JID.maximumPartOctets else { return false }
                localEnd = index
                labels = LabelScan()
            } else {
                isLocal = isLocal && octet.isPlainLocal
                labels.take(octet)
                hasCapitals = hasCapitals || octet.isCapital
            }
            index += 1
        }
        domainEnd = index
        let domainLength = localEnd == 0 ? index : index - localEnd - 1
        guard labels.finish(), domainLength <= JID.maximumPartOctets + (labels.endsWithDot ? 1 : 0) else {
            return false
        }
        if labels.endsWithDot {
            hasTrailingDot = true
            domainEnd -= 1
        }
        guard index < octets.count else { return true }
        let resource = octets[(index + 1)...]
        guard !resource.isEmpty, resource.count <= JID.maximumPartOctets else { return false }
        return resource.allSatisfy(\.isPlainResource)
    }
}

/// The labels of a domain name, octet by octet: letters, digits and inner hyphens, 1 to 63 of them (RFC 5890
/// §2.3.1), and no A-label, which has to become a U-label.
private struct LabelScan {
    private var length = 0
    private var last: UInt8 = 0
    private var isPlain = true
    private var prefix: UInt32 = 0
    /// Whether the name ended with the dot of the root.
    private(set) var endsWithDot = false

    mutating func take(_ octet: UInt8) {
        if octet == UInt8(ascii: ".") {
            isPlain = isPlain && endLabel()
            endsWithDot = true
            length = 0
            prefix = 0
        } else {
            isPlain = isPlain && octet.isLetterDigitHyphen && !(length == 0 && octet == UInt8(ascii: "-"))
            endsWithDot = false
            if length < 4 { prefix = prefix << 8 | UInt32(octet | 0x20) }
            length += 1
            last = octet
        }
    }

    mutating func finish() -> Bool { isPlain && (endsWithDot || endLabel()) }

    private func endLabel() -> Bool {
        (1...63).contains(length) && last != UInt8(ascii: "-") && prefix != 0x786e_2d2d  // "xn--"
    }
}

extension UInt8 {
    /// A to Z.
    var isCapital: Bool { self &- 0x41 < 26 }
    /// A to Z, a to z, 0 to 9, hyphen.
    var isLetterDigitHyphen: Bool { (self | 0x20) &- 0x61 < 26 || self &- 0x30 < 10 || self == 0x2d }
    /// Printable ASCII or space: what a resourcepart may hold unchanged.
    fileprivate var isPlainResource: Bool { self &- 0x20 < 0x5f }
    /// Printable ASCII without the eight characters of RFC 7622 §3.3.1.
    fileprivate var isPlainLocal: Bool {
        // A bit per octet that is allowed: U+0021…U+003F without " & ' / : < >, U+0040…U+007E without @.
        let low: UInt64 = 0xabff_7f3a_0000_0000
        let high: UInt64 = 0x7fff_ffff_ffff_fffe
        return self < 0x80 && (self < 0x40 ? low : high) >> UInt64(self & 0x3f) & 1 == 1
    }
}
