// The one writer: commits whatever is queued the moment it is free, for all rooms and accounts together.

import Dispatch
import GRDB
import Storage
import Synchronization

/// The queue of writes and what empties it. Everything but the queue runs on the engine's own writer queue, one call
/// of `drain` at a time.
final class Writer: Sendable {
    private let pool: DatabasePool
    private let limits: StorageLimits
    private let queue = Mutex(Queue())

    private struct Queue: Sendable {
        var jobs: [WriteJob] = []
        var rows = 0
        /// `drain` runs, or is about to.
        var isDraining = false
        /// Deleted content stands in the write-ahead log still, because readers kept it from being emptied.
        var mustScrub = false
        /// Who waits for the end; not nil once closing has begun.
        var closers: [Completion<Void>]?
        var isClosed = false
    }

    init(_ pool: DatabasePool, limits: StorageLimits) {
        self.pool = pool
        self.limits = limits
    }

    /// Whether closing has begun.
    var isClosing: Bool { queue.withLock { $0.closers != nil } }

    /// Queues a write; refuses it at once if it is one too many, or the store closes.
    func add(_ job: WriteJob) {
        let (fault, wakes): (StorageFault?, Bool) = queue.withLock { queue in
            guard queue.closers == nil else { return (.closed, false) }
            guard queue.jobs.isEmpty || queue.rows + job.rows <= limits.queuedRows else {
                return (.busy(limit: "queuedRows"), false)
            }
            queue.jobs.append(job)
            queue.rows += job.rows
            return (nil, Writer.wake(&queue))
        }
        if let fault { job.refuse(fault) }
        if wakes { pool.asyncWriteWithoutTransaction { [self] in drain($0) } }
    }

    /// Writes what is queued, empties the write-ahead log, closes the file.
    func close(_ done: @escaping Completion<Void>) {
        let (isClosed, wakes) = queue.withLock { queue in
            guard !queue.isClosed else { return (true, false) }
            queue.closers = (queue.closers ?? []) + [done]
            return (false, Writer.wake(&queue))
        }
        if isClosed { done(.success(())) }
        if wakes { pool.asyncWriteWithoutTransaction { [self] in drain($0) } }
    }

    private static func wake(_ queue: inout Queue) -> Bool {
        defer { queue.isDraining = true }
        return !queue.isDraining
    }

    // MARK: On the writer queue

    /// What the writer does next.
    private enum Turn {
        case group([WriteJob])
        case rest
        case close
    }

    private func drain(_ db: Database) {
        while true {
            switch next() {
            case .group(let group):
                for call in commit(group, db) { call() }
                scrub(after: group, db)
            case .rest:
                return
            case .close:
                let emptied = Result { try db.checkpoint(.truncate) }
                // The engine closes its connections from outside of their queues only.
                DispatchQueue.global().async { [self] in finish(emptied.map { _ in () }) }
                return
            }
        }
    }

    /// Empties the write-ahead log if deleted content stands in it. Busy readers may keep it from being emptied: then
    /// the next group tries again.
    private func scrub(after group: [WriteJob], _ db: Database) {
        let scrubs = group.contains(where: \.scrubs)
        guard scrubs || queue.withLock({ $0.mustScrub }) else { return }
        let isBusy = (try? db.checkpoint(.truncate)) == nil
        queue.withLock { $0.mustScrub = isBusy }
    }

    /// The next group; with nothing left the writer rests, and once closing it stays at rest.
    private func next() -> Turn {
        queue.withLock { queue in
            guard !queue.jobs.isEmpty else {
                queue.isDraining = queue.closers != nil
                return queue.isDraining ? .close : .rest
            }
            var rows = 0
            let count = queue.jobs.prefix { job in
                rows += job.rows
                return rows <= limits.groupRows
            }.count
            let group = Array(queue.jobs.prefix(max(count, 1)))
            queue.jobs.removeFirst(group.count)
            queue.rows -= group.reduce(0) { $0 + $1.rows }
            return .group(group)
        }
    }

    /// Commits a group and answers what to call. If one write is at fault, only that one fails.
    private func commit(_ group: [WriteJob], _ db: Database) -> [@Sendable () -> Void] {
        do {
            return try transaction(db) {
                try group.map { job in
                    do { return try job.write(db) } catch let fault as StorageFault { return { job.refuse(fault) } }
                }
            }
        } catch let error where error.isOfOneWrite {
            return commitEach(group, db)
        } catch {
            let fault = StorageFault(error, path: pool.path)
            return group.map { job in { job.refuse(fault) } }
        }
    }

    /// Commits a group once more, with each write taken back on its own if it fails.
    private func commitEach(_ group: [WriteJob], _ db: Database) -> [@Sendable () -> Void] {
        do {
            return try transaction(db) {
                try group.map { job in
                    var call: (@Sendable () -> Void)?
                    do {
                        try db.inSavepoint {
                            call = try job.write(db)
                            return .commit
                        }
                    } catch let error where error is StorageFault || error.isOfOneWrite {
                        let fault = StorageFault(error, path: pool.path)
                        call = { job.refuse(fault) }
                    }
                    return call ?? {}
                }
            }
        } catch {
            let fault = StorageFault(error, path: pool.path)
            return group.map { job in { job.refuse(fault) } }
        }
    }

    private func transaction<Value>(_ db: Database, _ body: () throws -> Value) throws -> Value {
        var value: Value?
        try db.inTransaction(.immediate) {
            value = try body()
            return .commit
        }
        guard let value else { throw StorageFault.other("a transaction without an end") }
        return value
    }

    private func finish(_ emptied: Result<Void, any Error>) {
        let closed = emptied.flatMap { Result { try pool.close() } }
            .mapError { [pool] in StorageFault($0, path: pool.path) }
        let closers = queue.withLock { queue in
            queue.isClosed = true
            defer { queue.closers = [] }
            return queue.closers ?? []
        }
        for done in closers { done(closed) }
    }
}
