// The folder everything of one server is stored in, held by one process at a time.

import Glibc
public import Storage

/// A data folder, locked for this process as long as the value lives. It is made with mode 0700
/// if it is not there.
public final class DataFolder: Sendable {
    /// The path of the folder, as given.
    public let path: String
    private let lock: Int32

    /// Makes the folder if need be and locks it (flock on the file `lock` in it).
    /// Faults: `.locked` with the process that holds it, `.readOnly`, `.full`, `.other`.
    public init(_ path: String) throws(StorageFault) {
        self.path = path
        if mkdir(path, 0o700) != 0, errno != EEXIST { throw DataFolder.fault(errno, path) }
        var status = stat()
        guard stat(path, &status) == 0 else { throw DataFolder.fault(errno, path) }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw .other("\(path) is not a folder") }
        let file = open(path + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw DataFolder.fault(errno, path) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            let holder = DataFolder.holder(file)
            Glibc.close(file)
            throw reason == EWOULDBLOCK ? .locked(path: path, pid: holder) : DataFolder.fault(reason, path)
        }
        let line = Array("\(getpid())\n".utf8)
        _ = ftruncate(file, 0)
        _ = pwrite(file, line, line.count, 0)
        lock = file
    }

    deinit { Glibc.close(lock) }

    /// Lets go of the folder before the value does, once nothing in it is open any more.
    public func unlock() { flock(lock, LOCK_UN) }

    /// The path of a file in the folder.
    public func file(_ name: String) -> String { path + "/" + name }

    /// Makes a file that only the owner may read, if it is not there.
    func makePrivate(_ name: String) throws(StorageFault) {
        let made = open(file(name), O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard made >= 0 else { throw DataFolder.fault(errno, file(name)) }
        Glibc.close(made)
    }

    /// What an error number of the system means for a path.
    static func fault(_ code: Int32, _ path: String) -> StorageFault {
        switch code {
        case EACCES, EPERM, EROFS: .readOnly(path: path)
        case ENOSPC, EDQUOT: .full
        default: .other("\(path): \(String(cString: strerror(code)))")
        }
    }

    /// The process that wrote its number into the lock file.
    private static func holder(_ file: Int32) -> Int32? {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = pread(file, &bytes, bytes.count, 0)
        guard count > 0 else { return nil }
        return Int32(String(decoding: bytes[..<count].prefix { $0 != 10 }, as: UTF8.self))
    }
}
