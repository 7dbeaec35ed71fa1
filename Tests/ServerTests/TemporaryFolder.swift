// A folder for one test, gone with it.

import Foundation

/// A folder under the system's temporary folder; short, because sockets stand in it.
final class TemporaryFolder {
    let path: String

    init() throws {
        let name = String(UInt64.random(in: 0 ... .max), radix: 36)
        path = FileManager.default.temporaryDirectory.appendingPathComponent("pl-\(name)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { path + "/" + name }

    @discardableResult
    func write(_ name: String, _ text: String) throws -> String {
        try Data(text.utf8).write(to: URL(fileURLWithPath: file(name)))
        return file(name)
    }

    func mode(of name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: file(name))[.posixPermissions] as? Int
    }
}
