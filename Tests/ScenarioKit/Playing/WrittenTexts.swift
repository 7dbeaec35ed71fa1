// Texts in which somebody wrote an address on purpose: their readers read it there with the writer's leave.

import XML

/// What was written, and whether an address stands anywhere else.
struct WrittenTexts {
    /// In words for people an address may be passed on in whatever form; elsewhere only in the element it was in.
    private var words: Set<String> = []
    private var values: [String: Set<String>] = [:]

    /// Elements that hold an address and nothing else.
    private static let holders: Set<String> = ["value", "invitee", "inviter"]
    /// Elements in which only a room may write an address.
    private static let claims: Set<String> = ["jid"]

    /// Keeps the texts of a stanza in which this local part stands.
    mutating func collect(from element: Element, naming local: String) {
        element.walk { element in
            let text = element.text
            guard text.contains(local), !Self.claims.contains(element.name) else { return }
            if Self.holders.contains(element.name) {
                values[element.name, default: []].insert(text)
            } else {
                words.insert(text)
            }
        }
    }

    /// Whether this local part stands in an element, the texts apart and everything that is skipped.
    func isNamed(_ local: String, in element: Element, skipping: (Element) -> Bool) -> Bool {
        if element.attributes.contains(where: { rest(of: $0.value, in: nil).contains(local) }) { return true }
        if rest(of: element.text, in: element.name).contains(local) { return true }
        return element.children.contains { !skipping($0) && isNamed(local, in: $0, skipping: skipping) }
    }

    private func rest(of text: String, in name: String?) -> String {
        var rest = text
        for word in words { rest = rest.replacing(word, with: "") }
        for value in name.flatMap({ values[$0] }) ?? [] { rest = rest.replacing(value, with: "") }
        return rest
    }
}
