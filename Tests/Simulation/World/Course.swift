// Everything that was said, heard and done, in order: a digest of all of it, and as much of the end as one looks at.

import XMPP

/// The course of one seed.
package struct Course: Sendable {
    /// One thing that happened.
    struct Entry: Sendable {
        enum What: Sendable {
            case said(String)
            case heard(Heard)
            case done(String)
        }

        let time: Moment
        /// Whose doing or hearing it is; nil: the world's.
        let client: String?
        let room: String?
        let what: What
    }

    private var entries: [Entry] = []
    private let keeps: Int
    /// Follows from everything that happened; things of the same moment may change places.
    private(set) var digest: UInt64 = 0
    private(set) var count = 0

    /// - Parameter keeps: how many of the last entries are kept.
    init(keeps: Int) { self.keeps = keeps }

    mutating func add(_ entry: Entry) {
        count += 1
        digest &+= Self.digest(of: entry)
        entries.append(entry)
        if entries.count >= 2 * keeps { entries.removeFirst(entries.count - keeps) }
    }

    private static func digest(of entry: Entry) -> UInt64 {
        var hash: UInt64
        switch entry.what {
        case .heard(let heard): hash = heard.hash
        case .said(let text), .done(let text): hash = hashed(text)
        }
        hash ^= hashed(entry.client ?? "") &* 31
        hash ^= UInt64(bitPattern: entry.time.milliseconds) &* 0x9e37_79b9_7f4a_7c15
        hash = (hash ^ (hash >> 29)) &* 0xbf58_476d_1ce4_e5b9
        return hash ^ (hash >> 32)
    }

    private static func hashed(_ text: String) -> UInt64 {
        text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    /// The last things that concern these clients or this room, and what the world did.
    func last(_ count: Int, of clients: [String], in room: String?) -> [String] {
        let isWanted = { (entry: Entry) -> Bool in
            guard let client = entry.client else { return true }
            guard clients.isEmpty || clients.contains(client) else { return false }
            return room == nil || entry.room == nil || entry.room == room
        }
        return entries.reversed().lazy.filter(isWanted).prefix(count).reversed().map(Self.line)
    }

    /// Everything that is kept.
    var lines: [String] { entries.map(Self.line) }

    private static func line(_ entry: Entry) -> String {
        let clock = entry.time.xep0082.dropFirst(11).dropLast()
        switch entry.what {
        case .said(let text): return "\(clock)  \(entry.client ?? "") -> \(text)"
        case .heard(let heard): return "\(clock)  \(entry.client ?? "") <- \(heard.element)"
        case .done(let text): return "\(clock)  \(entry.client.map { "\($0): " } ?? "== ")\(text)"
        }
    }
}
