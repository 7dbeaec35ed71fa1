// From a query to the reads that answer it, and from what was read to the page.

/// Where in an archive the things are that a query names: what an archive finds out before it plans.
public struct ArchivePlaces: Sendable, Equatable {
    /// The place of each id the query names.
    public var ids: [String: UInt64]
    /// The first message at ``ArchiveQuery/start`` or later; nil: there is none.
    public var start: UInt64?
    /// The first message later than ``ArchiveQuery/end``; nil: there is none.
    public var afterEnd: UInt64?

    public init(ids: [String: UInt64] = [:], start: UInt64? = nil, afterEnd: UInt64? = nil) {
        self.ids = ids
        self.start = start
        self.afterEnd = afterEnd
    }
}

/// What to read for one page: places in an archive, the direction, and how much.
///
/// Archive order is a number that rises by the message, so every filter but that by address is a range.
public struct ArchivePlan: Sendable, Equatable {
    /// The places to read, both ends included; nil: nothing can match.
    public let range: ClosedRange<UInt64>?
    /// Only these of them, rising; nil: all.
    public let only: [UInt64]?
    /// The page is at the newest end of the range, so that is where reading begins.
    public let newestFirst: Bool
    /// Messages of the page; 0: only the count is wanted.
    public let size: Int
    /// Bytes of the page (``ArchiveLimits/pageBytes``).
    private let bytes: Int

    /// Plans a query.
    ///
    /// - Parameters:
    ///   - places: where the things are that the query names; every id of ``ArchiveQuery/namedIDs`` is among them.
    ///   - archive: the places of the archive's first and last messages; nil: it is empty.
    public init(
        _ query: ArchiveQuery, _ places: ArchivePlaces, in archive: ClosedRange<UInt64>?, _ limits: ArchiveLimits
    ) {
        newestFirst = query.page.isBackward
        size = limits.size(asked: query.page.max)
        bytes = limits.pageBytes
        let range = Self.range(query, places, archive)
        self.range = range
        only = query.ids.map { ids in
            Set(ids.compactMap { places.ids[$0] }).filter { range?.contains($0) ?? false }.sorted()
        }
    }

    private static func range(
        _ query: ArchiveQuery, _ places: ArchivePlaces, _ archive: ClosedRange<UInt64>?
    ) -> ClosedRange<UInt64>? {
        guard let archive else { return nil }
        var (low, high) = (archive.lowerBound, archive.upperBound)
        if query.start != nil {
            guard let start = places.start else { return nil }
            low = max(low, start)
        }
        for id in [query.afterID, query.page.after] {
            if let id, let place = places.ids[id] { low = max(low, place &+ 1) }
        }
        for id in [query.beforeID, query.page.before] {
            if let id, let place = places.ids[id] { high = min(high, place &- 1) }
        }
        if query.end != nil, let afterEnd = places.afterEnd { high = min(high, afterEnd &- 1) }
        return low <= high ? low...high : nil
    }

    /// How many messages to read: one more than the page has, which tells whether the page is all.
    public var reads: Int { size + 1 }

    /// The places to read where `only` names them, in the direction of reading.
    public var chosen: [UInt64]? { only.map { newestFirst ? $0.reversed() : $0 } }

    /// Makes the page of what was read.
    ///
    /// - Parameters:
    ///   - found: what matched, in the direction of reading; ``reads`` of it are enough.
    ///   - isAll: whether everything was looked at that there is to find; false where a search was given up.
    ///   - bytes: the size of a message.
    public func page<Found>(of found: [Found], isAll: Bool = true, bytes: (Found) -> Int) -> ArchivePage<Found> {
        var taken = found.prefix(size)
        var sum = 0
        if let cut = taken.firstIndex(where: {
            sum += bytes($0)
            return sum > self.bytes
        }) {
            taken = taken.prefix(upTo: max(cut, taken.startIndex + min(1, taken.count)))
        }
        let messages = newestFirst ? Array(taken.reversed()) : Array(taken)
        return ArchivePage(messages: messages, isComplete: isAll && taken.count == found.count)
    }
}

/// One page of an archive.
public struct ArchivePage<Message> {
    /// What is on it, in the order of the archive.
    public let messages: [Message]
    /// Nothing was cut off in the direction of paging (XEP-0313 §4.3.2).
    public let isComplete: Bool

    public init(messages: [Message], isComplete: Bool) {
        self.messages = messages
        self.isComplete = isComplete
    }
}

extension ArchivePage: Sendable where Message: Sendable {}
extension ArchivePage: Equatable where Message: Equatable {}
