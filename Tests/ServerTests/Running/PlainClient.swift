// A client of a few lines for tests: a blocking socket on loopback, without TLS.

import Foundation

/// Sends text and waits for text.
final class PlainClient {
    struct Gone: Error { let received: String }

    private let socket: Int32
    private var received = ""

    init(port: Int) throws {
        socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var patience = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { throw Gone(received: "") }
    }

    deinit { Foundation.close(socket) }

    /// Closes its side.
    func close() { shutdown(socket, Int32(SHUT_RDWR)) }

    func send(_ text: String) {
        let bytes = Array(text.utf8)
        _ = Foundation.send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// Everything up to and including `mark`.
    @discardableResult
    func receive(until mark: String) throws -> String {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            if let found = received.range(of: mark) {
                let text = String(received[..<found.upperBound])
                received.removeSubrange(..<found.upperBound)
                return text
            }
            let count = recv(socket, &chunk, chunk.count, 0)
            guard count > 0 else { throw Gone(received: received) }
            received += String(decoding: chunk[..<count], as: UTF8.self)
        }
    }

    /// Opens a stream and logs in by PLAIN; answers what the server says to the login.
    func logIn(_ name: String, _ password: String) throws -> String {
        open()
        try receive(until: "</stream:features>")
        let secret = Data("\0\(name)\0\(password)".utf8).base64EncodedString()
        send("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>\(secret)</auth>")
        let answer = try receive(until: ">")
        guard answer.contains("<success") else { return answer }
        open()
        try receive(until: "</stream:features>")
        send("<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>t</resource></bind></iq>")
        try receive(until: "</iq>")
        return answer
    }

    func open() {
        send(
            "<stream:stream to='localhost' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' "
                + "version='1.0'>")
    }
}
