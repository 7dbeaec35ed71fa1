// Words that may not stand in some places, or only with a comment that says why: the rules as data.
import Foundation

/// One forbidden pattern.
struct WordRule: Sendable {
    enum Excuse: Sendable {
        case none
        /// Allowed when the comment directly above says `SAFETY:` and why it holds.
        case safetyComment
    }

    let what: String
    /// An ICU regular expression, met line by line.
    let pattern: String
    /// Folders or files; empty means everywhere.
    let places: [String]
    /// File name endings it applies to; empty means every text file.
    var kinds: [String] = ["swift"]
    /// Whether comments and string literals are read as well.
    var readsComments = false
    var excuse = Excuse.none
}

extension WordRule {
    /// The targets that know no clock, no chance and no waiting: all these come to them as arguments.
    private static let pure =
        ["XML", "XMPP", "Streams", "Rooms", "DialectKit", "Groupchat", "GenericConference", "MUC", "MIX", "Mirrors"]
        .map { "Sources/" + $0 }
    private static let confined = pure + ["Sources/Storage", "Sources/Accounts"]

    static let all: [WordRule] = [
        WordRule(
            what: "no async, await or Task here: work is done on the caller's loop",
            pattern: #"\b(async|await)\b|\bTask\s*(\{|\.|\(|<)|\bwith\w*TaskGroup\b"#,
            places: confined + ["Sources/Host"]),
        WordRule(
            what: "time and chance are arguments here",
            pattern: #"\bDate\s*\(\)|\bDate\.now\b|\bUUID\s*\(\)|\bSystemRandomNumberGenerator\b"#
                + #"|\.random(Element)?\((?!.*using:)|\.shuffled\(\)|\b(Continuous|Suspending)Clock\b"#
                + #"|\bDispatchTime\b|\bclock_gettime\b|\bgettimeofday\b"#,
            places: confined, excuse: .safetyComment),
        WordRule(
            what: "an unchecked promise to the compiler needs a SAFETY: comment directly above",
            pattern: #"@unchecked\s+Sendable|\bnonisolated\(unsafe\)"#, places: ["Sources", "Tests"],
            excuse: .safetyComment),
        WordRule(
            what: "a force (try!, as!, x!) needs a SAFETY: comment directly above",
            pattern: #"\b(try|as)!|[\w\)\]>]!(?!=)"#, places: ["Sources"], excuse: .safetyComment),
        WordRule(
            what: "no fatalError: throw, or state a precondition", pattern: #"\bfatalError\("#, places: ["Sources"]),
        WordRule(
            what: "tests do not sleep: move the clock by hand",
            pattern: #"\bTask\.sleep\b|\bThread\.sleep\b|\bu?sleep\("#, places: ["Tests"]),
        WordRule(
            what: "no marks of unfinished work", pattern: "\\b(TO" + "DO|FIX" + "ME|XX" + "X|HA" + "CK)\\b", places: [],
            kinds: ["swift", "py", "sh", "h", "c", "scenario", "Makefile"], readsComments: true),
        WordRule(
            what: "no paths of one machine",
            pattern: "(?<![\\w.])/(wo" + "rk|ro" + "ot|fa" + "rm)/|\\.\\./sha" + "red\\b", places: [], kinds: [],
            readsComments: true),
    ]

    func findings(in file: TextFile) throws -> [Finding] {
        guard places.isEmpty || file.isIn(places), kinds.isEmpty || kinds.contains(file.kind) else { return [] }
        let text = readsComments || !file.isSwift ? file.text : SwiftCode(file.text).text
        let expression = try NSRegularExpression(pattern: pattern)
        let nsText = text as NSString
        var lines: [Int] = []
        for match in expression.matches(in: text, range: NSRange(location: 0, length: nsText.length)) {
            let line = nsText.substring(to: match.range.location).count { $0.isNewline } + 1
            if lines.last != line { lines.append(line) }
        }
        return lines.filter { !isExcused(file, line: $0) }.map { Finding(path: file.path, line: $0, what: what) }
    }

    private func isExcused(_ file: TextFile, line: Int) -> Bool {
        guard case .safetyComment = excuse else { return false }
        for above in file.lines[..<(line - 1)].reversed() {
            let text = above.drop { $0 == " " }
            guard text.hasPrefix("//") || text.hasPrefix("@") else { return false }
            if text.contains("SAFETY:") { return true }
        }
        return false
    }
}
