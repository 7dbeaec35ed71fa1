// The scenario files of the project, found when the tests run.

import Foundation

/// One file below `Tests/Scenarios`.
package struct ScenarioFile: Sendable, Hashable, CustomStringConvertible {
    /// Relative to `Tests/Scenarios`: `muc/kick.scenario`.
    package let path: String

    package var description: String { path }
}

/// The folder of the scenarios.
package struct ScenarioLibrary: Sendable {
    private let folder: URL

    /// - Parameter testFile: a file in a folder beside `Scenarios`.
    package init(beside testFile: String) {
        folder = URL(fileURLWithPath: testFile).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Scenarios").resolvingSymlinksInPath()
    }

    /// What a path has to contain: `PARLANCE_SCENARIO` of the environment, for work on one scenario.
    package let wanted = ProcessInfo.processInfo.environment["PARLANCE_SCENARIO"] ?? ""

    /// The seeds of a run: three, or as many as `PARLANCE_SEEDS` of the environment says.
    package static var seeds: [UInt64] {
        let count = ProcessInfo.processInfo.environment["PARLANCE_SEEDS"].flatMap { Int($0) } ?? 3
        return (0..<max(1, count)).map { 20_020_910 + UInt64($0) }
    }

    /// Every scenario that is wanted, by path.
    package var files: [ScenarioFile] {
        let base = folder.standardizedFileURL.path
        guard let walk = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else { return [] }
        return walk.compactMap { $0 as? URL }.filter { $0.pathExtension == "scenario" }
            .map { ScenarioFile(path: String($0.standardizedFileURL.path.dropFirst(base.count + 1))) }
            .filter { wanted.isEmpty || $0.path.contains(wanted) }
            .sorted { $0.path < $1.path }
    }

    /// Reads one.
    package func read(_ file: ScenarioFile) throws -> Scenario {
        let text = try String(contentsOf: folder.appendingPathComponent(file.path), encoding: .utf8)
        return try ScenarioParser.read(text, path: file.path)
    }
}
