// A client's connection without a socket: bytes both ways in pieces of any size, in their order.

import Accounts
import DialectKit
import Host
import Streams

// SAFETY: a stage is used by one task, and work of its scheduler runs only within that task's calls; so everything in
// here is touched by one thread at a time.
/// A connection between a client machine and the house.
final class InProcessLine: Line, Transport, @unchecked Sendable {
    let feed = Feed()
    private(set) var isOnline = false
    /// Why it ended.
    private(set) var farewell: String?
    private let shard: Shard
    private let loop: Int
    private let scheduler: SeededScheduler
    private let machine: ClientMachine
    /// The client as a sender, and as a place where work runs.
    private let client: SeededScheduler.Sender
    private let clientSide: SeededLoop
    private var connection: ClientConnection?
    private var outbound: [UInt8] = []
    private var isPaused = false
    private var held: [[UInt8]] = []
    private var isDead = false

    init(_ login: Login, _ manner: Manner, _ managed: ManagedStream, _ shard: Shard, _ scheduler: SeededScheduler) {
        self.shard = shard
        self.scheduler = scheduler
        loop = (shard.loop as? SeededLoop)?.number ?? 0
        machine = ClientMachine(login, manner, managed, isSecure: true)
        client = scheduler.makeSender()
        clientSide = scheduler.makeLoop()
    }

    func open(_ configuration: ClientStreamConfiguration) {
        let shard = shard
        scheduler.post(to: loop, from: client) { [self] in
            shard.assumeIsolated { shard in
                guard let hall = shard.accountHall else { return }
                connection = ClientConnection(self, configuration, isLoopback: true, hall: hall, on: shard)
            }
        }
        act(machine.opened())
    }

    var managed: ManagedStream { machine.managed }

    // MARK: The client's end

    func send(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = Array(rest.prefix(scheduler.number(in: 1...max(1, rest.count))))
            rest = rest.dropFirst(piece.count)
            scheduler.post(to: loop, from: client) { [self] in arrive(piece) }
        }
    }

    func cut() async throws {
        scheduler.post(to: loop, from: client) { [self] in
            shard.assumeIsolated { connection?.ended("connection lost", on: $0) }
            connection = nil
        }
        die()
    }

    func leave() async throws { send(Array("</stream:stream>".utf8)) }

    /// Nothing arrives any more.
    func die() {
        isDead = true
        feed.add(.ended("connection lost"))
    }

    private func act(_ outputs: [ClientMachine.Output]) {
        for output in outputs {
            switch output {
            case .send(let bytes): send(bytes)
            case .startTLS: break
            case .online: isOnline = true
            case .stanza(let element): feed.add(.stanza(element))
            case .aside(let element): feed.add(.aside(element))
            case .ended(let reason):
                farewell = reason
                feed.add(.ended(reason))
            }
        }
    }

    // MARK: The house's end

    private func arrive(_ bytes: [UInt8]) {
        if isPaused { return held.append(bytes) }
        shard.assumeIsolated { connection?.received(bytes, on: $0) }
    }

    func write(_ bytes: [UInt8]) { outbound += bytes }

    func write(_ template: Template, to address: AddressHole) { outbound += template.bytes(to: address) }

    func flush() {
        guard !outbound.isEmpty else { return }
        let bytes = outbound
        outbound = []
        clientSide.execute { [self] in
            if !isDead { act(machine.received(bytes)) }
        }
    }

    func startTLS() {}

    func pauseReading() { isPaused = true }

    func resumeReading() {
        isPaused = false
        scheduler.post(to: loop) { [self] in
            let waiting = held
            held = []
            for bytes in waiting { arrive(bytes) }
        }
    }

    func close() {
        flush()
        connection = nil
    }
}
