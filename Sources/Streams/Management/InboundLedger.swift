// Which stanzas of a client have had their effect: what `h` may say (XEP-0198 §4), and how many are still in work.

import DequeModule

/// Numbers the stanzas a client sends, and knows what each still owes. A stanza counts as handled only together with
/// all before it, because `h` names a prefix.
public struct InboundLedger: Sendable, Equatable {
    /// How many effects each stanza still owes, from the oldest that owes one.
    private var owed: Deque<Int> = []
    /// The number of the first in `owed`.
    private var first: UInt64 = 1
    /// Stanzas that came before they were counted.
    private var uncounted: UInt64 = 0
    /// Stanzas that owe something.
    public private(set) var open = 0

    public init() {}

    /// Takes up the next stanza, which owes one thing: to be sent on its way.
    ///
    /// - Returns: its number, from 1.
    public mutating func begin() -> UInt64 {
        owed.append(1)
        open += 1
        return last
    }

    /// The number of the last stanza that was taken up.
    public var last: UInt64 { first + UInt64(owed.count) - 1 }

    /// One more thing has to happen before this stanza has had its effect.
    public mutating func owe(_ ticket: UInt64) {
        guard let index = index(of: ticket), owed[index] > 0 else { return }
        owed[index] += 1
    }

    /// One of the things happened. A stanza that owes nothing, or was never taken up, is left alone.
    public mutating func settle(_ ticket: UInt64) {
        guard let index = index(of: ticket), owed[index] > 0 else { return }
        owed[index] -= 1
        guard owed[index] == 0 else { return }
        open -= 1
        while owed.first == 0 {
            owed.removeFirst()
            first += 1
        }
    }

    private func index(of ticket: UInt64) -> Int? {
        guard ticket >= first, ticket <= last else { return nil }
        return Int(ticket - first)
    }

    /// From here on stanzas are counted: `<enable/>` came (XEP-0198 §4).
    public mutating func count() { uncounted = last }

    /// The number up to which every stanza has had its effect.
    public var settled: UInt64 { first - 1 }

    /// What `h` says: the stanzas counted and handled, modulo 2^32.
    public var handled: UInt32 { settled > uncounted ? UInt32(truncatingIfNeeded: settled - uncounted) : 0 }
}
