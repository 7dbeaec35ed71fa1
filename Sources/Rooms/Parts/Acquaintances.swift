// Who spoke which dialect here lately: how a desynchronised client of today is told from one of 1999 (GC-004).

public import XMPP

/// The full JIDs that lately had a seat, with the dialect they spoke. Restored from the notes after a start.
public struct Acquaintances: Sendable, Equatable {
    /// What is remembered of one address.
    public struct Memory: Sendable, Equatable {
        public let dialect: DialectID
        public let time: Moment
    }

    private var memories: [JID: Memory] = [:]

    /// What was spoken from this full JID within the last `window` before `now`.
    public func dialect(of address: JID, at now: Moment, within window: Duration = .seconds(86_400)) -> DialectID? {
        guard let memory = memories[address], now - memory.time <= window else { return nil }
        return memory.dialect
    }

    public var count: Int { memories.count }

    /// Remembers what is newest; past `RoomLimits.acquaintances` the older half is forgotten.
    mutating func note(_ address: JID, _ dialect: DialectID, at time: Moment, _ limits: RoomLimits) {
        if let known = memories[address] {
            if known.time <= time { memories[address] = Memory(dialect: dialect, time: time) }
            return
        }
        if memories.count >= limits.acquaintances {
            let times = memories.values.map(\.time).sorted()
            let middle = times[times.count / 2]
            memories = memories.filter { $0.value.time > middle }
        }
        memories[address] = Memory(dialect: dialect, time: time)
    }
}
