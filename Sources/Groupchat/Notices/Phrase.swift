// A sentence with places for names.

/// Words with places, each written `%@`, that are filled in order.
struct Phrase: Sendable, Equatable {
    private let parts: [Substring]

    init(_ format: String) { parts = format.split(separator: "%@", omittingEmptySubsequences: false) }

    /// The words with `values` in their places. Places without a value are empty, values without a place are left out.
    func filled(_ values: [String]) -> String {
        var text = ""
        for (index, part) in parts.enumerated() {
            text += part
            if index < parts.count - 1, index < values.count { text += values[index] }
        }
        return text
    }

    func filled(_ values: String...) -> String { filled(values) }
}

extension Phrase: ExpressibleByStringLiteral {
    init(stringLiteral format: String) { self.init(format) }
}
