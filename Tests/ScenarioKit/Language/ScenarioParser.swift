// Reads a scenario: one statement a line, stanzas indented below it.

import XML

/// What is wrong with a scenario file, and where.
package struct ScenarioFault: Error, Sendable, Equatable, CustomStringConvertible {
    package let path: String
    package let line: Int
    package let what: String

    package var description: String { "\(path):\(line): \(what)" }
}

/// Reads one file, line by line.
package struct ScenarioParser {
    private let path: String
    private let lines: [String]
    /// The next line to read, from 0.
    private var next = 0
    private var citation: String?
    private var isInProcessOnly = false
    private var options = ServiceOptions()
    private(set) var cast: [Part] = []
    /// The room or channel made last.
    var lastRoom: String?

    /// - Parameter path: the file below `Tests/Scenarios`, for messages.
    package static func read(_ text: String, path: String) throws(ScenarioFault) -> Scenario {
        var parser = ScenarioParser(text, path)
        return try parser.read()
    }

    private init(_ text: String, _ path: String) {
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    private mutating func read() throws(ScenarioFault) -> Scenario {
        guard let first = lines.first, first.hasPrefix("# "), first.count > 5 else {
            throw fault("the first line cites the document: # XEP-0045 §7.2.1", at: 0)
        }
        citation = String(first.dropFirst(2))
        var steps: [Step] = []
        while let line = nextStatement() {
            if indentation(line) > 0 { throw fault("indented, and nothing above it takes a block", at: line) }
            if let step = try statement(at: line) { steps.append(step) }
        }
        guard !cast.isEmpty else { throw fault("nobody speaks: Hag66 speaks muc", at: 0) }
        guard !steps.isEmpty else { throw fault("nothing happens", at: 0) }
        return Scenario(
            path: path, lines: lines, citation: citation ?? "", isInProcessOnly: isInProcessOnly, options: options,
            cast: cast, steps: steps)
    }

    // MARK: Lines

    /// The next line that is neither blank nor a comment; comments may carry `stage: in-process`.
    private mutating func nextStatement() -> Int? {
        while next < lines.count {
            let text = lines[next].withoutOuterSpace
            if text.hasPrefix("#") {
                if String(text.dropFirst()).withoutOuterSpace == "stage: in-process" { isInProcessOnly = true }
            } else if !text.isEmpty {
                next += 1
                return next - 1
            }
            next += 1
        }
        return nil
    }

    private func indentation(_ line: Int) -> Int { lines[line].prefix { $0 == " " || $0 == "\t" }.count }

    /// A statement without indentation, comment and closing colon.
    private func words(_ line: Int) -> String {
        var text = lines[line].withoutOuterSpace
        if let comment = text.firstRange(of: " #"), !text.contains("<") {
            text = String(text[..<comment.lowerBound]).withoutOuterSpace
        }
        return text.hasSuffix(":") ? String(text.dropLast()) : text
    }

    /// The indented lines below a statement, comments left out.
    private mutating func block(below line: Int) -> String {
        var block: [String] = []
        while next < lines.count, lines[next].withoutOuterSpace.isEmpty || indentation(next) > indentation(line) {
            if !lines[next].withoutOuterSpace.hasPrefix("#") { block.append(lines[next]) }
            next += 1
        }
        return block.joined(separator: "\n").withoutOuterSpace
    }

    func fault(_ what: String, at line: Int) -> ScenarioFault {
        ScenarioFault(path: path, line: line + 1, what: what)
    }

    // MARK: Statements

    private mutating func statement(at line: Int) throws(ScenarioFault) -> Step? {
        let text = words(line)
        let word = text.prefix { !$0.isWhitespace }
        let rest = String(text.dropFirst(word.count)).withoutOuterSpace
        switch word {
        case "stage":
            guard rest == "in-process" else { throw fault("stage in-process", at: line) }
            isInProcessOnly = true
            return nil
        case "stage:":
            guard rest == "in-process" else { throw fault("stage: in-process", at: line) }
            isInProcessOnly = true
            return nil
        case "service":
            try serviceOptions(rest, at: line)
            return nil
        case "setup": return Step(line: line + 1, action: try setup(rest, at: line))
        case "all" where rest == "unordered":
            return Step(line: line + 1, action: .unordered(try unordered(below: line)))
        case "nobody" where rest == "receives anything more": return Step(line: line + 1, action: .silence(who: nil))
        case "everybody" where rest == "ignores the rest": return Step(line: line + 1, action: .ignore(who: nil))
        case "wait":
            guard let duration = Duration(scenario: rest) else { throw fault("wait 5m (ms, s, m, h, d)", at: line) }
            return Step(line: line + 1, action: .wait(duration))
        case "the" where rest == "server stops": return Step(line: line + 1, action: .stop)
        case "restart" where rest.isEmpty: return Step(line: line + 1, action: .restart)
        case "storage" where rest == "fails": return Step(line: line + 1, action: .storageFails)
        default: break
        }
        if rest.hasPrefix("speaks") || rest.hasPrefix("has an account") {
            try speaks(text, at: line)
            return nil
        }
        return Step(line: line + 1, action: try deed(of: String(word), rest, at: line))
    }

    private mutating func serviceOptions(_ text: String, at line: Int) throws(ScenarioFault) {
        for word in text.split(separator: " ") {
            let halves = word.split(separator: "=", maxSplits: 1)
            guard halves.count == 2 else { throw fault("service key=value", at: line) }
            if let wrong = options.set(String(halves[0]), to: String(halves[1])) {
                throw fault("service \(word): expected \(wrong)", at: line)
            }
        }
    }

    private mutating func speaks(_ text: String, at line: Int) throws(ScenarioFault) {
        for part in text.split(separator: ";") {
            let words = part.split(separator: " ").map(String.init)
            guard let new = Self.part(words) else {
                let dialects = Part.Dialect.allCases.map(\.rawValue).joined(separator: ", ")
                throw fault(
                    "NAME speaks \(dialects), im, muc with caps, or DIALECT from afar; or has an account", at: line)
            }
            guard !cast.contains(where: { $0.name == new.name }) else {
                throw fault("\(new.name) is there already", at: line)
            }
            guard !cast.contains(where: { $0.account == new.account && ($0.start == .afar) != (new.start == .afar) })
            else { throw fault("\(new.account) has one account, here or afar", at: line) }
            cast.append(new)
        }
    }

    /// `Hag66 speaks muc`, `… with caps`, `… from afar`, `Hag66 speaks im`, `Hag66 has an account`.
    private static func part(_ words: [String]) -> Part? {
        switch words.dropFirst() {
        case ["speaks", "im"]: return Part(name: words[0], dialect: .muc, start: .connected)
        case ["has", "an", "account"]: return Part(name: words[0], dialect: .muc, start: .offline)
        case ["speaks", "im", "from", "afar"]: return Part(name: words[0], dialect: .muc, start: .afar)
        case ["speaks", "muc", "with", "caps"]:
            return Part(name: words[0], dialect: .muc, showsCapabilities: true)
        default:
            guard words.count >= 3, words[1] == "speaks", let dialect = Part.Dialect(rawValue: words[2]) else {
                return nil
            }
            switch words.dropFirst(3) {
            case []: return Part(name: words[0], dialect: dialect)
            case ["from", "afar"]: return Part(name: words[0], dialect: dialect, start: .afar)
            default: return nil
            }
        }
    }

    // MARK: What somebody does

    private mutating func deed(
        of name: String, _ rest: String, at line: Int
    ) throws(ScenarioFault) -> Step.Action {
        switch rest {
        case "receives nothing more", "receives nothing": return .silence(who: try member(name, at: line))
        case "ignores the rest": return .ignore(who: try member(name, at: line))
        case "disconnects": return .disconnect(who: try client(name, at: line))
        case "reconnects", "connects": return .reconnect(who: try client(name, at: line))
        case "turns stream management on": return .manage(who: try client(name, at: line))
        case "resumes": return .resume(who: try client(name, at: line))
        case "leaves the stream": return .leaveStream(who: try client(name, at: line))
        default: break
        }
        if rest.hasPrefix("sends") {
            let stanza = String(rest.dropFirst(5)).withoutOuterSpace + block(below: line)
            guard !stanza.isEmpty else { throw fault("the stanza stands indented below", at: line) }
            guard !stanza.contains(ElementPattern.more) else { throw fault("nobody can send a gap", at: line) }
            return .send(who: try member(name, at: line), text: stanza)
        }
        guard rest.hasPrefix("receives") else {
            let verbs =
                "speaks, sends, receives, ignores the rest, disconnects, connects, leaves the stream, "
                + "turns stream management on, resumes"
            throw fault("\(name) may do one of: \(verbs)", at: line)
        }
        let expected = try expectations(of: name, rest, at: line)
        return expected.count == 1 ? .receive(expected[0]) : .unordered(expected)
    }

    func member(_ name: String, at line: Int) throws(ScenarioFault) -> String {
        guard cast.contains(where: { $0.name == name }) else {
            throw fault("who is \(name)? \(name) speaks muc", at: line)
        }
        return name
    }

    /// A member of the cast that has a connection of its own.
    func client(_ name: String, at line: Int) throws(ScenarioFault) -> String {
        let name = try member(name, at: line)
        guard cast.contains(where: { $0.name == name && $0.start != .afar }) else {
            throw fault("\(name) is at another server: there is no connection", at: line)
        }
        return name
    }

    /// `receives`, `receives, with no <x/>`, `receives, with no <x/> and no <y/>`, and the stanza below or behind.
    private mutating func expectations(
        of name: String, _ rest: String, at line: Int
    ) throws(ScenarioFault) -> [ExpectedStanza] {
        let who = try member(name, at: line)
        var inline = String(rest.dropFirst("receives".count)).withoutOuterSpace
        var absent: [ElementPattern] = []
        if inline.hasPrefix(", with no ") {
            let list = inline.dropFirst(", with no ".count).replacing(" and no ", with: "")
            absent = try patterns(String(list), at: line)
            inline = ""
        }
        let written = try patterns(inline + block(below: line), at: line)
        guard written.count == 1 else {
            throw fault("one stanza stands indented below; here are \(written.count)", at: line)
        }
        return [ExpectedStanza(line: line + 1, who: who, pattern: written[0], absent: absent)]
    }

    private func patterns(_ text: String, at line: Int) throws(ScenarioFault) -> [ElementPattern] {
        do throws(XMLFault) {
            return try ElementPattern.read(text)
        } catch {
            throw fault("this is no XML (\(error)): \(text)", at: line)
        }
    }

    private mutating func unordered(below line: Int) throws(ScenarioFault) -> [ExpectedStanza] {
        var expected: [ExpectedStanza] = []
        while let below = nextStatement() {
            guard indentation(below) > indentation(line) else {
                next = below
                break
            }
            let text = words(below)
            let word = text.prefix { !$0.isWhitespace }
            let rest = String(text.dropFirst(word.count)).withoutOuterSpace
            guard rest.hasPrefix("receives"), !rest.hasPrefix("receives nothing") else {
                throw fault("only receives stands in `all unordered`", at: below)
            }
            expected += try expectations(of: String(word), rest, at: below)
        }
        guard expected.count > 1 else { throw fault("two or more receives stand indented below", at: line) }
        return expected
    }
}
