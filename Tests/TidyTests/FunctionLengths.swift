// How many lines each function takes, found by counting brackets in code without comments and literals.

/// A function, initialiser, subscript or deinitialiser that has a body.
struct FunctionExtent: Equatable {
    let name: String
    /// The line of its keyword, counted from 1.
    let line: Int
    /// From the keyword to the closing brace, both included.
    let length: Int
}

/// Reads the tokens that matter for lengths: words, brackets and line ends.
struct FunctionLengths {
    private enum Token: Equatable {
        case word(Substring)
        case open(Character)
        case close(Character)
        case newline
        case other(Character)
    }

    private let tokens: [Token]

    init(_ code: SwiftCode) {
        var tokens: [Token] = []
        var rest = Substring(code.text)
        while let first = rest.first {
            let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            if !word.isEmpty {
                tokens.append(.word(word))
                rest = rest.dropFirst(word.count)
                continue
            }
            rest = rest.dropFirst()
            switch first {
            case "(", "[", "{": tokens.append(.open(first))
            case ")", "]", "}": tokens.append(.close(first))
            case "\n": tokens.append(.newline)
            case " ", "\t", "\r": break
            default: tokens.append(.other(first))
            }
        }
        self.tokens = tokens
    }

    func extents() -> [FunctionExtent] {
        var found: [FunctionExtent] = []
        var line = 1
        for (index, token) in tokens.enumerated() {
            if token == .newline { line += 1 }
            guard let name = declaredName(at: index), let body = bodyStart(after: index) else { continue }
            let end = bodyEnd(from: body)
            let length = tokens[index...end].count { $0 == .newline } + 1
            found.append(FunctionExtent(name: name, line: line, length: length))
        }
        return found
    }

    /// The name if a declaration keyword stands at `index`; `x.init(` and `self.init(` are calls.
    private func declaredName(at index: Int) -> String? {
        guard case .word(let keyword) = tokens[index], index == 0 || tokens[index - 1] != .other(".")
        else { return nil }
        switch keyword {
        case "func":
            guard index + 1 < tokens.count else { return nil }
            if case .word(let name) = tokens[index + 1] { return String(name) }
            return "operator"
        case "init", "subscript", "deinit":
            return String(keyword)
        default:
            return nil
        }
    }

    /// The opening brace of the body, or nil for a requirement of a protocol and anything that is no declaration.
    private func bodyStart(after keyword: Int) -> Int? {
        var depth = 0
        for index in (keyword + 1)..<tokens.count {
            switch tokens[index] {
            case .open("{") where depth == 0: return index
            case .open: depth += 1
            case .close:
                depth -= 1
                if depth < 0 { return nil }
            case .newline where depth == 0 && !signatureContinues(after: index): return nil
            default: break
            }
        }
        return nil
    }

    private func signatureContinues(after newline: Int) -> Bool {
        switch tokens[newline...].first(where: { $0 != .newline }) {
        case .open("{"), .open("("), .other("-"): true
        case .word(let word): ["where", "throws", "rethrows", "async"].contains(word)
        default: false
        }
    }

    private func bodyEnd(from start: Int) -> Int {
        var depth = 0
        for index in start..<tokens.count {
            switch tokens[index] {
            case .open: depth += 1
            case .close: depth -= 1
            default: break
            }
            if depth == 0 { return index }
        }
        return tokens.count - 1
    }
}
