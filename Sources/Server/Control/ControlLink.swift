// The operator's side of the control socket: asks the running server, a line each way.

import Foundation

/// A connection to a running server.
// SAFETY: the socket never changes, and what is left of the last reading is touched on the queue only.
final class ControlLink: @unchecked Sendable {
    /// Waiting for an answer blocks a thread, and must not be one of those that make it.
    private let queue = DispatchQueue(label: "parlance.control")
    private let socket: Int32
    private var pending: [UInt8] = []

    /// - Throws: `OperatorFault` where nobody answers at `path`.
    init(_ path: String) throws(OperatorFault) {
        guard path.utf8.count <= ControlSocket.pathBytes else {
            throw .misuse("\(path) is too long for a socket: choose a data folder with a shorter path")
        }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let socket = Foundation.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard socket >= 0 else { throw .failed("no socket can be opened: too many files are open") }
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard connected == 0 else {
            let reason = String(cString: strerror(errno))
            Foundation.close(socket)
            throw .failed("\(path): the server that uses this data folder does not answer (\(reason)): stop it first")
        }
        self.socket = socket
    }

    deinit { Foundation.close(socket) }

    func ask(_ request: ControlRequest) async throws(OperatorFault) -> ControlAnswer {
        let answer = await withCheckedContinuation { continuation in
            queue.async {
                continuation.resume(
                    returning: Result { () throws(OperatorFault) in try self.exchange(request) })
            }
        }
        return try answer.get()
    }

    private func exchange(_ request: ControlRequest) throws(OperatorFault) -> ControlAnswer {
        guard let line = try? JSONEncoder().encode(request) else { throw .failed("the request cannot be written") }
        try send(Array(line) + [UInt8(ascii: "\n")])
        let reply = try receive()
        guard let answer = try? JSONDecoder().decode(ControlAnswer.self, from: Data(reply)) else {
            throw .failed("the running server answers in an unknown way: use its own version of parlance")
        }
        return answer
    }

    private func send(_ bytes: [UInt8]) throws(OperatorFault) {
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes {
                Foundation.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count > 0 { done += count } else if errno != EINTR { throw Self.gone }
        }
    }

    private func receive() throws(OperatorFault) -> [UInt8] {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
                let line = Array(pending[..<end])
                pending.removeFirst(end + 1)
                return line
            }
            let count = recv(socket, &chunk, chunk.count, 0)
            if count > 0 { pending += chunk[..<count] } else if count == 0 || errno != EINTR { throw Self.gone }
        }
    }

    private static var gone: OperatorFault { .failed("the running server closed the control socket: is it stopping?") }
}
