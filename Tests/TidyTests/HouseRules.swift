// The order of the house: which target may import which module, as data.

/// The targets from the ground up, and the few modules that only some of them may name.
enum HouseRules {
    /// A target imports only targets of lower storeys; targets on one storey never import each other.
    static let storeys: [[String]] = [
        ["CExpat", "CIDN2", "CMalloc"],
        ["XML"],
        ["XMPP"],
        ["Streams", "Rooms"],
        ["DialectKit"],
        ["Groupchat", "GenericConference", "MUC", "MIX", "Mirrors"],
        ["Storage"],
        ["Host"],
        ["Accounts"],
        ["Network", "SQLiteStorage"],
        ["Server"],
        ["parlance"],
    ]

    /// Modules (a trailing `*` means every module that begins so) and the only targets that import them.
    static let reserved: [(module: String, targets: [String])] = [
        ("CExpat", ["XML"]),
        ("CIDN2", ["XMPP"]),
        ("CMalloc", ["Server"]),
        ("NIO*", ["Network", "Server"]),
        ("GRDB*", ["SQLiteStorage"]),
        ("Yams", ["Server"]),
        ("ArgumentParser", ["parlance"]),
        ("Foundation*", ["Network", "SQLiteStorage", "Server", "parlance"]),
        ("Groupchat", ["Server"]),
        ("GenericConference", ["Server"]),
        ("MUC", ["Server"]),
        ("MIX", ["Server"]),
    ]

    static func findings(in file: TextFile) -> [Finding] {
        guard let target = file.target else { return [] }
        guard let storey = storey(of: target) else {
            return [Finding(path: file.path, line: 1, what: "target \(target) has no storey in HouseRules")]
        }
        return imports(of: file).compactMap { module, line in
            if let other = Self.storey(of: module), other >= storey, module != target {
                let what = "\(target) may not import \(module): imports point down"
                return Finding(path: file.path, line: line, what: what)
            }
            guard let rule = reserved.first(where: { matches(module, $0.module) }),
                !rule.targets.contains(target)
            else { return nil }
            let allowed = rule.targets.joined(separator: ", ")
            return Finding(path: file.path, line: line, what: "\(module) is imported in \(allowed) only")
        }
    }

    private static func storey(of target: String) -> Int? {
        storeys.firstIndex { $0.contains(target) }
    }

    private static func matches(_ module: String, _ pattern: String) -> Bool {
        pattern.hasSuffix("*") ? module.hasPrefix(pattern.dropLast()) : module == pattern
    }

    /// The modules a file imports, whatever stands before the word (`public`, `@preconcurrency`) or after (`struct`).
    private static func imports(of file: TextFile) -> [(module: String, line: Int)] {
        let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
        return SwiftCode(file.text).text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .compactMap { index, line in
                let words = line.split { $0 == " " || $0 == "\t" || $0 == ";" }
                guard let keyword = words.firstIndex(of: "import"), keyword < 4 else { return nil }
                let rest = words[(keyword + 1)...].drop { kinds.contains($0) }
                return rest.first.map { (String($0.prefix { $0 != "." }), index + 1) }
            }
    }
}
