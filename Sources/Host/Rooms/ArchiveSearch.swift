// One page on its way out of the store: what to read next, what was found, when to stop.

import DialectKit
import Rooms
import Storage
import XMPP

/// The reading of one page. Without an author it is one read; with one, the store is read in stretches until enough
/// is found, or enough was looked at.
struct ArchiveSearch: Sendable {
    /// What to read next.
    enum Read: Equatable {
        case range(EventQuery)
        case places([UInt64])
    }

    /// What was found: the page, and what its end says.
    struct Found {
        let page: ArchivePage<ArchiveQuestion.Entry>
        let ends: ResultSet.Answer
    }

    /// Rows of one stretch of a search.
    private static let stretch = 500

    private let plan: ArchivePlan
    private let question: ArchiveQuestion
    private let limits: ArchiveLimits
    private let isSearch: Bool
    private var left: ClosedRange<UInt64>?
    private var messages: [(seq: UInt64, bytes: Int, message: ArchiveQuestion.Entry)] = []
    private var looked = 0
    private var first: UInt64?
    private var last: UInt64?
    private var isDone = false

    init(_ plan: ArchivePlan, _ question: ArchiveQuestion, _ limits: ArchiveLimits) {
        self.plan = plan
        self.question = question
        self.limits = limits
        left = plan.range
        if case .page(_, .some) = question.kind { isSearch = true } else { isSearch = !question.isOfMessages }
    }

    /// What to read next; nil: the page is found.
    func next(in room: RoomNumber) -> Read? {
        guard !isDone, let left else { return nil }
        if let chosen = plan.chosen { return chosen.isEmpty ? nil : .places(chosen) }
        guard messages.count < plan.reads, looked < limits.searched else { return nil }
        return .range(
            EventQuery(
                room: room, seqs: left, limit: size, newestFirst: plan.newestFirst,
                archivedOnly: question.isOfMessages))
    }

    private var size: Int { isSearch ? min(Self.stretch, limits.searched - looked) : plan.reads }

    /// Takes what was read, and answers the places of rows that cannot be understood: they are passed over.
    mutating func take(_ records: [EventRecord], _ secret: RoomSecret) -> [UInt64] {
        var damaged: [UInt64] = []
        looked += records.count
        if first == nil { first = records.first?.seq }
        last = records.last?.seq ?? last
        for record in records {
            do throws(CodingFault) {
                guard let entry = try question.entry(record.body, secret) else { continue }
                messages.append((record.seq, record.body.count, entry))
            } catch {
                damaged.append(record.seq)
            }
        }
        if plan.only != nil || records.count < size {
            isDone = true
        } else if let last, let range = left {
            left = Self.rest(of: range, behind: last, newestFirst: plan.newestFirst)
        }
        return damaged
    }

    private static func rest(
        of range: ClosedRange<UInt64>, behind seq: UInt64, newestFirst: Bool
    ) -> ClosedRange<UInt64>? {
        if newestFirst { return seq > range.lowerBound ? range.lowerBound...(seq - 1) : nil }
        return seq < range.upperBound ? (seq + 1)...range.upperBound : nil
    }

    /// The page. A search that was given up names as its end where it got, so that it can be taken up there.
    func found(_ secret: RoomSecret) -> Found {
        let isGivenUp = isSearch && !isDone && left != nil && messages.count < plan.reads
        let page = plan.page(of: messages, isAll: !isGivenUp) { $0.bytes }
        var ends = (page.messages.first?.seq, page.messages.last?.seq)
        if isGivenUp {
            ends = plan.newestFirst ? (last, ends.1 ?? first) : (ends.0 ?? first, last)
        }
        return Found(
            page: ArchivePage(messages: page.messages.map(\.message), isComplete: page.isComplete),
            ends: ResultSet.Answer(
                first: ends.0.map(secret.archiveID), last: ends.1.map(secret.archiveID)))
    }
}
