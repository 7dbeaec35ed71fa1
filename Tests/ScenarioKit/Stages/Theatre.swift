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
    /// Whoever is not here.
    let abroad: OtherServer
    private let folder: String
    /// By the path of the scenario.
    private let places: [String: Place]

    /// Where a scenario is played.
    private struct Place: Sendable {
        let service: String
        let rooms: String
        let channels: String

        /// - Parameter number: from 1; nil where there is no other.
        init(_ number: Int?, isOneDomain: Bool) {
            service = "s\(number ?? 1)"
            let prefix = number == nil ? "" : "\(service)."
            rooms = "\(prefix)chat.example"
            channels = isOneDomain ? rooms : "\(prefix)mix.example"
        }
    }

    /// Starts a server for these scenarios.
    ///
    /// - Parameters:
    ///   - folder: the data folder; kept, so that another theatre may be opened on it.
    ///   - storage: what survives in it.
    package static func open(
        _ scenarios: [Scenario], in folder: String, storage: ServerConfiguration.StorageKind = .memory,
        clock: HandClock = HandClock(at: Playbill.opening), abroad: OtherServer = OtherServer()
    ) async throws -> Theatre {
        var configuration = ServerConfiguration()
        configuration.domain = Playbill.accountDomain
        configuration.data = folder
        configuration.storage = storage
        configuration.loops = 2
        configuration.listeners.c2s = [.init(SocketPlace(host: "127.0.0.1", port: 0))]
        var places: [String: Place] = [:]
        configuration.services = scenarios.enumerated().map { index, scenario in
            let number = scenarios.count == 1 ? nil : index + 1
            let place = Place(number, isOneDomain: scenario.options.isOneDomain)
            places[scenario.path] = place
            return plan(scenario.options, at: place)
        }
        if let first = scenarios.first, scenarios.count == 1 { configuration.limits.room = first.options.limits }
        let log = Logger(label: "scenario", factory: { _ in SwiftLogNoOpLogHandler() })
        let server = try await ParlanceServer.start(
            configuration, log: log, clock: clock, elsewhere: abroad.gate)
        return Theatre(server, clock, try context(folder), abroad, folder, places)
    }

    private init(
        _ server: ParlanceServer, _ clock: HandClock, _ tls: NIOSSLContext, _ abroad: OtherServer, _ folder: String,
        _ places: [String: Place]
    ) {
        self.server = server
        self.clock = clock
        self.tls = tls
        self.abroad = abroad
        self.folder = folder
        self.places = places
    }

    private static func plan(_ options: ServiceOptions, at place: Place) -> ServerConfiguration.ServicePlan {
        var plan = ServerConfiguration.ServicePlan()
        plan.name = place.service
        plan.title = "The heath"
        let older = options.dialects.compactMap { ServerConfiguration.DialectName(rawValue: $0.rawValue) }
        let mix = options.mixDialects.compactMap { ServerConfiguration.DialectName(rawValue: $0.rawValue) }
        if options.isOneDomain {
            plan.domains = [.init(place.rooms, older + mix)]
        } else {
            plan.domains = [.init(place.rooms, older)] + (mix.isEmpty ? [] : [.init(place.channels, mix)])
        }
        plan.mixUndetermined = .init(rawValue: options.undetermined.rawValue) ?? .dual
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

    /// The domains of a scenario's rooms, as rooms and as channels.
    func domains(of scenario: Scenario) -> (rooms: String, channels: String) {
        let place = places[scenario.path] ?? Place(nil, isOneDomain: scenario.options.isOneDomain)
        return (place.rooms, place.channels)
    }

    /// The rooms of a scenario that are in memory.
    func describeRooms(of scenario: Scenario) async -> [RoomDescription] {
        guard let service = places[scenario.path]?.service else { return [] }
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
    package func close() async {
        await server.stop()
        clock.forgetAlarms()
    }
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
