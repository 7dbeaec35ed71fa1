// The last stage of a client's socket: bytes up to its connection, bytes of its stanzas down, one flush a tick.

import Accounts
import DialectKit
import Host
import Logging
import NIOCore
import NIOSSL
import NIOTLS
import Streams

// SAFETY: everything in here is touched on the channel's event loop only: NIO calls a handler on its loop, and the
// connection calls its transport from within its shard, whose executor is that same loop (`assumeIsolated` checks it).
final class ClientHandler: ChannelInboundHandler, Transport, @unchecked Sendable {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let shard: Shard
    private let configuration: ClientStreamConfiguration
    private let tls: ServedCertificate?
    private let limits: NetworkLimits
    private var context: ChannelHandlerContext?
    private var connection: ClientConnection?
    private var outgoing = OutgoingBytes()
    private var waiting = 0
    private var check: Scheduled<Void>?
    private var isClosing = false

    /// - Parameter tls: what STARTTLS starts; the direct listener has put TLS in front of this handler already.
    init(_ shard: Shard, _ configuration: ClientStreamConfiguration, tls: ServedCertificate?, limits: NetworkLimits) {
        self.shard = shard
        self.configuration = configuration
        self.tls = tls
        self.limits = limits
    }

    // MARK: Up

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if context.channel.isActive { open(context) }
    }

    func channelActive(context: ChannelHandlerContext) { open(context) }

    private func open(_ context: ChannelHandlerContext) {
        guard connection == nil else { return }
        let isLoopback = context.remoteAddress?.isLoopback ?? false
        shard.assumeIsolated { shard in
            guard let hall = shard.accountHall else { return }
            self.connection = ClientConnection(
                self, self.configuration, isLoopback: isLoopback, hall: hall, on: shard)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = Array(unwrapInboundIn(data).readableBytesView)
        shard.assumeIsolated { self.connection?.received(bytes, on: $0) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted(let negotiated)? = event as? TLSUserEvent {
            let version = try? context.pipeline.syncOperations.nioSSL_tlsVersion()
            let facts = TLSFacts(version: version == .tlsv12 ? .tls12 : .tls13, applicationProtocol: negotiated)
            shard.assumeIsolated { self.connection?.secured(facts, on: $0) }
        } else if case .inputClosed? = event as? ChannelEvent {
            finish("the client closed the connection")
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        finish(Self.words(for: error))
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        finish("connection lost")
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        check?.cancel()
        self.context = nil
    }

    private func finish(_ reason: String) {
        guard let connection else { return }
        self.connection = nil
        shard.assumeIsolated { connection.ended(reason, on: $0) }
    }

    /// What is told of a broken connection: to operators, and to the people in a room.
    private static func words(for error: any Error) -> String {
        switch error {
        case NIOSSLError.uncleanShutdown: "connection lost"
        case is NIOSSLError, is BoringSSLError: "TLS failed"
        default: "connection lost"
        }
    }

    // MARK: Down

    func write(_ bytes: [UInt8]) { outgoing.append(bytes) }

    func write(_ template: Template, to address: AddressHole) { outgoing.append(template, to: address) }

    func flush() {
        guard let context, let bytes = outgoing.take() else { return }
        waiting += bytes.readableBytes
        let promise: EventLoopPromise<Void>? = nil
        context.writeAndFlush(wrapOutboundOut(bytes), promise: promise)
        if !context.channel.isWritable { watch(context) }
    }

    /// The client reads slower than it is told things: it has to make progress, and there is an end to what waits.
    private func watch(_ context: ChannelHandlerContext) {
        guard let pending = try? context.channel.syncOptions?.getOption(.bufferedWritableBytes) else { return }
        guard pending <= limits.outboundBytes else { return give(up: context) }
        guard check == nil else { return }
        check = context.eventLoop.scheduleTask(in: .seconds(limits.stuckSeconds)) { [weak self] in
            guard let self, let context = self.context else { return }
            self.check = nil
            let now = (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
            guard now > self.limits.outboundHighWater else { return }
            if now >= pending { self.give(up: context) } else { self.watch(context) }
        }
    }

    private func give(up context: ChannelHandlerContext) {
        finish("too slow: the client did not read for \(limits.stuckSeconds) seconds")
        context.close(promise: nil)
    }

    func startTLS() {
        guard let context, let tls else { return }
        flush()
        do {
            let handler = NIOSSLServerHandler(context: tls.current.context)
            try context.pipeline.syncOperations.addHandler(handler, position: .first)
        } catch {
            finish("TLS failed")
            context.close(promise: nil)
        }
    }

    func pauseReading() { setReading(false) }

    func resumeReading() { setReading(true) }

    private func setReading(_ isOn: Bool) {
        guard let context else { return }
        try? context.channel.syncOptions?.setOption(.autoRead, value: isOn)
        if isOn { context.read() }
    }

    func close() {
        flush()
        connection = nil
        guard !isClosing, let context else { return }
        isClosing = true
        let channel = context.channel
        // what was written goes out first; a client that does not take it is not waited for
        context.eventLoop.scheduleTask(in: .seconds(limits.lingerSeconds)) { channel.close(mode: .all, promise: nil) }
        context.close(mode: .output, promise: nil)
    }
}

extension SocketAddress {
    /// Whether the address is in 127/8 or ::1.
    var isLoopback: Bool {
        switch self {
        case .v4: ipAddress?.hasPrefix("127.") ?? false
        case .v6: ipAddress == "::1" || (ipAddress?.hasPrefix("::ffff:127.") ?? false)
        case .unixDomainSocket: true
        }
    }
}
