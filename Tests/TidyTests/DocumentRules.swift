// What a Markdown document has to look like: one title, and links that lead somewhere.
import Foundation

/// Rules about Markdown documents.
enum DocumentRules {
    static func title(_ file: TextFile) -> [Finding] {
        let titles = prose(file).filter { $0.text.hasPrefix("# ") }
        guard titles.count != 1 else { return [] }
        let what = "\(titles.count) titles (`# `): exactly one"
        return [Finding(path: file.path, line: titles.last?.line ?? 1, what: what)]
    }

    /// Relative links name a file or folder of the repository; `#part` after it is not looked up.
    static func links(_ file: TextFile, in repository: Repository) throws -> [Finding] {
        let expression = try NSRegularExpression(pattern: #"\]\(([^()\s]+)\)"#)
        return prose(file).flatMap { text, line -> [Finding] in
            let plain = withoutCodeSpans(text)
            let whole = NSRange(location: 0, length: (plain as NSString).length)
            return expression.matches(in: plain, range: whole).compactMap { match in
                let target = (plain as NSString).substring(with: match.range(at: 1))
                guard !leads(target, from: file.path, in: repository) else { return nil }
                return Finding(path: file.path, line: line, what: "link to \(target) leads nowhere")
            }
        }
    }

    private static func leads(_ target: String, from path: String, in repository: Repository) -> Bool {
        if target.contains("://") || target.hasPrefix("mailto:") || target.hasPrefix("#") { return true }
        var parts = path.split(separator: "/").dropLast().map(String.init)
        for part in target.prefix(while: { $0 != "#" }).split(separator: "/") {
            switch part {
            case ".": break
            case "..":
                if parts.isEmpty { return false }
                parts.removeLast()
            default: parts.append(String(part))
            }
        }
        return parts.isEmpty || repository.paths.contains(parts.joined(separator: "/"))
    }

    /// The lines outside fenced code, numbered from 1.
    private static func prose(_ file: TextFile) -> [(text: Substring, line: Int)] {
        var isFenced = false
        return file.lines.enumerated().compactMap { index, text in
            if text.drop(while: { $0 == " " }).hasPrefix("```") {
                isFenced.toggle()
                return nil
            }
            return isFenced ? nil : (text, index + 1)
        }
    }

    private static func withoutCodeSpans(_ text: Substring) -> String {
        text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .map { $0.offset.isMultiple(of: 2) ? String($0.element) : "" }.joined(separator: "`")
    }
}
