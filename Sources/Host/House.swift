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

    /// The way to other servers.
    public typealias Gate = @Sendable (Envelope, isolated Shard) -> Void

    public let shards: [Shard]
    public let domains: [String: Residence]
    /// The domains of accounts.
    let homes: Set<String>
    public let services: [String: Service]
    public let store: any Store
    public let limits: HostLimits
    public let log: Logger
    /// So many unpredictable bytes.
    public let randomBytes: @Sendable (Int) -> [UInt8]
    /// Takes what is for domains that the house does not serve; nil: they cannot be reached.
    public let elsewhere: Gate?

    public init(
        shards: [Shard], domains: [String: Residence], services: [Service], store: any Store,
        limits: HostLimits = HostLimits(), log: Logger, randomBytes: @escaping @Sendable (Int) -> [UInt8],
        elsewhere: Gate? = nil
    ) {
        self.shards = shards
        self.domains = domains
        homes = Set(domains.filter { $0.value == .accounts }.keys)
        self.services = Dictionary(uniqueKeysWithValues: services.map { ($0.facts.name, $0) })
        self.store = store
        self.limits = limits
        self.log = log
        self.randomBytes = randomBytes
        self.elsewhere = elsewhere
    }

    /// Where `jid` lives: stable over all runs, and the same for a room under every domain and for its proxies.
    func shard(of jid: JID, _ residence: Residence) -> Int {
        guard case .rooms(let name) = residence, let room = services[name]?.facts.room(at: jid) else {
            return shard(of: jid)
        }
        return shard(ofLocal: room)
    }

    /// The shard of an account, or of a room by its own address.
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

    /// Whether the rooms are channels under this domain.
    func hasChannels(at domain: String) -> Bool {
        tables[domain]?.dialects.contains(where: \.tellsSessions) ?? false
    }
}
