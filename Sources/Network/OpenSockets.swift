// How many connections a listener's port has open.

import NIOCore
import Synchronization

/// Counts the connections that came through a port until their sockets are closed: a stop waits for the last bytes.
public final class OpenSockets: Sendable {
    private let open = Atomic<Int>(0)

    public init() {}

    public var count: Int { open.load(ordering: .relaxed) }

    func watch(_ channel: any Channel) {
        open.add(1, ordering: .relaxed)
        channel.closeFuture.whenComplete { _ in self.open.subtract(1, ordering: .relaxed) }
    }
}
