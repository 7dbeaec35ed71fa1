// The files of this repository as the tidy rules see them: text, by path from its root.
import Foundation

/// A text file of the repository.
struct TextFile: Sendable {
    /// Path from the root of the repository, with `/`.
    let path: String
    let text: String
    let lines: [Substring]

    init(path: String, text: String) {
        self.path = path
        self.text = text
        self.lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    var name: String { path.split(separator: "/").last.map(String.init) ?? path }
    var kind: String { name.split(separator: ".").last.map(String.init) ?? "" }
    var isSwift: Bool { kind == "swift" }

    /// The target a file under `Sources` belongs to.
    var target: String? {
        let parts = path.split(separator: "/")
        return parts.count > 2 && parts[0] == "Sources" ? String(parts[1]) : nil
    }

    /// Whether one of `places` holds this file; a place is a folder ("Sources/XML") or a file.
    func isIn(_ places: [String]) -> Bool {
        places.contains { path == $0 || path.hasPrefix($0 + "/") }
    }
}

/// What a rule objects to, as a person wants to read it: `path:line: what`.
struct Finding: CustomStringConvertible, Equatable {
    let path: String
    let line: Int
    let what: String

    var description: String { "\(path):\(line): \(what)" }
}

/// Every text file a person would find in a clean clone.
struct Repository: Sendable {
    let root: URL
    let files: [TextFile]
    /// Every path, files that are not text and folders included, for checking links.
    let paths: Set<String>

    static let here = Repository(
        root: URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent())

    /// What builds, servers and editors leave behind; the same names as in `.gitignore`.
    private static let notOurs = ["data", "__pycache__", ".git", ".venv", ".swiftpm", "Package.resolved", ".DS_Store"]

    init(root: URL) {
        self.root = root
        var files: [TextFile] = []
        var paths: Set<String> = []
        Self.walk(root, under: "") { path, url in
            paths.insert(path)
            if let data = try? Data(contentsOf: url), let text = String(data: data, encoding: .utf8) {
                files.append(TextFile(path: path, text: text))
            }
        }
        self.files = files
        self.paths = paths
    }

    var swift: [TextFile] { files.filter { $0.isSwift } }
    var sources: [TextFile] { swift.filter { $0.isIn(["Sources"]) } }

    private static func walk(_ folder: URL, under prefix: String, _ visit: (String, URL) -> Void) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        for name in names.sorted() where !isLeftBehind(name) {
            let url = folder.appendingPathComponent(name)
            let path = prefix + name
            visit(path, url)
            if (try? url.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory == true {
                walk(url, under: path + "/", visit)
            }
        }
    }

    private static func isLeftBehind(_ name: String) -> Bool {
        notOurs.contains(name) || name.hasPrefix(".build") || name.hasSuffix(".log")
    }
}
