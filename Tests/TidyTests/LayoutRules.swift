// What a file has to look like: its first line, its size, its name, and documentation of its public types.

/// Rules about the shape of Swift files.
enum LayoutRules {
    static let fileLines = 500
    static let lineColumns = 120
    static let functionLines = 60
    /// Words that name a drawer instead of an idea.
    static let emptyNames: Set<String> = ["Util", "Utils", "Utilities", "Helper", "Helpers", "Common", "Manager"]

    /// The first line says what the file is for; the manifest's first line belongs to SwiftPM.
    static func purpose(_ file: TextFile) -> [Finding] {
        let index = file.name == "Package.swift" ? 1 : 0
        let line = index < file.lines.count ? file.lines[index] : ""
        let isSentence = line.hasPrefix("// ") && line.hasSuffix(".") && line.count > 10
        return isSentence ? [] : [finding(file, index + 1, "begins without a `// ` sentence on what the file is for")]
    }

    static func size(_ file: TextFile) -> [Finding] {
        let count = file.lines.last == "" ? file.lines.count - 1 : file.lines.count
        let long = count > fileLines ? [finding(file, count, "\(count) lines: at most \(fileLines)")] : []
        let wide = file.lines.enumerated().filter { $1.utf8.count > lineColumns && $1.count > lineColumns }
        return long + wide.map { finding(file, $0.offset + 1, "\($0.element.count) columns: at most \(lineColumns)") }
    }

    static func functions(_ file: TextFile) -> [Finding] {
        FunctionLengths(SwiftCode(file.text)).extents().filter { $0.length > functionLines }.map {
            finding(file, $0.line, "\($0.name) takes \($0.length) lines: at most \(functionLines)")
        }
    }

    static func name(_ file: TextFile) -> [Finding] {
        let stem = file.name.prefix { $0 != "." }
        var words: [String] = []
        for character in stem {
            if character.isUppercase || !character.isLetter || words.isEmpty { words.append("") }
            words[words.count - 1].append(character)
        }
        let empty = words.filter { emptyNames.contains($0) }
        return empty.map { finding(file, 1, "`\($0)` says nothing: name the idea") }
    }

    /// Public types carry a doc comment. Members too, but a witness is documented where its protocol is, and no
    /// counting of words can tell a witness: for members reviewers see to it.
    static func documentation(_ file: TextFile) -> [Finding] {
        let code = SwiftCode(file.text).text.split(separator: "\n", omittingEmptySubsequences: false)
        return code.enumerated().compactMap { index, line in
            guard let declared = publicType(line), !isDocumented(file, index) else { return nil }
            return finding(file, index + 1, "public \(declared) has no doc comment")
        }
    }

    /// `struct Seat` for `    public struct Seat: Sendable {`; nil for other lines.
    private static func publicType(_ line: Substring) -> String? {
        let kinds: Set<Substring> = ["struct", "enum", "class", "actor", "protocol", "typealias"]
        let modifiers: Set<Substring> = ["public", "final", "indirect", "nonisolated"]
        let words = line.split { " (<:{".contains($0) }
        let rest = words.drop { modifiers.contains($0) }
        guard words.first == "public", let kind = rest.first, kinds.contains(kind), let name = rest.dropFirst().first
        else { return nil }
        return "\(kind) \(name)"
    }

    private static func isDocumented(_ file: TextFile, _ index: Int) -> Bool {
        let above = file.lines[..<index].reversed().lazy.map { $0.drop { $0 == " " } }
        return above.first { !$0.hasPrefix("@") && !$0.hasPrefix("// ") }?.hasPrefix("///") ?? false
    }

    private static func finding(_ file: TextFile, _ line: Int, _ what: String) -> Finding {
        Finding(path: file.path, line: line, what: what)
    }
}
