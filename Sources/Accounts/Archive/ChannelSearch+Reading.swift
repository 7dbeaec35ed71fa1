// How several archives are read as one: what the query names is found first, then each is read by ranges, and merged.

import Rooms
import Storage
import XMPP

extension ChannelSearch {
    private typealias Spot = ArchiveSource.Spot

    /// Rows of one stretch of a search for somebody's messages.
    private static let stretch = 500

    func find(in sources: [ArchiveSource], _ store: any Store, _ done: @escaping Completion<Outcome>) {
        locate(query.namedIDs.sorted()[...], [:], in: sources, store) { found in
            switch found {
            case .failure(let fault): done(.failure(fault))
            case .success(nil): done(.success(.unknownID))
            case .success(let spots?): clip(sources[...], [], by: spots, store, done)
            }
        }
    }

    // MARK: What the query names

    /// Finds the places of ids; nil: one of them is nobody's.
    private func locate(
        _ ids: ArraySlice<String>, _ found: [String: ArchiveSource.Spot], in sources: [ArchiveSource],
        _ store: any Store, _ done: @escaping Completion<[String: ArchiveSource.Spot]?>
    ) {
        guard let id = ids.first else { return done(.success(found)) }
        let owners = sources.lazy.compactMap { source in source.seq(of: id).map { (source, $0) } }
        guard let (source, seq) = owners.first else { return done(.success(nil)) }
        source.time(of: seq, in: store) { result in
            switch result {
            case .failure(let fault): done(.failure(fault))
            case .success(nil): done(.success(nil))
            case .success(let time?):
                var found = found
                found[id] = Spot(time: time, source: source.number, seq: seq)
                locate(ids.dropFirst(), found, in: sources, store, done)
            }
        }
    }

    /// Leaves of each source what is within the bounds of the query, then reads.
    private func clip(
        _ rest: ArraySlice<ArchiveSource>, _ clipped: [ArchiveSource], by spots: [String: ArchiveSource.Spot],
        _ store: any Store, _ done: @escaping Completion<Outcome>
    ) {
        guard var source = rest.first else { return read(clipped[...], [], nil, store, done) }
        let (low, high) = bounds(of: source, by: spots)
        source.clip(to: low.seq...max(low.seq, high.seq))
        if low.seq > high.seq { source.segments = [] }
        if let ids = query.ids {
            let chosen = ids.compactMap { spots[$0] }.filter { $0.source == source.number }.map(\.seq).sorted()
            source.segments = chosen.filter { seq in source.segments.contains { $0.contains(seq) } }.map { $0...$0 }
        }
        let bounded = source
        limit(bounded, notBefore: low.time, before: high.time, store) { result in
            switch result {
            case .failure(let fault): done(.failure(fault))
            case .success(let source): clip(rest.dropFirst(), clipped + [source], by: spots, store, done)
            }
        }
    }

    /// The bounds of a query for one source: of its own places by number, of those of others by time.
    private func bounds(
        of source: ArchiveSource, by spots: [String: ArchiveSource.Spot]
    ) -> (low: (seq: UInt64, time: Int64?), high: (seq: UInt64, time: Int64?)) {
        var (low, high) = (UInt64(1), UInt64.max)
        var lows = query.start.map { [$0.milliseconds] } ?? []
        var highs = query.end.map { [$0.milliseconds + 1] } ?? []
        for spot in [query.afterID, query.page.after].compactMap({ $0.flatMap { spots[$0] } }) {
            if spot.source == source.number {
                low = max(low, spot.seq + 1)
            } else {
                lows.append(source.number > spot.source ? spot.time : spot.time + 1)
            }
        }
        for spot in [query.beforeID, query.page.before].compactMap({ $0.flatMap { spots[$0] } }) {
            if spot.source == source.number {
                high = min(high, spot.seq - 1)
            } else {
                highs.append(source.number < spot.source ? spot.time + 1 : spot.time)
            }
        }
        return ((low, lows.max()), (high, highs.min()))
    }

