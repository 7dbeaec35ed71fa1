// The server's side of the control socket: a socket in the data folder, for the operator's verbs on this machine.

import Foundation
import Logging
import NIOCore
import NIOPosix
import SQLiteStorage

/// The open control socket of a running server.
struct ControlSocket: Sendable {
    static let fileName = "control.sock"
    /// Bytes of a path that a socket's address can hold on this system, its end mark apart.
    static let pathBytes = 107

    private let channel: any Channel
    private let path: String

    /// Opens the socket. One left behind by a server that was killed is replaced: the folder's lock says it is dead.
    static func open(
        in folder: DataFolder, _ desk: OperatorDesk, on group: any EventLoopGroup, _ log: Logger
    ) async throws(OperatorFault) -> ControlSocket {
        let path = folder.file(fileName)
        guard path.utf8.count <= pathBytes else {
            throw .misuse(
                "data: \(path) has \(path.utf8.count) bytes, a socket's path at most \(pathBytes): "
                    + "choose a data folder with a shorter path")
        }
        unlink(path)
        do {
            let channel = try await ServerBootstrap(group: group)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let pipeline = channel.pipeline.syncOperations
                        try pipeline.addHandler(ByteToMessageHandler(LineDecoder()))
                        try pipeline.addHandler(ControlHandler(desk))
                    }
                }
                .bind(unixDomainSocketPath: path).get()
            chmod(path, 0o600)
            return ControlSocket(channel: channel, path: path)
        } catch {
            throw .failed("\(path) cannot be opened (\(error)): check the rights of the data folder")
        }
    }

    func close() async {
        try? await channel.close().get()
        unlink(path)
    }
}

/// Cuts the stream into lines.
private struct LineDecoder: NIOSingleStepByteToMessageDecoder {
    typealias InboundOut = [UInt8]

    mutating func decode(buffer: inout ByteBuffer) throws -> [UInt8]? {
        let view = buffer.readableBytesView
        guard let end = view.firstIndex(of: UInt8(ascii: "\n")) else {
            if buffer.readableBytes > ControlLimits.lineBytes { throw ByteToMessageDecoderError.PayloadTooLargeError() }
            return nil
        }
        let line = buffer.readBytes(length: end - view.startIndex)
        buffer.moveReaderIndex(forwardBy: 1)
        return line
    }

    mutating func decodeLast(buffer: inout ByteBuffer, seenEOF: Bool) throws -> [UInt8]? {
        try decode(buffer: &buffer)
    }
}

/// Answers the requests of one operator, one after the other.
private final class ControlHandler: ChannelInboundHandler {
    typealias InboundIn = [UInt8]
    typealias OutboundOut = ByteBuffer

    private let desk: OperatorDesk
    private var last: Task<Void, Never>?

    init(_ desk: OperatorDesk) { self.desk = desk }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        last = Self.answer(unwrapInboundIn(data), desk, on: context.channel, after: last)
    }

    private static func answer(
        _ line: [UInt8], _ desk: OperatorDesk, on channel: any Channel, after before: Task<Void, Never>?
    ) -> Task<Void, Never> {
        Task {
            await before?.value
            let bytes = await answer(line, desk) + [UInt8(ascii: "\n")]
            channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
        }
    }

    private static func answer(_ line: [UInt8], _ desk: OperatorDesk) async -> [UInt8] {
        let answer: ControlAnswer
        if let request = try? JSONDecoder().decode(ControlRequest.self, from: Data(line)) {
            answer = await desk.answer(request)
        } else {
            answer = ControlAnswer(.misuse("the server does not know this request: use its own version of parlance"))
        }
        return (try? JSONEncoder().encode(answer)).map(Array.init) ?? []
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
