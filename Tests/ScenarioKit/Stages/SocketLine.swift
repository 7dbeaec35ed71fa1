// A client on a real socket: STARTTLS with the server's own certificate, then what a client machine says.

import NIOCore
import NIOPosix
import NIOSSL
import NIOTLS
import Synchronization
import XML
import XMPP

// SAFETY: the machine and the handler's state are touched on the channel's event loop only: NIO calls a handler on its
// loop, and everything else hands work to that loop. What other threads read is in a `Mutex` or a `Feed`.
/// One connection of one client.
final class SocketLine: Line, ChannelInboundHandler, @unchecked Sendable {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private struct State: Sendable {
        var isOnline = false
        var farewell: String?
        var waiting: [String: CheckedContinuation<Bool, Never>] = [:]
        var pings = 0
        var answers = 0
    }

    let feed = Feed()
    private let machine: ClientMachine
    private let tls: NIOSSLContext
    private let channel = Mutex<(any Channel)?>(nil)
    private let state = Mutex(State())
    /// The name under which waiting for the login is filed.
    private static let login = "login"
    private static let barrier = "barrier-"

    private init(_ login: Login, _ manner: Manner, _ managed: ManagedStream, _ tls: NIOSSLContext) {
        machine = ClientMachine(login, manner, managed, isSecure: false)
        self.tls = tls
    }

    /// Connects and logs in.
    static func open(
        _ login: Login, _ manner: Manner, _ managed: ManagedStream, port: Int, tls: NIOSSLContext
    ) async throws -> SocketLine {
        let line = SocketLine(login, manner, managed, tls)
        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(line) }
            }
        let isIn = await withCheckedContinuation { continuation in
            line.state.withLock { $0.waiting[Self.login] = continuation }
            bootstrap.connect(host: "127.0.0.1", port: port).whenComplete { result in
                switch result {
                case .success(let channel): line.channel.withLock { $0 = channel }
                case .failure(let error): line.end("\(error)")
                }
            }
        }
        guard isIn else {
            let reason = line.state.withLock { $0.farewell } ?? "no answer"
            throw StageFault("\(login.full) could not log in: \(reason)")
        }
        return line
    }

    // MARK: Line

    var managed: ManagedStream { machine.managed }

    /// How often the client has answered by itself: what it answered may have an effect yet.
    var answerCount: Int { state.withLock { $0.answers } }

    func send(_ bytes: [UInt8]) {
        channel.withLock { $0 }?.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
    }

    func cut() async throws {
        try? await channel.withLock { $0 }?.close().get()
    }

    func leave() async throws { send(Array("</stream:stream>".utf8)) }

    /// Everything sent on this line has been read by the server, and everything the server had written has arrived.
    ///
    /// - Returns: whether the line is still there.
    func roundTrip() async -> Bool {
        let domain = machine.login.domain
        return await withCheckedContinuation { continuation in
            let id: String? = state.withLock { state in
                guard state.farewell == nil else { return nil }
                state.pings += 1
                let id = "\(Self.barrier)\(state.pings)"
                state.waiting[id] = continuation
                return id
            }
            guard let id else { return continuation.resume(returning: false) }
            send(Array("<iq type='get' id='\(id)' to='\(domain)'><ping xmlns='\(NS.ping)'/></iq>".utf8))
        }
    }

    private func resume(_ name: String, _ value: Bool) {
        state.withLock { $0.waiting.removeValue(forKey: name) }?.resume(returning: value)
    }

    private func end(_ reason: String) {
        let waiting = state.withLock { state in
            if state.farewell == nil {
                state.farewell = reason
                feed.add(.ended(reason))
            }
            defer { state.waiting = [:] }
            return state.waiting.values.map { $0 }
        }
        for continuation in waiting { continuation.resume(returning: false) }
    }

    // MARK: Handler

    func channelActive(context: ChannelHandlerContext) { act(machine.opened(), context) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        act(machine.received(Array(unwrapInboundIn(data).readableBytesView)), context)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent { act(machine.secured(), context) }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // a server that has said goodbye closes without waiting for ours
        if case .uncleanShutdown? = error as? NIOSSLError {} else { end("\(error)") }
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) { end("connection lost") }

    private func act(_ outputs: [ClientMachine.Output], _ context: ChannelHandlerContext) {
        for output in outputs {
            switch output {
            case .send(let bytes): context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
            case .startTLS: startTLS(context)
            case .online: resume(Self.login, true)
            case .stanza(let element):
                if let id = element["id"], id.hasPrefix(Self.barrier) {
                    resume(id, true)
                } else {
                    feed.add(.stanza(element))
                }
            case .aside(let element):
                if element.name == "iq" { state.withLock { $0.answers += 1 } }
                feed.add(.aside(element))
            case .ended(let reason):
                end(reason)
                context.close(promise: nil)
            }
        }
    }

    private func startTLS(_ context: ChannelHandlerContext) {
        do {
            let handler = try NIOSSLClientHandler(context: tls, serverHostname: machine.login.domain)
            try context.pipeline.syncOperations.addHandler(handler, position: .first)
        } catch {
            end("\(error)")
        }
    }
}
