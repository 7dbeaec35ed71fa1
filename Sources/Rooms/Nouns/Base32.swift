// Lower-case base32 without padding (RFC 4648 §6), the alphabet of every id a room makes: stable under nodeprep.

enum Base32 {
    private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)

    /// All bits of `bytes`, five a character, the last character filled with zero bits.
    static func encode(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        var held: UInt32 = 0
        var count: UInt32 = 0
        for byte in bytes {
            held = (held << 8) | UInt32(byte)
            count += 8
            while count >= 5 {
                count -= 5
                text.append(alphabet[Int((held >> count) & 31)])
            }
            held &= (1 << count) - 1
        }
        if count > 0 { text.append(alphabet[Int((held << (5 - count)) & 31)]) }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes that `encode` was given; nil if a character is foreign or the filling bits are not zero.
    static func decode(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var held: UInt32 = 0
        var count: UInt32 = 0
        for character in text.utf8 {
            let value: UInt8
            switch character {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): value = character - UInt8(ascii: "a")
            case UInt8(ascii: "2")...UInt8(ascii: "7"): value = character - UInt8(ascii: "2") + 26
            default: return nil
            }
            held = (held << 5) | UInt32(value)
            count += 5
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: held >> count))
            }
            held &= (1 << count) - 1
        }
        return held == 0 && count < 5 ? bytes : nil
    }
}
