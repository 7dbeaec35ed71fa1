// Nicknames: what is shown, and which are the same.

import Testing
import XMPP

@Suite struct NicknameTests {
    // RFC 8266 §3, the examples: each row one nickname, its key under it.
    @Test(arguments: [
        ("Foo", "Foo", "foo"),
        ("foo", "foo", "foo"),
        ("Foo Bar", "Foo Bar", "foo bar"),
        ("  Foo   Bar ", "Foo Bar", "foo bar"),
        ("\u{3a3}", "\u{3a3}", "\u{3c3}"),
        ("\u{3c3}", "\u{3c3}", "\u{3c3}"),
        ("\u{3c2}", "\u{3c2}", "\u{3c2}"),
        ("\u{265a}", "\u{265a}", "\u{265a}"),
        ("Richard \u{2163}", "Richard IV", "richard iv"),
        ("\u{fb01}n\u{3000}\u{2003}x", "fin x", "fin x"),
    ])
    func prepares(text: String, shown: String, key: String) {
        #expect(Nickname.prepare(text) == shown)
        #expect(Nickname.key(text) == key)
    }

    // MUC-018: these collide.
    @Test(arguments: ["Bob", "bob", "Bob ", " BOB", "\u{a0}bob\u{3000}", "\u{ff22}ob", "B\u{1d428}b"])
    func collides(text: String) { #expect(Nickname.key(text) == "bob") }

    // MUC-017: nothing to see is no nickname.
    @Test(arguments: [
        "", " ", "   ", "\u{3000}", "\u{200b}", "a\u{200b}", "\u{2060}", "\u{3164}", "\u{ad}", "a\nb", "\u{e000}",
    ])
    func refuses(text: String) {
        #expect(Nickname.prepare(text) == nil)
        #expect(Nickname.key(text) == nil)
    }

    @Test func limitsItsWork() {
        #expect(Nickname.prepare(String(repeating: "x", count: 3071)) != nil)
        #expect(Nickname.prepare(String(repeating: "x", count: 3072)) == nil)
    }

    @Test func appliesItsRulesUntilNothingChanges() {
        // KC makes a space and a mark of U+00A8, and only then can the space be trimmed.
        #expect(Nickname.prepare("\u{a8}") == "\u{308}")
        #expect(Nickname.prepare("a \u{a8}") == "a \u{308}")
    }
}
