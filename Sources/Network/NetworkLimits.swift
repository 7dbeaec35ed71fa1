// Every limit of the sockets, with its name and default.

/// The limits of connections (law 8).
public struct NetworkLimits: Sendable, Equatable {
    /// Connections of one listener waiting to be accepted.
    public var backlog: Int32 = 1_024
    /// Bytes waiting for one client, after which it is closed.
    public var outboundBytes = 33_554_432
    /// Bytes waiting for one client, above which it has to make progress.
    public var outboundHighWater = 65_536
    /// Seconds a client may go without taking a byte of what waits for it.
    public var stuckSeconds: Int64 = 30

    /// Seconds a client has to close its side after the server closed its own.
    public var lingerSeconds: Int64 = 2

    /// Seconds between two looks whether the certificate given was renewed.
    public var certificateSeconds = 60

    public init() {}
}
