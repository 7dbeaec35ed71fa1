// How fast everybody goes in one room, so that nobody floods it.

import Rooms
import XMPP

/// What each account may still send to one room now (XEP-0045 §14.6; MUC-422): a bucket for each kind of stanza, which
/// fills up again evenly. All sessions of an account draw from the same.
struct PaceTable: Sendable {
    /// What is counted apart.
    enum Kind: Hashable, Sendable {
        case message
        case presence
        case request

        /// - Returns: nil for what is never slowed down: errors, answers, and leaving.
        init?(_ stanza: Stanza) {
            switch (stanza.kind, stanza.type) {
            case (_, .error), (_, .result), (.presence, .unavailable): return nil
            case (.message, _): self = .message
            case (.presence, _): self = .presence
            case (.iq, _): self = .request
            }
        }

        func perMinute(_ limits: HostLimits) -> Int {
            switch self {
            case .message: limits.roomMessagesPerMinute
            case .presence: limits.roomPresencesPerMinute
            case .request: limits.roomRequestsPerMinute
            }
        }
    }

    /// What came of a stanza.
    enum Outcome: Sendable, Equatable {
        case taken
        case tooFast
        /// Refused so often without a pause that whoever sends it is to go.
        case tooOften
    }

    private struct Key: Hashable {
        let jid: JID
        let kind: Kind
    }

    private struct Bucket {
        /// Thousandths of a stanza.
        var left: Int
        var time: Moment
        /// Refusals since it was last half full.
        var refusals = 0
    }

    /// Thousandths, so that what fills up in a millisecond is not lost.
    private static let unit = 1_000

    private var buckets: [Key: Bucket] = [:]

    var count: Int { buckets.count }

    /// Counts a stanza of `jid`.
    mutating func take(_ kind: Kind, by jid: JID, at now: Moment, _ limits: HostLimits) -> Outcome {
        let size = kind.perMinute(limits) * Self.unit
        let key = Key(jid: jid.bare, kind: kind)
        if buckets[key] == nil, buckets.count >= limits.pacedAccounts { forgetFull(at: now, limits) }
        var bucket = buckets[key] ?? Bucket(left: size, time: now)
        Self.fill(&bucket, to: size, at: now)
        defer { buckets[key] = bucket }
        if bucket.left >= Self.unit {
            bucket.left -= Self.unit
            return .taken
        }
        bucket.refusals += 1
        return bucket.refusals > limits.floodRefusals ? .tooOften : .tooFast
    }

    private static func fill(_ bucket: inout Bucket, to size: Int, at now: Moment) {
        let passed = max(0, now.milliseconds - bucket.time.milliseconds)
        // a minute fills it whole, and no multiplication of a long time overflows
        let gained = passed >= 60_000 ? size : Int(passed) * size / 60_000
        guard gained > 0 else { return }
        bucket.left = min(size, bucket.left + gained)
        // only as much time as gave something: the rest is not lost by asking often
        bucket.time = passed >= 60_000 ? now : bucket.time + .milliseconds(Int64(gained * 60_000 / size))
        if bucket.left >= size / 2 { bucket.refusals = 0 }
    }

    /// A full bucket says nothing that a new one would not say; where none is full, the table begins anew.
    private mutating func forgetFull(at now: Moment, _ limits: HostLimits) {
        buckets = buckets.filter { key, bucket in
            var bucket = bucket
            let size = key.kind.perMinute(limits) * Self.unit
            Self.fill(&bucket, to: size, at: now)
            return bucket.left < size
        }
        if buckets.count >= limits.pacedAccounts { buckets = [:] }
    }
}
