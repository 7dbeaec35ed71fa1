// Files that say what is right: compared, or rewritten where that is asked for.

import Foundation

/// A folder of golden files.
package struct Golden: Sendable {
    private let folder: URL
    /// `PARLANCE_GOLDEN=update`: what differs is written down and reviewed as a change.
    private let isUpdating: Bool

    /// - Parameters:
    ///   - testFile: a file in a folder beside `Golden`.
    ///   - folder: below `Golden`.
    package init(beside testFile: String, folder: String) {
        self.folder = URL(fileURLWithPath: testFile).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Golden").resolvingSymlinksInPath().appendingPathComponent(folder)
        isUpdating = ProcessInfo.processInfo.environment["PARLANCE_GOLDEN"] == "update"
    }

    /// Compares a file with what it should be.
    ///
    /// - Returns: the first line that differs, in words; nil where none does.
    package func difference(of name: String, from text: String) throws -> String? {
        let file = folder.appendingPathComponent(name)
        let stored = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        if stored == text { return nil }
        if isUpdating {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
            return nil
        }
        return Self.difference(stored, text) + "\nreview it, then: make golden"
    }

    static func difference(_ stored: String, _ text: String) -> String {
        let old = stored.split(separator: "\n", omittingEmptySubsequences: false)
        let new = text.split(separator: "\n", omittingEmptySubsequences: false)
        let line = zip(old, new).enumerated().first { $1.0 != $1.1 }?.offset ?? min(old.count, new.count)
        let was = line < old.count ? old[line] : "(the end)"
        let now = line < new.count ? new[line] : "(the end)"
        return "line \(line + 1)\n  was: \(was)\n  now: \(now)"
    }

    /// The names of the files there are.
    package var names: Set<String> {
        Set((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    }

    /// Removes a file that nothing writes any more, if files are being rewritten.
    package func drop(_ name: String) throws {
        if isUpdating { try FileManager.default.removeItem(at: folder.appendingPathComponent(name)) }
    }
}
