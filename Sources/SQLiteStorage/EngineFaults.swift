// What an error of the engine means, and how a write says that it is half done.

import GRDB
import Storage

/// Thrown by a write that has changed something already: the engine takes the changes back.
struct HalfWritten: Error {
    let fault: StorageFault
}

extension StorageFault {
    /// The fault an error stands for; `path` is the file of the store.
    init(_ error: any Error, path: String) {
        switch error {
        case let fault as StorageFault: self = fault
        case let half as HalfWritten: self = half.fault
        case let error as DatabaseError: self.init(engine: error, path: path)
        default: self = .other("\(error)")
        }
    }

    private init(engine error: DatabaseError, path: String) {
        switch error.resultCode {
        case .SQLITE_FULL: self = .full
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH: self = .readOnly(path: path)
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .corrupt("\(path): \(error.message ?? "not a database")")
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked(path: path, pid: nil)
        default: self = .other("\(path): \(error.message ?? "error \(error.extendedResultCode.rawValue)")")
        }
    }
}

extension Error {
    /// Whether one write of a group caused it, and not the state of the disk or of the file.
    var isOfOneWrite: Bool {
        if self is HalfWritten { return true }
        let code = (self as? DatabaseError)?.resultCode
        return code == .SQLITE_CONSTRAINT || code == .SQLITE_TOOBIG || code == .SQLITE_MISMATCH
    }
}
