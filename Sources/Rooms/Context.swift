// What a decision needs from outside the room: the time, chance, and what the service allows.

public import XMPP

/// What a decision needs from outside: handed in, so that a service can run on virtual time from one seed (law 9).
public struct Context: Sendable {
    public var now: Moment
    /// Gives so many unpredictable bytes.
    public var randomBytes: @Sendable (Int) -> [UInt8]
    /// Whether this requester may create rooms on this service.
    public var mayCreate: Bool
    /// Whether anybody may: where nobody may, a room that is not there is just not there (GC-027).
    public var offersCreation: Bool
    public var limits: RoomLimits
    /// The settings of a new room.
    public var defaults: Settings
    /// Whether a new room waits for its owner's configuration (`rooms.default.locked`).
    public var locksNewRooms: Bool
    /// The nicks registered with the service.
    public var registry: NickRegistry
    /// The domains of this house's accounts; nil: no account is known to be on another server.
    public var homes: Set<String>?

    public init(
        now: Moment, randomBytes: @escaping @Sendable (Int) -> [UInt8], mayCreate: Bool = true,
        offersCreation: Bool = true, limits: RoomLimits = RoomLimits(), defaults: Settings = Settings(),
        locksNewRooms: Bool = true, registry: NickRegistry = NickRegistry(), homes: Set<String>? = nil
    ) {
        self.now = now
        self.randomBytes = randomBytes
        self.mayCreate = mayCreate
        self.offersCreation = offersCreation
        self.limits = limits
        self.defaults = defaults
        self.locksNewRooms = locksNewRooms
        self.registry = registry
        self.homes = homes
    }

    /// Whether this account is on another server.
    func isElsewhere(_ jid: JID) -> Bool { homes.map { !$0.contains(jid.domain) } ?? false }
}
