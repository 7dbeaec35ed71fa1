// What a participant may wish for itself, as a form.

import Rooms
import XML
import XMPP

/// The form of preferences (XEP-0404 §3.1; rule X-14).
struct PreferenceForm {
    let grammar: Grammar

    private static let visibility = "JID Visibility"
    private static let letters = "Private Messages"
    private static let vcard = "vCard"
    private static let presence = "Presence"

    private static let visibilities: [(Preferences.Visibility, String)] = [
        (.byChannel, "default"), (.never, "never"), (.always, "always"), (.preferNot, "prefer not"),
    ]

    /// Everything that may be wished, with the present values.
    func form(_ kind: DataForm.Kind, _ preferences: Preferences) -> DataForm {
        let word = Self.visibilities.first { $0.0 == preferences.visibility }?.1 ?? ""
        func list(_ name: String, _ value: String, _ options: [String]) -> DataForm.Field {
            DataForm.Field(
                name, .listSingle, values: [value], options: kind == .form ? options.map { .init($0) } : [])
        }
        return DataForm(
            kind, formType: grammar.anonymity,
            fields: [
                list(Self.visibility, word, Self.visibilities.map(\.1)),
                list(Self.letters, preferences.takesLetters ? "allow" : "block", ["allow", "block"]),
                list(Self.vcard, preferences.showsVCard ? "allow" : "block", ["allow", "block"]),
                list(Self.presence, preferences.sharesPresence ? "share" : "not share", ["share", "not share"]),
            ])
    }

    /// The preferences with what a form says of them; the rest stays.
    ///
    /// - Throws: `not-acceptable` for a value that makes no sense.
    func take(_ form: DataForm, over former: Preferences) throws(StanzaError) -> Preferences {
        var preferences = former
        if let word = form.value(of: Self.visibility)?.lowercased() {
            guard let choice = Self.visibilities.first(where: { $0.1 == word || Self.isAlias(word, of: $0.0) })?.0
            else { throw Option.bad(Self.visibility) }
            preferences.visibility = choice
        }
        if let flag = try Self.choice(form, Self.letters, yes: "allow", no: "block") { preferences.takesLetters = flag }
        if let flag = try Self.choice(form, Self.vcard, yes: "allow", no: "block") { preferences.showsVCard = flag }
        if let flag = try Self.choice(form, Self.presence, yes: "share", no: "not share") {
            preferences.sharesPresence = flag
        }
        return preferences
    }

    private static func isAlias(_ word: String, of choice: Preferences.Visibility) -> Bool {
        switch choice {
        case .byChannel: ["no preference", "use channel default", "no jid visibility preference"].contains(word)
        case .never: ["enforce hidden", "never show", "never show jid"].contains(word)
        case .always: ["enforce visible"].contains(word)
        case .preferNot: ["prefer hidden", "prefer not show", "prefer not show jid"].contains(word)
        }
    }

    private static func choice(
        _ form: DataForm, _ name: String, yes: String, no: String
    ) throws(StanzaError) -> Bool? {
        guard let word = form.value(of: name)?.lowercased() else { return nil }
        guard word == yes || word == no else { throw Option.bad(name) }
        return word == yes
    }
}
