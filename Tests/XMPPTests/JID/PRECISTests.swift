// PRECIS profiles: the examples of their documents, faults and limits.

import Testing
import XMPP

@Suite struct PRECISTests {
    // RFC 8265 §3.5: examples of user names. IM-018
    @Test(arguments: [
        ("juliet@example.com", "juliet@example.com"),
        ("fussball", "fussball"),
        ("fu\u{df}ball", "fu\u{df}ball"),
        ("\u{3c0}", "\u{3c0}"),
        ("\u{3a3}", "\u{3c3}"),
        ("\u{3c3}", "\u{3c3}"),
        ("\u{3c2}", "\u{3c2}"),
        ("\u{39f}\u{394}\u{39f}\u{3a3}", "\u{3bf}\u{3b4}\u{3bf}\u{3c2}"),
        ("\u{3a3}\u{391}", "\u{3c3}\u{3b1}"),
        ("\u{130}", "i\u{307}"),
        ("\u{ff71}\u{ff9e}", "\u{30a2}\u{3099}"),
        ("\u{ff76}\u{ff9e}", "\u{30ac}"),
        ("\u{5d0}\u{5b8}1", "\u{5d0}\u{5b8}1"),
    ])
    func preparesUserNames(text: String, expected: String) throws {
        #expect(scalars(try PRECIS.usernameCaseMapped(text)) == scalars(expected))
    }

    @Test(
        arguments: [
            ("", .empty),
            ("foo bar", .forbidden(" ")),
            ("henry\u{2173}", .forbidden("\u{2173}")),
            ("\u{221e}", .forbidden("\u{221e}")),
            ("\u{fb01}x", .forbidden("\u{fb01}")),
            ("\u{1113}", .forbidden("\u{1113}")),
            ("\u{378}", .forbidden("\u{378}")),
            ("1\u{5d0}", .direction),
            ("\u{5d0}b", .direction),
            ("\u{5d0}-", .direction),
            ("\u{628}\u{661}1", .direction),
            ("\u{661}", .direction),
            ("\u{628}\u{661}\u{6f1}", .direction),
            ("a\u{b7}a", .forbidden("\u{b7}")),
            ("\u{30fb}", .forbidden("\u{30fb}")),
            ("a\u{200d}", .forbidden("\u{200d}")),
        ] as [(String, PRECISFault)])
    func refusesUserNames(text: String, fault: PRECISFault) {
        #expect(throws: fault) { try PRECIS.usernameCaseMapped(text) }
    }

    // RFC 5892 appendix A.
    @Test(arguments: [
        "l\u{b7}l", "\u{375}\u{3b1}", "\u{5d0}\u{5f3}", "\u{30ab}\u{30fb}", "\u{30fb}\u{6f22}",
        "\u{915}\u{94d}\u{200d}\u{937}",
        "\u{915}\u{94d}\u{200c}\u{937}", "\u{628}\u{200c}\u{627}", "\u{628}\u{651}\u{200c}\u{651}\u{627}",
        "\u{628}\u{661}", "\u{628}\u{6f1}",
    ])
    func allowsInContext(text: String) throws {
        #expect(try PRECIS.usernameCaseMapped(text) == text)
    }

    // RFC 8265 §4.3: examples of passwords. IM-019
    @Test(arguments: [
        ("correct horse battery staple", "correct horse battery staple"),
        ("Correct Horse Battery Staple", "Correct Horse Battery Staple"),
        ("\u{3c0}\u{df}\u{e5}", "\u{3c0}\u{df}\u{e5}"),
        ("Jack of \u{2666}s", "Jack of \u{2666}s"),
        ("foo\u{1680}bar", "foo bar"),
        (" \u{a0}", "  "),
        ("\u{fb01}", "\u{fb01}"),
        ("e\u{301}", "\u{e9}"),
    ])
    func preparesOpaqueStrings(text: String, expected: String) throws {
        #expect(scalars(try PRECIS.opaqueString(text)) == scalars(expected))
    }

    @Test(
        arguments: [
            ("", .empty),
            ("my cat is a \u{9}by", .forbidden("\u{9}")),
            ("a\u{feff}", .forbidden("\u{feff}")),
            ("a\u{fffe}", .forbidden("\u{fffe}")),
        ] as [(String, PRECISFault)])
    func refusesOpaqueStrings(text: String, fault: PRECISFault) {
        #expect(throws: fault) { try PRECIS.opaqueString(text) }
    }

    @Test(arguments: ["x", "\u{e9}", "\u{fdfa}"])
    func refusesEndlessTextUnread(unit: String) {
        let text = String(repeating: unit, count: PRECIS.maximumOctets / unit.utf8.count + 1)
        #expect(throws: PRECISFault.tooLong) { try PRECIS.usernameCaseMapped(text) }
        #expect(throws: PRECISFault.tooLong) { try PRECIS.opaqueString(text) }
        #expect(throws: PRECISFault.tooLong) { try PRECIS.nickname(text) }
        #expect(throws: PRECISFault.tooLong) { try PRECIS.nicknameKey(text) }
    }

    @Test func refusesTextThatGrows() throws {
        let text = String(repeating: "\u{fdfa}", count: 170)
        #expect(try PRECIS.nickname(text).unicodeScalars.count == 170 * 18)
        #expect(throws: PRECISFault.tooLong) { try PRECIS.nickname(text + "\u{fdfa}") }
        #expect(throws: PRECISFault.tooLong) { try PRECIS.nicknameKey(text + "\u{fdfa}") }
    }

    /// Swift compares strings by canonical equivalence; here it is the code points that count.
    private func scalars(_ text: String) -> [Unicode.Scalar] { Array(text.unicodeScalars) }
}
