// A client's connection without a socket: bytes both ways in pieces of any size, in their order.

import Accounts
import DequeModule
package import DialectKit
package import Host
package import Streams

/// Hears what arrives at a client the moment it arrives, instead of its feed.
package protocol LineListener: AnyObject, Sendable {
    /// Whether rendered stanzas are wanted as bytes, read by the client's parser like everything else.
    var readsBytes: Bool { get }

    /// The client is bound, and available.
    func isOnline()

    func heard(_ item: Feed.Item)

    /// A rendered stanza for this client, where it need not be bytes.
    func heard(_ template: Template)
}

// SAFETY: a stage is used by one task, and work of its scheduler runs only within that task's calls; so everything in
// here is touched by one thread at a time.
/// A connection between a client machine and the house.
package final class InProcessLine: Line, Transport, @unchecked Sendable {
    /// What goes to the client.
    private enum Piece: Sendable {
        case bytes([UInt8])
        case template(Template)
    }

    package let feed = Feed()
    private weak var listener: (any LineListener)?
    package private(set) var isOnline = false
    /// Why it ended.
    package private(set) var farewell: String?
    private let shard: Shard
    private let loop: Int
    private let scheduler: SeededScheduler
    private let machine: ClientMachine
    /// The client as a sender, and as a place where work runs.
    private let client: SeededScheduler.Sender
    private let clientSide: SeededLoop
    private var connection: ClientConnection?
    private var outbound: [Piece] = []
    private var isPaused = false
    private var held: Deque<[UInt8]> = []
    private var isDead = false

    /// - Parameter listener: who hears what arrives; without one it is put into the feed.
    package init(
        _ login: Login, _ manner: Manner, _ managed: ManagedStream, _ shard: Shard, _ scheduler: SeededScheduler,
        listener: (any LineListener)? = nil
    ) {
        self.listener = listener
        self.shard = shard
        self.scheduler = scheduler
        loop = (shard.loop as? SeededLoop)?.number ?? 0
        machine = ClientMachine(login, manner, managed, isSecure: true)
        client = scheduler.makeSender()
        clientSide = scheduler.makeLoop()
    }

    package func open(_ configuration: ClientStreamConfiguration) {
        let shard = shard
        scheduler.post(to: loop, from: client) { [self] in
            shard.assumeIsolated { shard in
                guard let hall = shard.accountHall else { return }
                connection = ClientConnection(self, configuration, isLoopback: true, hall: hall, on: shard)
            }
        }
        act(machine.opened())
    }

    package var managed: ManagedStream { machine.managed }

    // MARK: The client's end

    package func send(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = Array(rest.prefix(scheduler.number(in: 1...max(1, rest.count))))
            rest = rest.dropFirst(piece.count)
            scheduler.post(to: loop, from: client) { [self] in arrive(piece) }
        }
    }

    package func cut() async throws { drop() }

    /// The connection is lost.
    package func drop() {
        scheduler.post(to: loop, from: client) { [self] in
            shard.assumeIsolated { connection?.ended("connection lost", on: $0) }
            connection = nil
        }
        die()
    }

    package func leave() async throws { close(saying: "") }

    /// The client says a last thing and ends its stream in order.
    package func close(saying words: String) { send(Array((words + "</stream:stream>").utf8)) }

    /// Nothing arrives any more.
    package func die() {
        guard !isDead else { return }
        isDead = true
        tell(.ended("connection lost"))
    }

    private func tell(_ item: Feed.Item) {
        if let listener { listener.heard(item) } else { feed.add(item) }
    }

    private func act(_ outputs: [ClientMachine.Output]) {
        for output in outputs {
            switch output {
            case .send(let bytes): send(bytes)
            case .startTLS: break
            case .online:
                isOnline = true
                listener?.isOnline()
            case .stanza(let element): tell(.stanza(element))
            case .aside(let element): tell(.aside(element))
            case .ended(let reason):
                farewell = reason
                tell(.ended(reason))
            }
        }
    }

    // MARK: The house's end

    private func arrive(_ bytes: [UInt8]) {
        held.append(bytes)
        readHeld()
    }

    /// Hands up what has come, in its order, as long as the house reads.
    private func readHeld() {
        while !isPaused, let bytes = held.popFirst() { shard.assumeIsolated { connection?.received(bytes, on: $0) } }
    }

    package func write(_ bytes: [UInt8]) {
        if case .bytes(let before)? = outbound.last {
            outbound[outbound.count - 1] = .bytes(before + bytes)
        } else if !bytes.isEmpty {
            outbound.append(.bytes(bytes))
        }
    }

    package func write(_ template: Template, to address: AddressHole) {
        if let listener, !listener.readsBytes, isOnline {
            outbound.append(.template(template))
        } else {
            write(template.bytes(to: address))
        }
    }

    package func flush() {
        guard !outbound.isEmpty else { return }
        let pieces = outbound
        outbound = []
        clientSide.execute { [self] in
            for piece in pieces where !isDead {
                switch piece {
                case .bytes(let bytes): act(machine.received(bytes))
                case .template(let template): listener?.heard(template)
                }
            }
        }
    }

    package func startTLS() {}

    package func pauseReading() { isPaused = true }

    package func resumeReading() {
        isPaused = false
        scheduler.post(to: loop) { [self] in readHeld() }
    }

    package func close() {
        flush()
        connection = nil
    }
}
