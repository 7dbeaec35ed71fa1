// Which bytes are passed over, and what is a name.

import Testing

@testable import XML

@Suite struct XMLCharactersTests {
    /// Every byte value at every place of a word, against the rule said plainly.
    @Test func findsEverySpecialByteWhereverItStands() {
        for place in [TextPlace.content, .attribute, .tape] {
            for byte in UInt8.min...UInt8.max {
                for offset in 0..<20 {
                    var bytes = [UInt8](repeating: UInt8(ascii: "a"), count: 20)
                    bytes[offset] = byte
                    let found = bytes.withUnsafeBytes { XMLCharacters.plainRun($0, from: 0, for: place) }
                    #expect(found == (Self.isSpecial(byte, place) ? offset : 20))
                }
            }
        }
    }

    private static func isSpecial(_ byte: UInt8, _ place: TextPlace) -> Bool {
        let isControl = byte < 0x20 && ![0x09, 0x0A, 0x0D].contains(byte)
        let isMarkup = "&<>".utf8.contains(byte) || byte == 0x0D
        return switch place {
        case .tape: isControl
        case .content: isControl || isMarkup
        case .attribute: isControl || isMarkup || byte == 0x09 || byte == 0x0A || byte == UInt8(ascii: "'")
        }
    }

    @Test func findsNoncharactersOnly() {
        for padding in 0..<10 {
            for (text, isSpecial) in [("\u{FFFE}", true), ("\u{FFFF}", true), ("\u{FFFD}", false), ("\u{F000}", false)]
            {
                let string = String(repeating: "a", count: padding) + text + "bcdefghij"
                let found = string.withBytes { XMLCharacters.plainRun($0, from: 0, for: .tape) }
                #expect(found == (isSpecial ? padding : string.utf8.count))
            }
        }
    }

    @Test(arguments: [
        ("a", true), ("_a-b.c9", true), ("é", true), ("子", true), ("ключ", true), ("a·b", true), ("", false),
        ("9a", false),
        ("-a", false), ("a:b", false), ("a b", false), ("a>", false), ("a\u{0}", false), ("×", false), ("🦉", false),
        ("·a", false), ("a\u{FFFE}", false),
    ])
    func tellsNames(name: String, isName: Bool) {
        #expect(name.withBytes(NameCheck.isName) == isName)
    }
}
