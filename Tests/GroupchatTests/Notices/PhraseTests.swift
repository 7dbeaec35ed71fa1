// Filling sentences.

import Testing

@testable import Groupchat

struct PhraseTests {
    @Test(arguments: [
        ("%@ is now known as %@", ["a", "b"], "a is now known as b"),
        ("%@", ["a"], "a"),
        ("nobody", ["a"], "nobody"),
        ("%@ and %@", ["a"], "a and "),
        ("%@ left", ["%@", "b"], "%@ left"),
        ("", [], ""),
        ("100 %", ["a"], "100 %"),
    ])
    func fills(_ format: String, _ values: [String], _ text: String) {
        #expect(Phrase(format).filled(values) == text)
    }
}
