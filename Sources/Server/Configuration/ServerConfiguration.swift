// What a server is told at its start, as types: the defaults stand here, names and words in the declarations.

public import Accounts
public import Host
public import Logging
public import Network
public import Rooms
public import Storage
public import Streams
public import XML
public import XMPP

/// The whole configuration of one server. A fresh value is the configuration without a file.
public struct ServerConfiguration: Sendable {
    /// The domain accounts live in.
    public var domain = "localhost"
    /// The data folder.
    public var data = "./data"
    public var storage = StorageKind.sqlite
    /// Loops, each a thread with its share of connections, rooms and accounts; nil: one for each core.
    public var loops: Int?
    /// Services as written; nil: the two faces of `main` under the domain.
    var writtenServices: [ServicePlan]?
    /// Who may create rooms even where others may not.
    public var operators: [JID] = []
    /// What is listened on; nil: clients on 127.0.0.1:5222.
    var writtenListeners: Listeners?
    public var tls = TLSPlan()
    public var registration = RegistrationRule.closed
    var components: [ComponentPlan] = []
    var attach = AttachPlan()
    public var limits = Limits()
    public var log = LogPlan()
    /// What was written and is not served yet, in words.
    public internal(set) var notServed: [String] = []
    /// Variables that begin with `PARLANCE_` and override nothing.
    public internal(set) var unknownVariables: [String] = []

    public init() {}

    public var services: [ServicePlan] {
        get { writtenServices ?? [.standard(domain)] }
        set { writtenServices = newValue }
    }

    public var listeners: Listeners {
        get { writtenListeners ?? .standard }
        set { writtenListeners = newValue }
    }

    /// Where rooms, accounts and events are kept.
    public enum StorageKind: String, Sendable, CaseIterable { case sqlite, memory }

    /// Who may make an account by XEP-0077.
    public enum RegistrationRule: String, Sendable, CaseIterable { case closed, open, invite }

    /// Whether floods are slowed down.
    public enum RateRule: String, Sendable, CaseIterable { case `default`, off }
}

extension ServerConfiguration {
    /// One set of rooms and the domains that show it.
    public struct ServicePlan: Sendable {
        public var name = "main"
        /// The name for people, in discovery.
        public var title = "Rooms"
        public var domains: [DomainPlan] = []
        public var groupchatJoin = GroupchatJoin.auto
        public var mixUndetermined = UndeterminedMIX.dual
        public var creation = Lobby.Creation.anyone
        public var defaults = RoomDefaults()

        public init() {}

        static func standard(_ domain: String) -> ServicePlan {
            var plan = ServicePlan()
            plan.domains = [
                DomainPlan("conference.\(domain)", [.muc, .groupchat, .conference]),
                DomainPlan("mix.\(domain)", [.mix, .mix021, .mix001]),
            ]
            return plan
        }
    }

    /// One domain of a service.
    public struct DomainPlan: Sendable {
        public var domain = ""
        public var dialects: [DialectName] = []

        public init() {}

        public init(_ domain: String, _ dialects: [DialectName]) {
            self.domain = domain
            self.dialects = dialects
        }
    }

    /// A generation of group chat, as it is named in the configuration.
    public enum DialectName: String, Sendable, CaseIterable {
        case muc, groupchat, conference, mix
        case mix021 = "mix-0.2.1"
        case mix001 = "mix-0.0.1"
    }

    /// What an available presence to `room/nick` from nowhere means (GC-001 in the matrix of groupchat 1.0).
    public enum GroupchatJoin: String, Sendable, CaseIterable { case auto, accept, kick }

    /// What clients of `urn:xmpp:mix:0` are told that have not shown which draft they speak (rule X-03).
    public enum UndeterminedMIX: String, Sendable, CaseIterable { case dual, v2, v1 }

    /// The settings of new rooms.
    public struct RoomDefaults: Sendable {
        public var isPersistent = true
        public var isPublic = false
        public var isArchived = true
        public var isLocked = true
        /// Nil: no maximum but the limit `room.occupants`.
        public var maxUsers: Int?

        public init() {}
    }

    /// All listeners, by what arrives there.
    public struct Listeners: Sendable {
        public var c2s: [ClientListener] = []
        var s2s: [PeerListener] = []
        var component: [PeerListener] = []

        public init() {}

        static var standard: Listeners {
            var listeners = Listeners()
            listeners.c2s = [ClientListener(SocketPlace(host: "127.0.0.1", port: 5_222))]
            return listeners
        }
    }

    /// A port for clients.
    public struct ClientListener: Sendable {
        /// How TLS comes about.
        public enum Security: String, Sendable, CaseIterable { case starttls, direct }

        public var place: SocketPlace?
        public var security = Security.starttls

        public init() {}

        public init(_ place: SocketPlace, _ security: Security = .starttls) {
            self.place = place
            self.security = security
        }
    }

    /// A port for servers or components.
    struct PeerListener: Sendable {
        var place: SocketPlace?
    }

    /// The certificate, and who has to use it.
    public struct TLSPlan: Sendable {
        /// PEM files; nil: a self-signed pair in the data folder.
        public var certificate: String?
        public var key: String?
        public var isRequired = true
        public var plainOnLoopback = false

        public init() {}
    }

    /// A component that attaches to this server.
    struct ComponentPlan: Sendable {
        var domain = ""
        var secretVariable = ""
    }

    /// Another server to which this one attaches as a component.
    struct AttachPlan: Sendable {
        var server: SocketPlace?
        var domain = ""
        var secretVariable = ""
    }

    /// Every named limit.
    public struct Limits: Sendable {
        public var rate = RateRule.default
        public var room = RoomLimits()
        public var host = HostLimits()
        public var account = AccountLimits()
        public var stream = StreamLimits()
        public var xml = XMLLimits()
        public var network = NetworkLimits()
        public var storage = StorageLimits()

        public init() {}

        /// The limits of the house, floods slowed down or not.
        var ofHouse: HostLimits {
            var limits = host
            limits.slowsFloods = rate == .default
            return limits
        }
    }

    /// What is logged, and how it looks.
    public struct LogPlan: Sendable {
        /// The look of a line.
        public enum Format: String, Sendable, CaseIterable { case text, json }

        public var level = Logger.Level.info
        public var format = Format.text

        public init() {}
    }
}
