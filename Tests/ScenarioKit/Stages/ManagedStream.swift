// What a client knows of its session, so that it can go on with it on another connection (XEP-0198).

import Synchronization
import XMPP

/// Kept by the client, whichever connection it has.
package final class ManagedStream: Sendable {
    private struct State: Sendable {
        var id: String?
        var handled: UInt32 = 0
    }

    private let state = Mutex(State())

    package init() {}

    /// The name of the session, once stream management is on.
    package var id: String? { state.withLock { $0.id } }

    /// Stream management is on: from here on stanzas are counted.
    func begin(_ id: String) { state.withLock { $0.id = id } }

    /// A stanza has arrived.
    func count() { state.withLock { if $0.id != nil { $0.handled &+= 1 } } }

    /// What the client asks for on a new connection; nil where it has nothing to go on with.
    var resumption: [UInt8]? {
        state.withLock { state in
            state.id.map { Array("<resume xmlns='\(NS.streamManagement)' previd='\($0)' h='\(state.handled)'/>".utf8) }
        }
    }

    /// What the client says when it is asked.
    var acknowledgement: [UInt8] {
        Array("<a xmlns='\(NS.streamManagement)' h='\(state.withLock { $0.handled })'/>".utf8)
    }
}
