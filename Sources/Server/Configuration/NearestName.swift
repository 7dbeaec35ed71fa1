// The known name that a mistyped one most likely meant.

/// Finds what somebody meant to write.
enum NearestName {
    /// The name nearest to `name` by edits (insert, remove, replace, swap neighbours); nil if none is near.
    static func of(_ name: String, among known: [String]) -> String? {
        let wanted = Array(name.lowercased())
        let found = known.map { ($0, distance(wanted, Array($0.lowercased()))) }.min { $0.1 < $1.1 }
        guard let found, found.1 <= max(1, min(3, wanted.count / 2)) else { return nil }
        return found.0
    }

    /// How many edits lead from one word to another.
    static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var before: [Int] = []
        var above = Array(0...right.count)
        for (row, letter) in left.enumerated() {
            var line = [row + 1]
            for (column, other) in right.enumerated() {
                var best = min(above[column] + (letter == other ? 0 : 1), above[column + 1] + 1, line[column] + 1)
                if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                    best = min(best, before[column - 1] + 1)
                }
                line.append(best)
            }
            (before, above) = (above, line)
        }
        return above[right.count]
    }
}
