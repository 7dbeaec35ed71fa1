// Base64: the vectors of RFC 4648 §10, and everything that is almost base64.

import Testing

@testable import Streams

struct Base64Tests {
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func vectors(plain: String, coded: String) {
        #expect(Base64.encode(Array(plain.utf8)) == coded)
        #expect(Base64.decode(coded.utf8) == Array(plain.utf8))
    }

    @Test func allBytesThereAndBack() {
        let bytes = (0...255).map { UInt8($0) }
        #expect(Base64.decode(Base64.encode(bytes).utf8) == bytes)
        #expect(Base64.encode([0xFB, 0xFF, 0xBF]) == "+/+/")
    }

    @Test(arguments: [
        "Zg", "Zg=", "Zg===", "Z===", "=", "====", "Zm9v\n", "Zm 9v", "Zm9v Zg==", "Zh==", "Zm9=", "Zg==Zg==", "Z=g=",
        "Zm-_", "Zm9ü",
    ])
    func refusesWhatIsNotCanonical(text: String) {
        #expect(Base64.decode(text.utf8) == nil)
    }
}
