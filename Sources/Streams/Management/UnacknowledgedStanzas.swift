// The stanzas a client was sent and has not acknowledged, in order (XEP-0198 §4).

import DequeModule
public import XMPP

/// A stanza as it went out: by reference to bytes that others share.
public struct SentStanza: Sendable, Equatable {
    /// What stands before the address; nil: `rest` is the whole stanza.
    public let kind: Stanza.Kind?
    /// ` to='…'`, or nothing.
    public let address: [UInt8]
    /// Everything behind.
    public let rest: [UInt8]
    /// When it was sent.
    public let time: Moment

    public init(_ kind: Stanza.Kind?, address: [UInt8], rest: [UInt8], at time: Moment) {
        self.kind = kind
        self.address = address
        self.rest = rest
        self.time = time
    }

    /// The stanza as it goes on a stream.
    public var bytes: [UInt8] {
        guard let kind else { return rest }
        return Array("<\(kind.rawValue)".utf8) + address + rest
    }

    /// Bytes it takes, those that are shared with others included.
    public var byteCount: Int { address.count + rest.count }
}

/// A queue from which the client takes by acknowledging.
public struct UnacknowledgedStanzas: Sendable, Equatable {
    private var queue: Deque<SentStanza> = []
    /// The client's last `h`.
    public private(set) var acknowledged: UInt32
    /// Bytes of the stanzas in it.
    public private(set) var bytes = 0

    /// - Parameter acknowledged: the `h` it begins with.
    public init(acknowledged: UInt32 = 0) { self.acknowledged = acknowledged }

    public var count: Int { queue.count }
    public var isEmpty: Bool { queue.isEmpty }

    /// How many were sent altogether, modulo 2^32.
    public var sent: UInt32 { acknowledged &+ UInt32(truncatingIfNeeded: queue.count) }

    public mutating func append(_ stanza: SentStanza) {
        queue.append(stanza)
        bytes += stanza.byteCount
    }

    /// The client says it handled `h` stanzas. A number from before its last one is an old message and changes nothing.
    ///
    /// - Returns: whether it can be true: no more than were sent.
    public mutating func acknowledge(_ h: UInt32) -> Bool {
        let count = Int(Int32(bitPattern: h &- acknowledged))
        guard count <= queue.count else { return false }
        guard count > 0 else { return true }
        for stanza in queue.prefix(count) { bytes -= stanza.byteCount }
        queue.removeFirst(count)
        acknowledged = h
        return true
    }

    /// Those that wait, oldest first.
    public var stanzas: some Sequence<SentStanza> { queue }
}
