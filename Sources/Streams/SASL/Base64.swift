// Strict base64 as SASL on XMPP carries it (RFC 6120 §6.4.2, RFC 4648 §4).

/// Base64 with padding, without whitespace, and with zero pad bits: what RFC 6120 asks of SASL data.
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let padding = UInt8(ascii: "=")

    /// The base64 text of `bytes`.
    static func encode(_ bytes: [UInt8]) -> String {
        var out: [UInt8] = []
        out.reserveCapacity((bytes.count + 2) / 3 * 4)
        var index = 0
        while index < bytes.count {
            let rest = bytes.count - index
            let group =
                UInt32(bytes[index]) << 16
                | (rest > 1 ? UInt32(bytes[index + 1]) << 8 : 0)
                | (rest > 2 ? UInt32(bytes[index + 2]) : 0)
            out.append(alphabet[Int(group >> 18)])
            out.append(alphabet[Int(group >> 12 & 63)])
            out.append(rest > 1 ? alphabet[Int(group >> 6 & 63)] : padding)
            out.append(rest > 2 ? alphabet[Int(group & 63)] : padding)
            index += 3
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// The bytes `text` stands for, or nil where it is anything but canonical base64.
    static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
        guard text.count % 4 == 0 else { return nil }
        var out: [UInt8] = []
        out.reserveCapacity(text.count / 4 * 3)
        var group: UInt32 = 0
        var digits = 0
        var padded = 0
        for byte in text {
            if byte == padding {
                padded += 1
            } else {
                guard padded == 0, let value = value(of: byte) else { return nil }
                group = group << 6 | value
                digits += 1
                if digits % 4 == 0 {
                    out.append(contentsOf: [UInt8(group >> 16 & 255), UInt8(group >> 8 & 255), UInt8(group & 255)])
                    group = 0
                }
            }
        }
        switch padded {
        case 0: return out
        case 1 where group & 3 == 0: return out + [UInt8(group >> 10 & 255), UInt8(group >> 2 & 255)]
        case 2 where group & 15 == 0: return out + [UInt8(group >> 4 & 255)]
        default: return nil
        }
    }

    private static func value(of byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte) - 65
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte) - 71
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte) + 4
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
