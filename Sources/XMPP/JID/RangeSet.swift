// Sets of code points as sorted ranges.

/// A set of code points.
struct RangeSet: Sendable {
    /// First and last of each range, in rising order.
    private let bounds: [UInt32]

    init(_ bounds: [UInt32]) { self.bounds = bounds }

    func contains(_ value: UInt32) -> Bool {
        // Inside a range exactly when the next bound not below the value is a last one, or is the value itself.
        let index = bounds.partitioningIndex { $0 >= value }
        return index < bounds.count && (index % 2 == 1 || bounds[index] == value)
    }
}

extension [UInt32] {
    /// The first index whose element, and every later one, passes `test`.
    func partitioningIndex(where test: (UInt32) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if test(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
