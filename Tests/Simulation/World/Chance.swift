// Chance that follows from a seed: each thing has a stream of its own, so that a change in one reshuffles no other.

import ScenarioKit

/// One stream of a seed.
package struct Chance: Sendable {
    private var generator: SeededGenerator

    package init(_ seed: UInt64, for thing: String) { generator = SeededGenerator(seed: seed, for: thing) }

    package mutating func number(in range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(generator.next() % UInt64(range.upperBound - range.lowerBound + 1))
    }

    /// True in so many of a thousand cases.
    package mutating func permille(_ count: Int) -> Bool { number(in: 0...999) < count }

    /// True in so many of a hundred cases.
    package mutating func percent(_ count: Int) -> Bool { number(in: 0...99) < count }

    package mutating func pick<Value>(_ values: [Value]) -> Value? {
        values.isEmpty ? nil : values[number(in: 0...(values.count - 1))]
    }

    /// One of several, each as likely as its weight says; nil where none has any.
    package mutating func pick<Value>(weighted values: [(value: Value, weight: Int)]) -> Value? {
        let sum = values.reduce(0) { $0 + $1.weight }
        guard sum > 0 else { return nil }
        var left = number(in: 0...(sum - 1))
        for (value, weight) in values {
            if left < weight { return value }
            left -= weight
        }
        return nil
    }

    package mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next() >> 32) }
    }

    package mutating func next() -> UInt64 { generator.next() }
}
