// The journal itself: no gap, rising time, nothing twice; and after a crash all of it is still on the disk.

import Rooms
import Storage

/// Holds the ledger against itself and against what the store has after a crash.
struct JournalChecker {
    static let rule = "journal"
    private var checked: [RoomNumber: Int] = [:]

    /// What was written since the last time.
    mutating func judge(_ ledger: Ledger) -> Violation? {
        for life in ledger.inOrder where life.rows.count > checked[life.number, default: 0] {
            let start = checked[life.number, default: 0]
            checked[life.number] = life.rows.count
            for index in start..<life.rows.count {
                let row = life.rows[index]
                guard row.seq == UInt64(index + 1) else {
                    return found("row \(index + 1) of the journal has seq \(row.seq)", life)
                }
                guard index == 0 || life.rows[index - 1].time < row.time else {
                    return found("the time does not rise from \(index) to \(index + 1)", life)
                }
            }
            for text in life.said where ledger.places(of: text).count > 1 {
                return found("\(text) is in the journal \(ledger.places(of: text).count) times", life)
            }
        }
        return nil
    }

    private func found(_ what: String, _ life: Ledger.Life) -> Violation {
        Violation(rule: Self.rule, what: "\(life.key.name): \(what)", room: life.key.name)
    }

    /// The process died: what was committed must be there, and more only if it was being written.
    ///
    /// - Parameter stored: what the store has after the restart, room by room.
    /// - Parameter pending: the batches that were handed in and not answered, in order.
    /// - Returns: what of them was written after all, with its number, for the ledger.
    static func compare(
        _ ledger: Ledger, _ stored: [RoomKey: (number: RoomNumber, rows: [EventRecord])], pending: [RoomBatch]
    ) throws(Violation) -> [(RoomBatch, RoomNumber)] {
        for life in ledger.inOrder where !life.isOver {
            let isEnding = pending.contains { $0.number == life.number && $0.ends }
            guard let found = stored[life.key], found.number == life.number else {
                if isEnding { continue }
                throw Violation(
                    rule: rule, what: "\(life.key.name) was committed and is gone after the crash", room: life.key.name)
            }
            guard Array(found.rows.prefix(life.rows.count)) == life.rows else {
                throw Violation(
                    rule: rule, what: "\(life.key.name): of \(life.rows.count) committed rows some are gone or changed",
                    room: life.key.name)
            }
        }
        return try written(ledger, stored, pending)
    }

    private static func written(
        _ ledger: Ledger, _ stored: [RoomKey: (number: RoomNumber, rows: [EventRecord])], _ pending: [RoomBatch]
    ) throws(Violation) -> [(RoomBatch, RoomNumber)] {
        var result: [(RoomBatch, RoomNumber)] = []
        var known = ledger.lives.mapValues(\.rows.count)
        for batch in pending {
            let found = stored[batch.key]
            if batch.ends {
                if let number = batch.number, found?.number != number { result.append((batch, number)) }
            } else if let found, batch.number == nil || batch.number == found.number {
                let rows = found.rows.dropFirst(known[found.number, default: 0]).prefix(batch.events.count)
                guard Array(rows) == batch.events, !batch.events.isEmpty else { continue }
                known[found.number, default: 0] += rows.count
                result.append((batch, found.number))
            }
        }
        for (key, found) in stored where known[found.number, default: 0] != found.rows.count {
            throw Violation(
                rule: rule, what: "\(key.name) has \(found.rows.count) rows after the crash, more than anybody wrote",
                room: key.name)
        }
        return result
    }
}
