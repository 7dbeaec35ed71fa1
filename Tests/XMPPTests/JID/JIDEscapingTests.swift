// JID Escaping: every example of XEP-0106.

import Testing
import XMPP

@Suite struct JIDEscapingTests {
    /// Texts as people see them, and as localparts.
    static let examples: [(String, String)] = [
        // §3.2, §3.3: each of the ten
        ("a b", #"a\20b"#), (#"""#, #"\22"#), ("&", #"\26"#), ("'", #"\27"#), ("/", #"\2f"#), (":", #"\3a"#),
        ("<", #"\3c"#), (">", #"\3e"#), ("@", #"\40"#), (#"\5c"#, #"\5c5c"#),
        ("d'artagnan", #"d\27artagnan"#),
        ("tr\u{e9}ville@musketeers.lit", #"tr\#u{e9}ville\40musketeers.lit"#),
        // §4.2
        (#"\3and\2is\5cool"#, #"\5c3and\2is\5c5cool"#),
        // §4.3: not modified
        (#"\2plus\2is\4"#, #"\2plus\2is\4"#), (#"foo\bar"#, #"foo\bar"#), (#"foob\41r"#, #"foob\41r"#),
        (#"c:\5commas"#, #"c\3a\5c5commas"#),
        // §5.1
        ("space cadet", #"space\20cadet"#),
        (#"call me "ishmael""#, #"call\20me\20\22ishmael\22"#),
        ("at&t guy", #"at\26t\20guy"#),
        ("/.fanboy", #"\2f.fanboy"#),
        ("::foo::", #"\3a\3afoo\3a\3a"#),
        ("<foo>", #"\3cfoo\3e"#),
        ("user@host", #"user\40host"#),
        (#"c:\net"#, #"c\3a\net"#),
        (#"c:\\net"#, #"c\3a\\net"#),
        (#"c:\cool stuff"#, #"c\3a\cool\20stuff"#),
        // §5.2 to §5.7
        ("here's_a_wild_&_/cr%zy/_address", #"here\27s_a_wild_\26_\2fcr%zy\2f_address"#),
        (
            #"here's_a_wild_&_/cr%zy/_address_for:<wv>("IMPS")"#,
            #"here\27s_a_wild_\26_\2fcr%zy\2f_address_for\3a\3cwv\3e(\22IMPS\22)"#
        ),
        (
            #"CN=D'Artagnan Saint-Andr\E9,O=Example & Company, Inc.,DC=example,DC=com"#,
            #"CN=D\27Artagnan\20Saint-Andr\E9,O=Example\20\26\20Company,\20Inc.,DC=example,DC=com"#
        ),
        (#"somenick!user"&'/:<>\3address"#, #"somenick!user\22\26\27\2f\3a\3c\3e\5c3address"#),
    ]

    @Test(arguments: examples) func escapes(text: String, local: String) throws {
        #expect(JIDEscaping.escape(text) == local)
        #expect(JIDEscaping.unescape(local) == text)
        #expect(try JID(local: local, domain: "example.com", resource: nil).local == local.lowercased())
    }

    // §4.1: a space has no escaped form at either end.
    @Test(arguments: [" a", "a ", " "]) func refusesOuterSpaces(text: String) {
        #expect(JIDEscaping.escape(text) == nil)
    }

    @Test(arguments: [#"\20a"#, #"a\20"#, #"\20"#]) func keepsOuterSpacesEscaped(local: String) {
        #expect(JIDEscaping.unescape(local) == local)
    }

    // §3.1: case is significant.
    @Test(arguments: [#"\2F"#, #"\3A"#, #"\5C"#, #"\"#, #"a\4"#, #"\00"#, #"\60"#]) func ignoresOthers(local: String) {
        #expect(JIDEscaping.unescape(local) == local)
        #expect(JIDEscaping.escape(local) == local)
    }
}
