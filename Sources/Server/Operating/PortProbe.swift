// Whether a port could be listened on now.

import NIOCore
import NIOPosix

/// Binds a port and lets go of it.
enum PortProbe {
    /// Why the port cannot be listened on; nil: it can.
    static func problem(of place: SocketPlace) -> String? {
        let group = MultiThreadedEventLoopGroup.singleton
        do {
            try ServerBootstrap(group: group)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .bind(host: place.host, port: place.port).flatMap { $0.close() }.wait()
            return nil
        } catch {
            return BindFault.words(for: error)
        }
    }
}
