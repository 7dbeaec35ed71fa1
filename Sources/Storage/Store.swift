// The store of a server: rooms and accounts behind one writer.

/// A whole store.
public protocol Store: RoomStore, AccountStore {
    /// Looks through everything stored; answers the damages found, one line each, none if all is well.
    func check(_ done: @escaping Completion<[String]>)

    /// Writes what is queued, then closes; later calls are answered `.closed`. Closing twice is no error.
    func close(_ done: @escaping Completion<Void>)
}
