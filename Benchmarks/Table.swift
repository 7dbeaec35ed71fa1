// Measures cases and prints them, a line each.

import Foundation
import Glibc

/// The table on the terminal. A line is printed as soon as its case has been measured.
struct Table {
    private let filters: [String]
    private var isHeadPrinted = false

    init(filters: [String]) { self.filters = filters }

    /// Whether a case of this name is asked for, so that nothing is prepared in vain.
    func wants(_ name: String) -> Bool { filters.isEmpty || filters.contains { name.hasPrefix($0) } }

    /// Measures a case: CPU time of the whole process, the kernel's part included, for each operation.
    ///
    /// - Parameters:
    ///   - unit: What one operation is.
    ///   - count: Operations of one run.
    ///   - runs: The median of so many is told; one more is run before them and not counted.
    ///   - body: One run, with its number from 0.
    mutating func measure(
        _ name: String, per unit: String, count: Int, runs: Int = 7, _ body: (Int) throws -> Void
    ) rethrows {
        guard wants(name) else { return }
        try body(0)
        var times: [Double] = []
        for run in 1...runs {
            let start = CPUClock.microseconds
            try body(run)
            times.append((CPUClock.microseconds - start) / Double(count))
        }
        times.sort()
        if !isHeadPrinted {
            printLine("case", "median us", "least", "most", "per CPU second")
            isHeadPrinted = true
        }
        let median = times[times.count / 2]
        let rate = "\(Int(1_000_000 / median)) \(unit)"
        printLine(name, Self.text(median), Self.text(times[0]), Self.text(times[times.count - 1]), rate)
    }

    private func printLine(_ name: String, _ median: String, _ least: String, _ most: String, _ rate: String) {
        let columns = [(median, 10), (least, 9), (most, 9)].map { text, width in
            String(repeating: " ", count: max(0, width - text.count)) + text
        }
        print(name.padding(toLength: 44, withPad: " ", startingAt: 0) + columns.joined() + "   " + rate)
    }

    private static func text(_ microseconds: Double) -> String {
        String(format: microseconds < 100 ? "%.3f" : "%.1f", microseconds)
    }
}

/// The CPU time this process has used, over all its threads.
enum CPUClock {
    static var microseconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
    }
}

/// Takes a result, so that the compiler cannot leave out the work behind it.
@inline(never)
func keep<Value>(_ value: Value) {}
