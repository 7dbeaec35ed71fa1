// An outlet that remembers what it was given, for tests.

import DialectKit
import Host
import Synchronization
import XML

/// What arrives where a client would be.
final class Ear: Outlet, Sendable {
    private struct State: Sendable {
        var heard: [String] = []
        var completions: [UInt64] = []
        var flushes = 0
        var isFlushed = true
    }

    private let state = Mutex(State())

    func write(_ template: Template, to address: AddressHole, on shard: isolated Shard) {
        add(template.bytes(to: address))
    }

    func write(_ bytes: [UInt8], on shard: isolated Shard) { add(bytes) }

    private func add(_ bytes: [UInt8]) {
        state.withLock { state in
            state.heard.append(String(decoding: bytes, as: UTF8.self))
            state.isFlushed = false
        }
    }

    func completed(_ ticket: UInt64, on shard: isolated Shard) { state.withLock { $0.completions.append(ticket) } }

    func flush(on shard: isolated Shard) {
        state.withLock { state in
            state.flushes += 1
            state.isFlushed = true
        }
    }

    /// Everything heard so far, in order.
    var heard: [String] { state.withLock { $0.heard } }
    /// Everything heard so far as elements.
    var elements: [Element] { heard.compactMap { try? Element(parsing: $0) } }
    var completions: Int { state.withLock { $0.completions.count } }
    /// The tickets of those stanzas, in the order of their effects.
    var tickets: [UInt64] { state.withLock { $0.completions } }
    var flushes: Int { state.withLock { $0.flushes } }
    /// Whether nothing was written after the last flush.
    var isFlushed: Bool { state.withLock { $0.isFlushed } }

    /// What was heard since the last call.
    func news() -> [String] {
        state.withLock { state in
            defer { state.heard = [] }
            return state.heard
        }
    }
}
