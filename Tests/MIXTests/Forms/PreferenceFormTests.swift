// What participants wish for themselves, as a form in every generation.

import Rooms
import Testing
import XMPP

@testable import MIX

@Suite struct PreferenceFormTests {
    private let form = PreferenceForm(grammar: .current)

    private func submitted(_ fields: [String: String]) -> DataForm {
        DataForm(.submit, formType: NS.mixAnonymous, fields: fields.map { .init($0.key, .textSingle, value: $0.value) })
    }

    @Test("All preferences come back from the form that shows them, whoever asks")
    func roundTrip() throws {
        for grammar in Grammar.allCases {
            let form = PreferenceForm(grammar: grammar)
            for visibility in Preferences.Visibility.allCases {
                for bits in 0..<8 {
                    let preferences = Preferences(
                        visibility: visibility, takesLetters: bits & 1 != 0, showsVCard: bits & 2 != 0,
                        sharesPresence: bits & 4 != 0)
                    for kind in [DataForm.Kind.form, .result] {
                        let shown = form.form(kind, preferences)
                        #expect(shown.formType == (grammar.isDraft ? NS.mix0 : NS.mixAnonymous))
                        #expect(try form.take(shown, over: Preferences()) == preferences)
                    }
                }
            }
        }
    }

    @Test("A form offers what may be chosen, a result only says what is (XEP-0404 §3.1)")
    func options() throws {
        let offered = form.form(.form, Preferences())
        #expect(
            offered.field("JID Visibility")?.options.map(\.value) == ["default", "never", "always", "prefer not"])
        #expect(offered.field("Presence")?.options.map(\.value) == ["share", "not share"])
        #expect(form.form(.result, Preferences()).fields.allSatisfy { $0.options.isEmpty })
    }

    @Test("What a form does not name stays")
    func partial() throws {
        let former = Preferences(visibility: .always, takesLetters: false, showsVCard: true, sharesPresence: false)
        #expect(try form.take(submitted([:]), over: former) == former)
        let taken = try form.take(submitted(["Private Messages": "allow"]), over: former)
        #expect(taken == Preferences(visibility: .always, takesLetters: true, showsVCard: true, sharesPresence: false))
    }

    @Test("The words of all revisions are understood, in any case (X-14)")
    func aliases() throws {
        let words: [(String, Preferences.Visibility)] = [
            ("No Preference", .byChannel), ("Use Channel Default", .byChannel), ("Enforce Hidden", .never),
            ("Never Show", .never), ("Enforce Visible", .always), ("Prefer Hidden", .preferNot),
            ("Prefer Not Show", .preferNot), ("prefer not", .preferNot), ("NEVER", .never),
        ]
        for (word, visibility) in words {
            #expect(try form.take(submitted(["JID Visibility": word]), over: Preferences()).visibility == visibility)
        }
    }

    @Test("Values that make no sense are refused")
    func refused() {
        for fields in [["JID Visibility": "sometimes"], ["vCard": "yes"], ["Presence": ""], ["Private Messages": "1"]] {
            let error = #expect(throws: StanzaError.self) { try form.take(submitted(fields), over: Preferences()) }
            #expect(error?.condition == .notAcceptable)
        }
    }
}
