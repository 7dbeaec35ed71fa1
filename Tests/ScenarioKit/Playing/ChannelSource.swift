// The address that a stanza of a channel is from: the channel, and the participant it speaks for.

import XML

/// `coven@mix.d`, `coven@mix.d/P`, `P#coven@mix.d/R` or `coven+P@mix.d/R`.
struct ChannelSource: Hashable {
    /// The local part of the channel.
    let channel: String
    /// The stable id of the participant.
    let participant: String?
    /// Whether the participant itself is meant, not what the channel says of it.
    let isProxy: Bool

    private static let idLength = 16
    private static let idLetters = Set("abcdefghijklmnopqrstuvwxyz234567")

    /// - Returns: nil where the stanza is not from a channel below `domain`.
    init?(_ stanza: Element, of domain: String) {
        guard let from = stanza["from"] else { return nil }
        self.init(address: from, of: domain)
    }

    init?(address: String, of domain: String) {
        let parts = address.split(separator: "/", maxSplits: 1)
        guard let bare = parts.first, bare.hasSuffix("@\(domain)") else { return nil }
        let local = bare.dropLast(domain.count + 1)
        if let mark = local.firstIndex(of: "#") {
            (channel, participant) = (String(local[local.index(after: mark)...]), String(local[..<mark]))
            isProxy = true
        } else if let mark = local.lastIndex(of: "+"), Self.isID(local[local.index(after: mark)...]) {
            (channel, participant) = (String(local[..<mark]), String(local[local.index(after: mark)...]))
            isProxy = true
        } else {
            (channel, participant) = (String(local), parts.count == 2 ? String(parts[1]) : nil)
            isProxy = false
        }
    }

    private static func isID(_ text: Substring) -> Bool {
        text.count == idLength && text.allSatisfy { idLetters.contains($0) }
    }
}

extension Element {
    /// This element and all within it, from the outside in.
    func walk(_ visit: (Element) -> Void) {
        visit(self)
        for child in children { child.walk(visit) }
    }

    /// The first element within it, or itself, of this name.
    func first(_ name: String) -> Element? {
        if self.name == name { return self }
        for child in children { if let found = child.first(name) { return found } }
        return nil
    }

    /// The values of a field of a form.
    var fieldValues: [String] { children.filter { $0.name == "value" }.map(\.text) }
}
