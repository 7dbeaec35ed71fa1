// A whole server in this process: built from a configuration, listening, stopped in order.

import Accounts
import Foundation
public import Host
public import Logging
import NIOCore
import NIOPosix
public import Network
import Storage
import Streams
import Synchronization
import XMPP

/// A running server.
public final class ParlanceServer: Sendable {
    /// An open port for clients.
    public struct Port: Sendable {
        /// The address as bound: the port is the real one where 0 was asked for.
        public let place: SocketPlace
        public let security: ServerConfiguration.ClientListener.Security
    }

    public let configuration: ServerConfiguration
    public let house: House
    /// What the operator should know, a line each: what is not served, what is wrong with the certificate.
    public let warnings: [String]
    let opened: OpenStore
    let group: MultiThreadedEventLoopGroup
    let pool: NIOThreadPool
    let listeners = Mutex<[Listener]>([])
    let control = Mutex<ControlSocket?>(nil)
    let expiry = Mutex<Cancellation?>(nil)
    let isStopped = Atomic<Bool>(false)
    let log: Logger
    /// The fingerprint of the certificate the server made for itself; nil: one was given.
    let ownFingerprint: String?
    /// What clients are shown.
    let certificate: ServedCertificate
    let renewal = Mutex<Cancellation?>(nil)
    private let clock: any LoopClock

    /// Starts a server and answers when everything it listens on is bound.
    ///
    /// - Parameters:
    ///   - clock: the time of all loops; tests move one by hand.
    ///   - randomBytes: where keys, ids and salts come from.
    public static func start(
        _ configuration: ServerConfiguration, log: Logger, clock: any LoopClock = SystemClock(),
        randomBytes: (@Sendable (Int) -> [UInt8])? = nil, elsewhere: House.Gate? = nil
    ) async throws(OperatorFault) -> ParlanceServer {
        OpenFiles.raise()
        FreedMemory.keep()
        if let problem = DataPlace(configuration).problem { throw .failed(problem) }
        let opened: OpenStore
        do throws(StorageFault) { opened = try OpenStore(configuration) } catch { throw OperatorFault(error) }
        let server: ParlanceServer
        do throws(OperatorFault) {
            server = try ParlanceServer(configuration, opened, log, clock, randomBytes ?? Chance.bytes, elsewhere)
        } catch {
            await opened.close()
            throw error
        }
        do throws(OperatorFault) {
            try await server.open()
        } catch {
            await server.stop()
            throw error
        }
        return server
    }

    private init(
        _ configuration: ServerConfiguration, _ opened: OpenStore, _ log: Logger, _ clock: any LoopClock,
        _ randomBytes: @escaping @Sendable (Int) -> [UInt8], _ elsewhere: House.Gate?
    ) throws(OperatorFault) {
        let keeper = try CertificateKeeper(configuration, in: opened.folder, now: Date.now)
        certificate = ServedCertificate(keeper.context)
        ownFingerprint = keeper.ownFingerprint
        var warnings = keeper.warnings
        if let notice = configuration.notServedNotice { warnings.insert(notice, at: 0) }
        if let notice = configuration.unknownVariablesNotice { warnings.append(notice) }
        self.warnings = warnings
        self.configuration = configuration
        self.opened = opened
        self.log = log
        self.clock = clock
        group = MultiThreadedEventLoopGroup(numberOfThreads: configuration.loops ?? System.coreCount)
        pool = NIOThreadPool(numberOfThreads: System.coreCount)
        let shards = group.makeIterator().enumerated().map { index, loop in
            Shard(index: index, loop: NIOLoop(loop, clock: clock))
        }
        let blueprint = Blueprint(configuration: configuration)
        house = House(
            shards: shards, domains: blueprint.residences, services: blueprint.services, store: opened.store,
            limits: configuration.limits.ofHouse, log: log, randomBytes: randomBytes, elsewhere: elsewhere)
    }

    // MARK: Opening

    private func open() async throws(OperatorFault) {
        pool.start()
        let blueprint = Blueprint(configuration: configuration)
        let setup = blueprint.accounts { [pool] work in
            pool.submit { state in if case .active = state { work() } }
        }
        for shard in house.shards { await shard.moveIn(house, setup) }
        let decoys = DecoyCredentials(secret: try PrivateFile.decoySecret(in: opened.folder))
        let desk = OperatorDesk(configuration, opened.store, house: house) { [clock] in clock.now }
        let socket = try await ControlSocket.open(in: opened.folder, desk, on: group, log)
        control.withLock { $0 = socket }
        let streams = blueprint.streams(decoys)
        for listener in configuration.listeners.c2s {
            guard let place = listener.place else { continue }
            let plan = Listener.Plan(
                host: place.host, port: place.port, security: listener.security == .direct ? .direct : .starttls,
                streams: streams)
            let bound = try await bind(plan, place)
            listeners.withLock { $0.append(bound) }
        }
        expireNotes()
        watchCertificate()
        for warning in warnings { log.warning("\(warning)") }
    }

    private func bind(_ plan: Listener.Plan, _ place: SocketPlace) async throws(OperatorFault) -> Listener {
        do {
            return try await Listener.open(
                plan, tls: certificate, shards: house.shards, on: group, limits: configuration.limits.network)
        } catch {
            throw .failed("listen.c2s: \(place) \(BindFault.words(for: error))")
        }
    }

    /// The ports for clients, in the order of the configuration.
    public var ports: [Port] {
        let bound = listeners.withLock { $0 }
        let plans = configuration.listeners.c2s.filter { $0.place != nil }
        return zip(plans, bound).map { plan, listener in
            Port(place: SocketPlace(host: plan.place?.host ?? "", port: listener.port), security: plan.security)
        }
    }

    // MARK: Housekeeping

    /// Forgets old comings and goings, now and once a day.
    private func expireNotes() {
        guard !isStopped.load(ordering: .acquiring), let shard = house.shards.first else { return }
        let oldest = clock.now + .seconds(-86_400 * configuration.limits.host.noteDays)
        opened.store.expireNotes(before: oldest.milliseconds) { [log] expired in
            if case .failure(let fault) = expired {
                log.warning("old notes were not removed", metadata: ["reason": "\(fault)"])
            }
        }
        let next = shard.loop.schedule(after: .seconds(86_400)) { [weak self] in self?.expireNotes() }
        expiry.withLock { $0 = next }
    }
}

extension Shard {
    /// Takes up the rooms and accounts of this shard.
    fileprivate func moveIn(_ house: House, _ setup: AccountsSetup) {
        open(house) { _ in AccountHall(setup) }
        accountHall?.startSweeping(on: self)
    }
}
