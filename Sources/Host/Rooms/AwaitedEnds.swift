// When rooms that are not in memory have to end, so that each comes back in time for it.

import XMPP

/// The ends of rooms that were let go, and when the next of them may be due.
struct AwaitedEnds {
    private var ends: [String: Moment] = [:]
    /// No end comes before this; nil: none is known.
    private(set) var next: Moment?

    /// A room ends then; nil: not by itself. Past `limit` an end is not known: it comes with the next use of the room.
    mutating func set(_ room: String, _ end: Moment?, limit: Int) {
        guard let end, ends[room] != nil || ends.count < limit else {
            ends[room] = nil
            return
        }
        ends[room] = end
        next = min(next ?? end, end)
    }

    /// Takes out rooms whose time has come, in the order of their ends; at most `most`, the others a second later.
    mutating func take(at now: Moment, most: Int) -> [String] {
        let due = ends.filter { $0.value <= now }.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.prefix(most)
        for (room, _) in due { ends[room] = nil }
        next = ends.values.min().map { max($0, now + .seconds(due.isEmpty ? 0 : 1)) }
        return due.map(\.key)
    }
}
