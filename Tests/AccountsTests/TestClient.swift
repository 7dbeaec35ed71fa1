// A client on a wire of its own, for tests.

import DialectKit
import Host
import ScenarioKit
import Synchronization
import Testing
import XML
import XMPP

@testable import Accounts
@testable import Streams

/// The wire below a connection: remembers what was written, and whether anybody reads.
final class TestWire: Transport, Sendable {
    private struct State: Sendable {
        var buffer: [UInt8] = []
        var sent: [UInt8] = []
        var isPaused = false
        var isClosed = false
    }

    private let state = Mutex(State())

    func write(_ bytes: [UInt8]) { state.withLock { $0.buffer += bytes } }

    func write(_ template: Template, to address: AddressHole) { write(template.bytes(to: address)) }

    func flush() {
        state.withLock { state in
            state.sent += state.buffer
            state.buffer = []
        }
    }

    func startTLS() {}

    func pauseReading() { state.withLock { $0.isPaused = true } }

    func resumeReading() { state.withLock { $0.isPaused = false } }

    func close() {
        flush()
        state.withLock { $0.isClosed = true }
    }

    var isPaused: Bool { state.withLock { $0.isPaused } }
    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// What was flushed since the last call.
    func take() -> [UInt8] {
        state.withLock { state in
            defer { state.sent = [] }
            return state.sent
        }
    }
}

/// A client: what it sends, and what it has heard.
final class TestClient {
    static let header =
        "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' to='example'"
        + " version='1.0'>"

    let wire = TestWire()
    let port: Port
    private let server: TestServer
    private let sender: SeededScheduler.Sender
    private let parser = StreamParser()
    private var elements: [Element] = []

    init(in server: TestServer, on shard: Int) {
        self.server = server
        sender = server.scheduler.makeSender()
        let (box, wire, streams) = (Box<Port>(), wire, server.streams)
        server.on(shard) { shard in
            guard let hall = shard.accountHall else { return }
            let connection = ClientConnection(wire, streams, isLoopback: true, hall: hall, on: shard)
            if let port = connection.port { box.set(port) }
        }
        guard let port = box.value else { preconditionFailure("no connection") }
        self.port = port
    }

    // MARK: Sending

    /// Sends, and does not wait.
    func post(_ text: String) {
        let (port, shard) = (port, server.house.shards[Int(port.shard)])
        guard let loop = shard.loop as? SeededLoop else { return }
        server.scheduler.post(to: loop.number, from: sender) {
            shard.assumeIsolated { ($0.outlet(at: port) as? ClientConnection)?.received(Array(text.utf8), on: $0) }
        }
    }

    /// Sends, and waits for all that follows.
    func send(_ text: String) {
        post(text)
        server.scheduler.run()
    }

    func login(_ name: String, password: String = "secret") {
        let data = Base64.encode(Array("\0\(name)\0\(password)".utf8))
        send(Self.header + "<auth xmlns='\(NS.sasl)' mechanism='PLAIN'>\(data)</auth>")
        _ = news()
        parser.restart()
        send(Self.header)
    }

    func bind(_ resource: String) {
        send("<iq type='set' id='b'><bind xmlns='\(NS.bind)'><resource>\(resource)</resource></bind></iq>")
    }

    /// The connection is lost.
    func cut() {
        let port = port
        server.on(Int(port.shard)) { ($0.outlet(at: port) as? ClientConnection)?.ended("connection lost", on: $0) }
    }

    // MARK: Stream management

    /// Stanzas heard by `received` since stream management is on.
    var handled: UInt32 = 0
    private(set) var lastEnabled: Element?
    let request = "<r xmlns='\(NS.streamManagement)'/>"

    /// Turns it on.
    ///
    /// - Returns: the name by which the session can be resumed; the answer's own where it cannot.
    func enable(resume: Bool = false, seconds: Int? = nil) -> String {
        let max = seconds.map { " max='\($0)'" } ?? ""
        send("<enable xmlns='\(NS.streamManagement)'\(resume ? " resume='true'" : "")\(max)/>")
        lastEnabled = news().last
        return lastEnabled?["id"] ?? lastEnabled?.name ?? ""
    }

    /// Acknowledges so many stanzas.
    func acknowledge(_ count: Int) {
        handled = UInt32(count)
        send("<a xmlns='\(NS.streamManagement)' h='\(count)'/>")
    }

    /// What was heard since the last call, its stanzas counted.
    func received() -> [Element] {
        let news = news()
        handled += UInt32(news.count { $0.namespace == NS.client })
        return news
    }

    // MARK: Hearing

    /// What was heard since the last call.
    func news() -> [Element] {
        try? parser.feed(wire.take()) { token in
            if case .stanza(let element) = token { elements.append(element) }
        }
        defer { elements = [] }
        return elements
    }

    /// What was heard since the last call, in short: name, type and id, or for errors the condition.
    func words() -> [String] {
        news().map { element in
            let error = element.child("error", NS.client)?.children.first { $0.namespace == NS.stanzas }?.name
            let type = element["type"].map { " \($0)" } ?? ""
            return element.name + type + (error.map { " \($0)" } ?? element["id"].map { " \($0)" } ?? "")
        }
    }

    /// Stanzas of this client whose effect is not yet reported; nil: the connection is gone.
    var unanswered: Int? {
        let port = port
        return server.look(Int(port.shard)) { ($0.outlet(at: port) as? ClientConnection)?.session?.unanswered }.flatMap
        { $0 }
    }
}
