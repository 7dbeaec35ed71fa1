// Addresses in URIs.

import Testing
import XMPP

@Suite("Addresses in URIs")
struct JIDURITests {
    @Test(
        "What RFC 5122 §2.2 leaves plain is plain, and the rest is escaped octet by octet",
        arguments: [
            ("coven@chat.example", "coven@chat.example"), ("a+b.c~d@chat.example/x", "a+b.c~d@chat.example/x"),
            ("h\u{f6}hle@chat.example", "h%C3%B6hle@chat.example"),
            ("a?b#c%d@chat.example", "a%3Fb%23c%25d@chat.example"),
            ("a@chat.example/third witch", "a@chat.example/third%20witch"),
        ])
    func encoded(_ address: String, _ uri: String) throws {
        #expect(try JID(address).uriEncoded == uri)
    }
}
