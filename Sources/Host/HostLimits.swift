// Every limit of the host, with its name and default.

/// The limits between sockets and rooms (law 8).
public struct HostLimits: Sendable, Equatable {
    /// Stanzas that wait for one room; past it the room refuses with `wait/resource-constraint`. Farewells have as
    /// much room again, and a place for every seat: nobody is kept in a room because it is busy.
    public var roomMailbox = 4_096
    /// Stanzas a room takes in one batch.
    public var roomBatch = 512
    /// Unanswered changes of one connection, after which it is not read until commits catch up.
    public var unansweredChanges = 64
    /// Relayed IQs that one seat may have open.
    public var openRelaysPerSeat = 64
    /// Seconds after which a relayed IQ is answered with `wait/remote-server-timeout`.
    public var relaySeconds = 60
    /// Seconds after a failed commit in which a room does not try again what is due by itself.
    public var retrySeconds = 5
    /// Kept events after which a room writes a snapshot with its batch.
    public var eventsPerSnapshot = 256
    /// Rooms one page of the directory shows.
    public var directoryPage = 100
    /// Notes read when a room is loaded, to know who spoke which dialect.
    public var notesRecalled = 500
    /// Days for which comings and goings are kept.
    public var noteDays = 7
    /// Seconds that a stop waits for what is still to be told.
    public var shutdownSeconds = 5
    /// Presences kept rendered for one room, over all its views.
    public var shelvedPresences = 100_000

    public init() {}
}
