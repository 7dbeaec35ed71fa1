// What stands where the data folder should be, before anything is opened or made there.

import Foundation
import SQLiteStorage

/// The path of a data folder, looked at.
public struct DataPlace: Sendable {
    /// The path, as given.
    public let path: String

    public init(_ configuration: ServerConfiguration) { path = configuration.data }

    /// Whether something stands at the path.
    public var exists: Bool { FileManager.default.fileExists(atPath: path) }

    /// Whether a server has been here: its store is there, or the socket of one that keeps everything in memory.
    var hasData: Bool {
        [SQLiteStorage.fileName, ControlSocket.fileName].contains {
            FileManager.default.fileExists(atPath: "\(path)/\($0)")
        }
    }

    /// Why no data folder can be here, and what to do; nil: nothing speaks against it so far.
    var problem: String? {
        if exists {
            return Self.isFolder(path) ? nil : "data: \(path) is not a folder: move it away, or choose another path"
        }
        let parent = Self.parent(of: path)
        guard Self.isFolder(parent) else {
            return "data: \(path) cannot be made, \(parent) is no folder: make that first, or choose another path"
        }
        guard FileManager.default.isWritableFile(atPath: parent) else {
            return "data: \(path) cannot be made in \(parent): give the server's user rights there, or make it"
        }
        return nil
    }

    /// The folder a path stands in. (Foundation's own answer traps for a name of one character.)
    static func parent(of path: String) -> String {
        let steps = path.split(separator: "/")
        let above = steps.dropLast().joined(separator: "/")
        if path.hasPrefix("/") { return "/" + above }
        return above.isEmpty ? "." : above
    }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }
}
