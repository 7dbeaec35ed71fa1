// A whole server on loopback sockets with TLS, its clock moved by hand.

import Accounts
package import Host
import Network
import Server
import Storage
package import XMPP

/// One scenario on a server: on the one that is shared, or on its own where it kills it or changes its limits.
package final class SocketStage: Stage {
    package let rooms: String
    package let channels: String
    package let accounts = Playbill.accountDomain
    package let name = "on sockets"
    private let scenario: Scenario
    private var theatre: Theatre
    /// Set where the server is this scenario's own.
    private let folder: ScratchFolder?
    private var lines: [SocketLine] = []
    private var generator = SystemRandomNumberGenerator()

    /// So long the clients may be silent before the server asks whether they are there.
    private static let stride = Duration.seconds(600)
    /// Looks at all loops in a row that must find nothing to do: the longest chain of hops is shorter.
    private static let quietLooks = 3
    /// Looks after which something is taken never to end.
    private static let most = 2_000_000

    private init(_ scenario: Scenario, _ theatre: Theatre, _ folder: ScratchFolder?) {
        self.scenario = scenario
        self.theatre = theatre
        self.folder = folder
        (rooms, channels) = theatre.domains(of: scenario)
    }

    /// A stage for this scenario.
    package static func open(_ scenario: Scenario, shared: Theatre) async throws -> SocketStage {
        guard scenario.needsItsOwnServer else { return SocketStage(scenario, shared, nil) }
        let folder = try ScratchFolder()
        let theatre = try await Theatre.open([scenario], in: folder.path, storage: .sqlite)
        return SocketStage(scenario, theatre, folder)
    }

    // MARK: Stage

    package var now: Moment { theatre.clock.now }

    package func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in .random(in: 0...255, using: &generator) } }

    package func register(_ login: Login) async throws {
        let record = try Playbill.record(of: login, entropy: bytes)
        let store = theatre.server.house.store
        let result = await withCheckedContinuation { continuation in
            store.createAccount(record) { continuation.resume(returning: $0) }
        }
        if case .failure(let fault) = result { throw StageFault("no account: \(fault)") }
    }

    package func connect(_ login: Login, _ manner: Manner, _ managed: ManagedStream) async throws -> any Line {
        let line = try await SocketLine.open(login, manner, managed, port: theatre.port, tls: theatre.tls)
        lines.append(line)
        return line
    }

    package func reach(_ login: Login) -> any Line {
        AfarLine(login, at: theatre.abroad) { [unowned self] envelope in
            let shard = theatre.server.house.shards[0]
            shard.loop.execute { shard.assumeIsolated { $0.route(envelope) } }
        }
    }

    package func settle() async throws {
        var answers: Int
        repeat {
            answers = answerCount
            await roundTrips()
            try await quiet()
            await roundTrips()
        } while answers != answerCount
    }

    /// How often clients that are there have answered by themselves: that may have an effect yet.
    private var answerCount: Int { lines.reduce(0) { $0 + $1.answerCount } }

    package func describeRooms() async -> [RoomDescription] {
        await theatre.describeRooms(of: scenario)
    }

    /// What was sent is read, and what was written has arrived. Lines that are gone are let go.
    private func roundTrips() async {
        lines = await withTaskGroup(of: (Int, Bool).self) { group in
            for (index, line) in lines.enumerated() { group.addTask { (index, await line.roundTrip()) } }
            let there = await group.reduce(into: Set<Int>()) { if $1.1 { $0.insert($1.0) } }
            return lines.enumerated().filter { there.contains($0.offset) }.map(\.element)
        }
    }

    /// Nothing waits in the house, and every client the server knows of is one of ours.
    private func quiet() async throws {
        var quiet = 0
        for _ in 0..<Self.most {
            quiet = await theatre.look() == lines.count ? quiet + 1 : 0
            if quiet == Self.quietLooks { return }
            await Task.yield()
        }
        throw StageFault("the server does not come to rest, or knows of clients that are gone")
    }

    package func advance(by duration: Duration) async throws {
        var rest = duration
        while rest > .zero {
            let step = min(rest, Self.stride)
            await theatre.clock.advance(by: step)
            rest -= step
            await roundTrips()
        }
        try await settle()
    }

    package func stop() async throws {
        await theatre.close()
        await roundTrips()
        try await reopen()
    }

    package func restart() async throws {
        let abroad = theatre.abroad
        abroad.isReachable = false
        try await hangUp()
        await theatre.close()
        abroad.isReachable = true
        try await reopen()
    }

    private func reopen() async throws {
        guard let folder else { throw StageFault("only on a server of its own") }
        theatre = try await Theatre.open(
            [scenario], in: folder.path, storage: .sqlite, clock: theatre.clock, abroad: theatre.abroad)
    }

    private func hangUp() async throws {
        for line in lines { try await line.cut() }
        lines = []
        try await quiet()
    }

    package func failNextCommit() throws { throw StageFault("`storage fails` is for the stage in process") }

    package func end() async {
        try? await hangUp()
        if folder != nil { await theatre.close() }
    }
}

extension Scenario {
    /// Whether it does to the server what no other scenario could bear.
    package var needsItsOwnServer: Bool { killsTheServer || options.changesLimits }
}

extension Shard {
    /// How many clients are connected to this loop; nil where something waits to be written or told.
    func look() -> Int? { isQuiet() ? accountHall?.connectionCount ?? 0 : nil }

    /// The rooms of a service on this loop.
    func rooms(of service: String) -> [RoomDescription] { hall(of: service)?.describe(on: self) ?? [] }
}
