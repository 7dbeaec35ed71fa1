// Which of the stanzas that arrived is which of those expected, where the order is open.

import XML

/// Finds a stanza for each expectation; remembers how far it came, for the message.
struct Casting {
    /// The expectation that could not be met when the most others were, and why.
    private(set) var farthest: (met: Int, expectation: ExpectedStanza?, reason: String) = (-1, nil, "")

    /// - Parameter open: by receiver, the stanzas not yet given to an expectation.
    /// - Returns: the bindings with everything captured; nil where there is no way.
    mutating func assign(
        _ expectations: ArraySlice<ExpectedStanza>, _ open: [String: [Element]], _ bindings: Bindings
    ) -> Bindings? {
        guard let first = expectations.first else { return bindings }
        for (index, stanza) in (open[first.who] ?? []).enumerated() {
            do throws(Mismatch) {
                let found = try first.meets(stanza, bindings)
                var rest = open
                rest[first.who]?.remove(at: index)
                if let all = assign(expectations.dropFirst(), rest, found) { return all }
            } catch {
                if expectations.startIndex > farthest.met {
                    farthest = (expectations.startIndex, first, error.description)
                }
            }
        }
        return nil
    }
}

extension ExpectedStanza {
    /// Whether this is the stanza.
    func meets(_ stanza: Element, _ bindings: Bindings) throws(Mismatch) -> Bindings {
        let found = try pattern.matchStanza(stanza, bindings)
        for forbidden in absent where forbidden.isAnywhere(in: stanza, found) {
            throw Mismatch(description: "there is a <\(forbidden.name.description)/> that should not be")
        }
        return found
    }
}
