// The server that all scenarios on sockets share: one service for each, so that none meets the rooms of another.

import Foundation
import Groupchat
import Host
import Logging
import NIOSSL
package import Network
package import Server

/// A running server with the services of some scenarios, and what a client needs to reach it.
package final class Theatre: Sendable {
    let server: ParlanceServer
    package let clock: HandClock
    let tls: NIOSSLContext
    private let folder: String
    private let domains: [String: String]
    /// The service of each scenario.
    private let services: [String: String]

    /// Starts a server for these scenarios.
    ///
    /// - Parameters:
    ///   - folder: the data folder; kept, so that another theatre may be opened on it.
    ///   - storage: what survives in it.
    package static func open(
        _ scenarios: [Scenario], in folder: String, storage: ServerConfiguration.StorageKind = .memory,
        clock: HandClock = HandClock(at: Playbill.opening)
    ) async throws -> Theatre {
        var configuration = ServerConfiguration()
        configuration.domain = Playbill.accountDomain
        configuration.data = folder
        configuration.storage = storage
        configuration.loops = 2
        configuration.listeners.c2s = [.init(SocketPlace(host: "127.0.0.1", port: 0))]
        var domains: [String: String] = [:]
        var services: [String: String] = [:]
        configuration.services = scenarios.enumerated().map { index, scenario in
            let domain = scenarios.count == 1 ? "chat.example" : "s\(index + 1).chat.example"
            domains[scenario.path] = domain
            services[scenario.path] = "s\(index + 1)"
            return plan(scenario.options, name: "s\(index + 1)", domain: domain)
        }
        if let first = scenarios.first, scenarios.count == 1 { configuration.limits.room = first.options.limits }
        let log = Logger(label: "scenario", factory: { _ in SwiftLogNoOpLogHandler() })
        let server = try await ParlanceServer.start(configuration, log: log, clock: clock)
        return Theatre(server, clock, try context(folder), folder, domains, services)
    }

    private init(
        _ server: ParlanceServer, _ clock: HandClock, _ tls: NIOSSLContext, _ folder: String,
        _ domains: [String: String], _ services: [String: String]
    ) {
        self.server = server
        self.clock = clock
        self.tls = tls
        self.folder = folder
        self.domains = domains
        self.services = services
    }

    private static func plan(
        _ options: ServiceOptions, name: String, domain: String
    ) -> ServerConfiguration.ServicePlan {
        var plan = ServerConfiguration.ServicePlan()
        plan.name = name
        plan.title = "The heath"
        plan.domains = [
            .init(domain, options.dialects.compactMap { ServerConfiguration.DialectName(rawValue: $0.rawValue) })
        ]
        plan.groupchatJoin = .init(rawValue: options.groupchatJoin.rawValue) ?? .auto
        plan.creation = options.creation
        plan.defaults.isLocked = options.locksNewRooms
        return plan
    }

    /// Clients trust the certificate that the server made for itself, and nothing else.
    private static func context(_ folder: String) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = .file(folder + "/tls-certificate.pem")
        configuration.applicationProtocols = ["xmpp-client"]
        return try NIOSSLContext(configuration: configuration)
    }

    /// The domain of a scenario's rooms.
    func rooms(of scenario: Scenario) -> String { domains[scenario.path] ?? "chat.example" }

    /// The rooms of a scenario that are in memory.
    func describeRooms(of scenario: Scenario) async -> [RoomDescription] {
        guard let service = services[scenario.path] else { return [] }
        var rooms: [RoomDescription] = []
        for shard in server.house.shards { rooms += await shard.rooms(of: service) }
        return rooms
    }

    var port: Int { server.ports.first?.place.port ?? 0 }

    /// How many clients the server knows of; nil where something waits to be written or told.
    func look() async -> Int? {
        var count = 0
        for shard in server.house.shards {
            guard let there = await shard.look() else { return nil }
            count += there
        }
        return count
    }

    /// The server goes down in order.
    package func close() async { await server.stop() }
}

/// A folder that is gone with its owner.
package final class ScratchFolder: Sendable {
    package let path: String

    package init() throws {
        // short, because a socket stands in it
        let name = "ps-\(String(UInt64.random(in: 0 ... .max), radix: 36))"
        path = FileManager.default.temporaryDirectory.appendingPathComponent(name).path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
