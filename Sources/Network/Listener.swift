// A port where clients arrive: STARTTLS or direct TLS, each connection on one shard's loop.

import Accounts
public import Host
public import NIOCore
import NIOPosix
import NIOSSL
public import Streams

/// An open port for clients.
public struct Listener: Sendable {
    /// How TLS comes about.
    public enum Security: Sendable { case starttls, direct }

    /// What to listen on.
    public struct Plan: Sendable {
        public var host: String
        public var port: Int
        public var security: Security
        public var streams: ClientStreamConfiguration

        public init(host: String, port: Int, security: Security, streams: ClientStreamConfiguration) {
            self.host = host
            self.port = port
            self.security = security
            self.streams = streams
        }
    }

    private let channel: any Channel
    /// The connections that came through this port.
    public let sockets: OpenSockets
    /// The port bound, where 0 was asked for.
    public var port: Int { channel.localAddress?.port ?? 0 }
    /// The address bound, in words.
    public var address: String { channel.localAddress.map { "\($0.ipAddress ?? "?"):\($0.port ?? 0)" } ?? "closed" }

    /// Binds a port. - Throws: what the operating system says.
    public static func open(
        _ plan: Plan, tls: ServedCertificate?, shards: [Shard], on group: any EventLoopGroup,
        limits: NetworkLimits = NetworkLimits()
    ) async throws -> Listener {
        let homes = Homes(shards)
        let sockets = OpenSockets()
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: limits.backlog)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.socketOption(.so_keepalive), value: 1)
            .childChannelOption(
                .writeBufferWaterMark,
                value: .init(low: limits.outboundHighWater / 2, high: limits.outboundHighWater)
            )
            .childChannelOption(
                .recvAllocator, value: AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 1_024, maximum: 65_536)
            )
            .childChannelInitializer { channel in
                sockets.watch(channel)
                return channel.eventLoop.makeCompletedFuture {
                    guard let shard = homes.shard(of: channel.eventLoop) else { throw ChannelError.eof }
                    let pipeline = channel.pipeline.syncOperations
                    if plan.security == .direct, let tls {
                        try pipeline.addHandler(NIOSSLServerHandler(context: tls.current.context))
                    }
                    try pipeline.addHandler(ClientHandler(shard, plan.streams, tls: tls, limits: limits))
                }
            }
        let channel = try await bootstrap.bind(host: plan.host, port: plan.port).get()
        return Listener(channel: channel, sockets: sockets)
    }

    /// Takes no more connections; those that are there stay.
    public func close() async { try? await channel.close().get() }
}

/// Which shard has which event loop.
private struct Homes: Sendable {
    private let shards: [ObjectIdentifier: Shard]

    init(_ shards: [Shard]) {
        var found: [ObjectIdentifier: Shard] = [:]
        for shard in shards {
            if let loop = shard.loop as? NIOLoop { found[ObjectIdentifier(loop.eventLoop)] = shard }
        }
        self.shards = found
    }

    func shard(of loop: any EventLoop) -> Shard? { shards[ObjectIdentifier(loop)] }
}
