// The languages a room speaks.

import Testing

@testable import Groupchat

struct PhrasebookTests {
    @Test("English, German, French and Spanish (GC-053)")
    func languages() { #expect(Phrasebook.all.map(\.language) == ["en", "de", "fr", "es"]) }

    @Test("the first language that there is words for, by its primary subtag")
    func best() {
        #expect(Phrasebook.best(for: ["DE-at"]).language == "de")
        #expect(Phrasebook.best(for: ["tlh", "fr"]).language == "fr")
        #expect(Phrasebook.best(for: [nil, ""]).language == "en")
        #expect(Phrasebook.best(for: ["den"]).language == "en")
    }

    @Test("every language has a place for every name that English has")
    func places() {
        func places(_ book: Phrasebook) -> [String] {
            Mirror(reflecting: book).children.compactMap { child in
                (child.value as? Phrase).map { phrase in
                    let filled = phrase.filled("\u{1}", "\u{2}")
                    return "\(child.label ?? ""): " + filled.filter { $0 == "\u{1}" || $0 == "\u{2}" }
                }
            }
        }
        for book in Phrasebook.all { #expect(places(book) == places(.english)) }
        #expect(places(.english).count > 20)
    }
}
