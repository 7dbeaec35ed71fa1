// Why the store could not do what was asked, and what to do about it.

/// A failure of the store. Its description is one line that says what is wrong and what to do.
public enum StorageFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// The disk (or the store's quota) is full.
    case full
    /// The file or folder cannot be written.
    case readOnly(path: String)
    /// The file is damaged, or is not a store at all.
    case corrupt(String)
    /// Another process uses the data folder.
    case locked(path: String, pid: Int32?)
    /// The store was written by a newer version.
    case newer(String)
    /// The store was closed before this was written; nothing of it is stored.
    case closed
    /// Too much is queued already (named limit); nothing of this is stored. Back-pressure, not an error of the store.
    case busy(limit: String)
    /// A named limit of one account is reached; nothing of this is stored.
    case limit(String)
    /// What is stored already contradicts it; nothing of this is stored.
    case conflict(Conflict)
    /// Anything else, in the words of the engine.
    case other(String)

    /// What a write contradicts.
    public enum Conflict: Sendable, Hashable {
        /// A room of this name exists (a batch without a number).
        case roomExists(RoomKey)
        /// There is no room of this name and number.
        case roomMissing(RoomKey)
        /// An event of this `seq` or archive id exists in the room.
        case eventExists(RoomKey)
        /// An account of this name exists.
        case accountExists(String)
        /// There is no account of this name.
        case accountMissing(String)
        /// A message to archive is not the next one of this account's archive.
        case archiveOutOfOrder(String)
        /// The account has no node of this name.
        case nodeMissing(account: String, node: String)
    }

    /// One line: what is wrong, and what to do.
    public var description: String {
        switch self {
        case .full: "the disk is full: free space on the volume of the data folder; nothing stored is lost"
        case .readOnly(let path):
            "\(path) cannot be written: give the server's user write permission, or choose another data folder"
        case .corrupt(let what): "the store is damaged (\(what)): stop the server, keep a copy, restore the last backup"
        case .locked(let path, let pid):
            "\(path) is in use by \(pid.map { "process \($0)" } ?? "another process"): "
                + "stop it, or choose another data folder"
        case .newer(let what):
            "the store was written by a newer version (\(what)): run that version, or restore an older backup"
        case .closed: "the store is closed: the server is shutting down; try again when it is back"
        case .busy(let limit): "more is waiting to be stored than \(limit) allows: try again in a moment"
        case .limit(let name): "the limit \(name) is reached: remove something first, or raise it"
        case .conflict(let conflict): conflict.description
        case .other(let text): "the store failed (\(text)): see the log, then check the disk"
        }
    }
}

extension StorageFault.Conflict: CustomStringConvertible {
    /// One line: what is wrong, and what to do.
    public var description: String {
        switch self {
        case .roomExists(let key): "a room \(key) exists: load it, or choose another name"
        case .roomMissing(let key): "the room \(key) is not stored (any more): load it again"
        case .eventExists(let key): "an event of that number or id is stored in \(key): load the room again"
        case .accountExists(let name): "an account \(name) exists: choose another name"
        case .accountMissing(let name): "there is no account \(name): create it first"
        case .archiveOutOfOrder(let name): "the archive of \(name) has gone on without this writer: load it again"
        case .nodeMissing(let name, let node): "\(name) has no node \(node): create it first"
        }
    }
}
