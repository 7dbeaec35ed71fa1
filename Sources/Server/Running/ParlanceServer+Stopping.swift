// The end of a server in order: doors closed, rooms told, accounts told, everything written.

import Accounts
import Host
import NIOCore
import NIOPosix
import Network
import Synchronization

extension ParlanceServer {
    /// Stops: closes the doors, lets rooms and then clients know, writes what is to be written, closes the store.
    /// What is still to be told after `limits.host.shutdown_seconds` is not told. Stopping twice is no error.
    public func stop() async {
        guard !isStopped.exchange(true, ordering: .acquiringAndReleasing) else { return }
        expiry.withLock { $0 }?.cancel()
        renewal.withLock { $0 }?.cancel()
        let doors = listeners.withLock { $0 }
        for door in doors { await door.close() }
        await control.withLock { $0 }?.close()
        let end = ContinuousClock.now + .seconds(configuration.limits.host.shutdownSeconds)
        for shard in house.shards { await shard.shutDown(accounts: false) }
        await wait(until: end) { await self.isQuiet() }
        for shard in house.shards { await shard.shutDown(accounts: true) }
        await wait(until: end) {
            let isQuiet = await self.isQuiet()
            return isQuiet && doors.allSatisfy { $0.sockets.count == 0 }
        }
        await opened.close()
        try? await group.shutdownGracefully()
        try? await pool.shutdownGracefully()
    }

    /// Whether nothing in the house waits to be written or told.
    public func isQuiet() async -> Bool {
        for shard in house.shards where await !shard.isQuiet() { return false }
        return true
    }

    /// Looks every few milliseconds, in real time: sockets and disks know no other.
    private func wait(until end: ContinuousClock.Instant, _ isDone: @Sendable () async -> Bool) async {
        while await !isDone(), ContinuousClock.now < end {
            try? await Task.sleep(for: .milliseconds(5))
        }
    }
}
