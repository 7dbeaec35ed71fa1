// What every loop knows of the whole: domains, services, store, limits. Made once, never changed.

public import DialectKit
public import Logging
public import Rooms
public import Storage
public import XMPP

/// The whole as every shard sees it.
public struct House: Sendable {
    /// Where a domain's stanzas go.
    public enum Residence: Sendable, Hashable {
        /// Accounts: placed by the bare JID.
        case accounts
        /// Rooms of the service with this name: placed by the local part, the same under every domain.
        case rooms(service: String)
    }

    public let shards: [Shard]
    public let domains: [String: Residence]
    public let services: [String: Service]
    public let store: any Store
    public let limits: HostLimits
    public let log: Logger
    /// So many unpredictable bytes.
    public let randomBytes: @Sendable (Int) -> [UInt8]

    public init(
        shards: [Shard], domains: [String: Residence], services: [Service], store: any Store,
        limits: HostLimits = HostLimits(), log: Logger, randomBytes: @escaping @Sendable (Int) -> [UInt8]
    ) {
        self.shards = shards
        self.domains = domains
        self.services = Dictionary(uniqueKeysWithValues: services.map { ($0.facts.name, $0) })
        self.store = store
        self.limits = limits
        self.log = log
        self.randomBytes = randomBytes
    }

    /// The shard where `jid` lives: stable over all runs, and the same for a room under every domain.
    public func shard(of jid: JID) -> Int { shard(ofLocal: jid.local ?? jid.domain) }

    public func shard(ofLocal local: String) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325  // FNV-1a: the same everywhere and always, unlike Hasher
        for byte in local.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return Int(hash % UInt64(shards.count))
    }
}

/// One set of rooms with its rules.
public struct Service: Sendable {
    public let facts: ServiceFacts
    /// The dialects of each of its domains.
    public let tables: [String: DialectTable]
    public let lobby: Lobby
    public let roomLimits: RoomLimits
    /// The settings of new rooms.
    public let defaults: Settings
    public let locksNewRooms: Bool

    public init(
        facts: ServiceFacts, dialects: [String: DialectTable], lobby: Lobby = Lobby(),
        roomLimits: RoomLimits = RoomLimits(), defaults: Settings = Settings(), locksNewRooms: Bool = true
    ) {
        self.facts = facts
        tables = dialects
        self.lobby = lobby
        self.roomLimits = roomLimits
        self.defaults = defaults
        self.locksNewRooms = locksNewRooms
    }
}