    /// Leaves what was said at `low` or later, and before `high`.
    private func limit(
        _ source: ArchiveSource, notBefore low: Int64?, before high: Int64?, _ store: any Store,
        _ done: @escaping Completion<ArchiveSource>
    ) {
        guard !source.segments.isEmpty else { return done(.success(source)) }
        guard let time = low ?? high else { return done(.success(source)) }
        source.first(notBefore: time, in: store) { result in
            switch result {
            case .failure(let fault): done(.failure(fault))
            case .success(let seq):
                var source = source
                if low != nil {
                    if let seq { source.clip(to: seq...UInt64.max) } else { source.segments = [] }
                    limit(source, notBefore: nil, before: high, store, done)
                } else {
                    if let seq { if seq > 1 { source.clip(to: 0...(seq - 1)) } else { source.segments = [] } }
                    done(.success(source))
                }
            }
        }
    }

    // MARK: Reading

    /// Reads so much of each source that the page is among it, and puts it in order.
    private func read(
        _ rest: ArraySlice<ArchiveSource>, _ found: [ArchiveSource.Message], _ reached: String?, _ store: any Store,
        _ done: @escaping Completion<Outcome>
    ) {
        guard let source = rest.first else {
            let order = found.sorted { plan.newestFirst ? $0.spot > $1.spot : $0.spot < $1.spot }
            return done(.success(.page(Array(order.prefix(plan.reads)), reached: reached)))
        }
        guard plan.size > 0 else { return done(.success(.page([], reached: nil))) }
        let begun = Stretch(left: plan.newestFirst ? source.segments.reversed() : source.segments)
        read(begun, of: source, store) { result in
            switch result {
            case .failure(let fault): done(.failure(fault))
            case .success(let end):
                read(rest.dropFirst(), found + end.messages, end.reached ?? reached, store, done)
            }
        }
    }

    /// How far the reading of one source is.
    private struct Stretch: Sendable {
        /// What is still to be looked at, in the direction of reading.
        var left: [ClosedRange<UInt64>]
        var messages: [ArchiveSource.Message] = []
        var rows = 0
        /// The id of where the search was given up.
        var reached: String?
    }

    private func read(
        _ stretch: Stretch, of source: ArchiveSource, _ store: any Store, _ done: @escaping Completion<Stretch>
    ) {
        guard let segment = stretch.left.first, stretch.messages.count < plan.reads, stretch.reached == nil else {
            return done(.success(stretch))
        }
        let room = limits.searched - stretch.rows
        let size = speaker == nil ? plan.reads - stretch.messages.count : min(Self.stretch, room)
        source.messages(at: segment, limit: size, newestFirst: plan.newestFirst, in: store) { result in
            switch result {
            case .failure(let fault): done(.failure(fault))
            case .success(let (messages, last, rows)):
                var stretch = stretch
                stretch.messages += messages.filter { isWanted($0) }
                stretch.rows += rows
                stretch.left = rest(of: stretch.left, behind: rows < size ? nil : last)
                if speaker != nil, stretch.rows >= limits.searched, !stretch.left.isEmpty,
                    stretch.messages.count < plan.reads
                {
                    stretch.reached = last.map(source.id)
                }
                read(stretch, of: source, store, done)
            }
        }
    }

    private func isWanted(_ message: ArchiveSource.Message) -> Bool {
        guard let speaker, case .recalled(let recalled, _) = message.content else { return speaker == nil }
        return recalled.speaker == speaker
    }

    /// What is left of segments when the first is read up to a place; nil: all of it.
    private func rest(of segments: [ClosedRange<UInt64>], behind seq: UInt64?) -> [ClosedRange<UInt64>] {
        let others = Array(segments.dropFirst())
        guard let segment = segments.first, let seq else { return others }
        if plan.newestFirst {
            return seq > segment.lowerBound ? [segment.lowerBound...(seq - 1)] + others : others
        }
        return seq < segment.upperBound ? [(seq + 1)...segment.upperBound] + others : others
    }
}
