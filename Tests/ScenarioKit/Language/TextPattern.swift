// A text with gaps: `…` is anything, `{name}` is remembered the first time and must be the same afterwards.

import XMPP

/// A value or text as a scenario describes it.
struct TextPattern: Sendable {
    private enum Piece: Sendable, Equatable {
        case literal(String)
        case anything
        case capture(String)
    }

    private let pieces: [Piece]
    private let source: String

    init(_ text: String) {
        source = text
        var pieces: [Piece] = []
        var literal = ""
        func flush() {
            if !literal.isEmpty { pieces.append(.literal(literal)) }
            literal = ""
        }
        var rest = text[...]
        while let first = rest.first {
            if first == ElementPattern.more {
                flush()
                pieces.append(.anything)
                rest.removeFirst()
            } else if let name = Bindings.name(at: rest) {
                flush()
                pieces.append(.capture(String(name)))
                rest = rest.dropFirst(name.count + 2)
            } else {
                literal.append(first)
                rest.removeFirst()
            }
        }
        flush()
        self.pieces = pieces
    }

    var description: String { source }

    /// Everything that fits, with what it captures; nil where it does not fit.
    func match(_ text: String, _ bindings: Bindings) -> Bindings? { Self.match(pieces[...], text[...], bindings) }

    private static func match(_ pieces: ArraySlice<Piece>, _ text: Substring, _ bindings: Bindings) -> Bindings? {
        guard let piece = pieces.first else { return text.isEmpty ? bindings : nil }
        let rest = pieces.dropFirst()
        switch piece {
        case .literal(let literal):
            return text.hasPrefix(literal) ? match(rest, text.dropFirst(literal.count), bindings) : nil
        case .anything:
            return splits(of: text, from: 0).lazy.compactMap { match(rest, text.dropFirst($0), bindings) }.first
        case .capture(let name):
            if name.hasPrefix("now") { return moment(name, rest, text, bindings) }
            if let known = bindings[name] {
                return text.hasPrefix(known) ? match(rest, text.dropFirst(known.count), bindings) : nil
            }
            return splits(of: text, from: 1).lazy.compactMap { length -> Bindings? in
                match(rest, text.dropFirst(length), bindings.with(name, String(text.prefix(length))))
            }.first
        }
    }

    private static func splits(of text: Substring, from start: Int) -> [Int] {
        start > text.count ? [] : Array(start...text.count)
    }

    /// A point in time: the clock of a journal rises with every message, so a second more or less is the same.
    private static func moment(
        _ name: String, _ rest: ArraySlice<Piece>, _ text: Substring, _ bindings: Bindings
    ) -> Bindings? {
        guard let wanted = bindings.moment(name) else { return nil }
        return splits(of: text, from: 1).lazy.compactMap { length -> Bindings? in
            let stamp = String(text.prefix(length))
            guard let found = Moment(xep0082: stamp) ?? Moment(legacyStamp: stamp),
                (wanted - found) >= .seconds(-1), (wanted - found) <= .seconds(1)
            else { return nil }
            return match(rest, text.dropFirst(length), bindings)
        }.first
    }
}
