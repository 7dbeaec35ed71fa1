// The certificate that new connections are shown: another one may take its place while the server runs.

import Synchronization

/// What listeners show. Connections that are there keep what they were shown.
public final class ServedCertificate: Sendable {
    private let context: Mutex<TLSContext>

    public init(_ context: TLSContext) { self.context = Mutex(context) }

    public var current: TLSContext { context.withLock { $0 } }

    /// From now on this one is shown.
    public func show(_ next: TLSContext) { context.withLock { $0 = next } }
}
