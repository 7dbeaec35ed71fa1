// Small files of the data folder that only the server's user may read.

import Foundation
import SQLiteStorage

/// A file of mode 0600 that is there whole or not at all.
struct PrivateFile {
    let path: String

    init(_ name: String, in folder: DataFolder) { path = folder.file(name) }

    /// What it holds; nil if it is not there.
    func read() throws(OperatorFault) -> [UInt8]? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw .failed("\(path) cannot be read: give the server's user read permission")
        }
        return Array(data)
    }

    /// Replaces it: written beside, synced, then renamed.
    func write(_ bytes: [UInt8]) throws(OperatorFault) {
        let draft = path + ".new"
        unlink(draft)
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw fault(errno) }
        var done = 0
        var code: Int32 = 0
        while done < bytes.count, code == 0 {
            let count = bytes[done...].withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
            if count > 0 { done += count } else if errno != EINTR { code = errno }
        }
        if code == 0, fsync(file) != 0 { code = errno }
        close(file)
        if code == 0, rename(draft, path) != 0 { code = errno }
        guard code == 0 else {
            unlink(draft)
            throw fault(code)
        }
    }

    private func fault(_ code: Int32) -> OperatorFault {
        .failed("\(path) cannot be written (\(String(cString: strerror(code)))): check the data folder and its disk")
    }
}

extension PrivateFile {
    /// The secret behind the credentials of accounts that do not exist: made once, kept.
    static func decoySecret(in folder: DataFolder) throws(OperatorFault) -> [UInt8] {
        let file = PrivateFile("decoy.secret", in: folder)
        if let kept = try file.read(), kept.count >= 32 { return kept }
        let made = Chance.bytes(32)
        try file.write(made)
        return made
    }
}
