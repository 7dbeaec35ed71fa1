// The first row of a sequence at a time or later.

import GRDB

/// A table of sequences, one an owner, in which the columns `seq` and `time` rise together: a time is found by a binary
/// search over the index (owner, seq), and needs none of its own.
struct RisingTimes {
    let from: String
    let last: String

    /// The sequences of a table, whose column `owner` tells them apart.
    init(table: String, owner: String) {
        from = "SELECT seq, time FROM \(table) WHERE \(owner) = ? AND seq >= ? ORDER BY seq LIMIT 1"
        last = "SELECT seq, time FROM \(table) WHERE \(owner) = ? ORDER BY seq DESC LIMIT 1"
    }

    /// `seq` of the first row of an owner at `time` or later, nil if there is none.
    func first(of owner: Int64, notBefore time: Int64, _ db: Database) throws -> UInt64? {
        guard let newest = try db.row(last, [owner]), newest[1] as Int64 >= time else { return nil }
        var low: Int64 = 0
        var high: Int64 = newest[0]
        while low < high {
            let middle = low + (high - low) / 2
            guard let row = try db.row(from, [owner, middle]) else { break }
            if row[1] as Int64 >= time { high = middle } else { low = row[0] as Int64 + 1 }
        }
        return try db.number(from, [owner, low]).map { UInt64(clamping: $0) }
    }
}
