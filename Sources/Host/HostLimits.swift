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
    /// Rooms with an end that one loop waits for while they are not in memory; past it one ends when it is used next,
    /// or when the service starts.
    public var awaitedEnds = 10_000
    /// Rooms one page of the directory shows.
    public var directoryPage = 100
    /// Notes read when a room is loaded, to know who spoke which dialect.
    public var notesRecalled = 500
    /// Pages, of `RoomLimits.tailEvents` rows each, that are looked through for history when a room is loaded.
    public var historyPages = 10
    /// Days for which comings and goings are kept.
    public var noteDays = 7
    /// Seconds that a stop waits for what is still to be told.
    public var shutdownSeconds = 5
    /// Presences kept rendered for one room, over all its views.
    public var shelvedPresences = 100_000
    /// Whether floods of one account are slowed down at all (`limits.rate`): a server does so, tests have no clock.
    public var slowsFloods = false
    /// Messages that one account may send to one room at once, and again within a minute.
    public var roomMessagesPerMinute = 1_000
    /// Presences that one account may send to one room at once, and again within a minute.
    public var roomPresencesPerMinute = 200
    /// Requests that one account may send to one room, or through it, at once, and again within a minute.
    public var roomRequestsPerMinute = 1_000
    /// Stanzas in a row that are refused because they come too fast, after which their sender is put out of the room.
    public var floodRefusals = 1_000
    /// Accounts of which one room knows how fast they went lately, each counted for every kind of stanza.
    public var pacedAccounts = 10_000

    public init() {}
}
