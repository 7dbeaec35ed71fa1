// What the names in braces stand for: addresses given by the stage, and what stanzas were seen to contain.

package import XMPP

/// The meaning of `{name}` at one moment of a performance.
package struct Bindings: Sendable {
    private var values: [String: String]
    /// The time on the stage.
    package var now: Moment

    package init(_ values: [String: String] = [:], now: Moment) {
        self.values = values
        self.now = now
    }

    package subscript(_ name: String) -> String? { values[name] }

    func with(_ name: String, _ value: String) -> Bindings {
        var copy = self
        copy.values[name] = value
        return copy
    }

    /// The name in braces with which `text` begins, if it does: a letter first, then letters, digits and `._/+-`.
    static func name(at text: Substring) -> Substring? {
        guard text.first == "{", let end = text.firstIndex(of: "}") else { return nil }
        let name = text[text.index(after: text.startIndex)..<end]
        guard name.first?.isLetter == true, name.allSatisfy({ $0.isLetter || $0.isNumber || "._/+-".contains($0) })
        else { return nil }
        return name
    }

    /// `now`, or `now-5m`, `now+1h`.
    func moment(_ name: String) -> Moment? {
        guard name.hasPrefix("now") else { return nil }
        let shift = name.dropFirst(3)
        guard let sign = shift.first else { return now }
        guard sign == "+" || sign == "-", let duration = Duration(scenario: shift.dropFirst()) else { return nil }
        return now + (sign == "+" ? duration : .zero - duration)
    }

    /// The text with every name replaced by what it stands for, as XML.
    ///
    /// - Throws: the name that stands for nothing yet.
    package func fill(_ text: String) throws(UnknownName) -> String {
        var filled = ""
        var rest = text[...]
        while let first = rest.first {
            guard let name = Self.name(at: rest) else {
                filled.append(first)
                rest.removeFirst()
                continue
            }
            guard let value = values[String(name)] ?? moment(String(name))?.xep0082 else {
                throw UnknownName(name: String(name))
            }
            filled += value.escaped
            rest = rest.dropFirst(name.count + 2)
        }
        return filled
    }

    /// A name in braces that was never captured.
    package struct UnknownName: Error {
        package let name: String
    }
}

extension String {
    /// As it stands in XML, within text or an attribute.
    fileprivate var escaped: String {
        reduce(into: "") { text, character in
            switch character {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "'": text += "&apos;"
            case "\"": text += "&quot;"
            default: text.append(character)
            }
        }
    }
}

extension Duration {
    /// `90s`, `5m`, `2h`, `1d`, `500ms`.
    init?(scenario text: some StringProtocol) {
        let digits = text.prefix { $0.isNumber }
        guard let count = Int64(digits) else { return nil }
        switch text.dropFirst(digits.count) {
        case "ms": self = .milliseconds(count)
        case "s": self = .seconds(count)
        case "m": self = .seconds(count * 60)
        case "h": self = .seconds(count * 3_600)
        case "d": self = .seconds(count * 86_400)
        default: return nil
        }
    }
}
