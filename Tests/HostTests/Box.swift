// Carries a value out of a closure that runs elsewhere.

import Synchronization

/// Holds what a closure found.
final class Box<Value: Sendable>: Sendable {
    private let content = Mutex<Value?>(nil)

    func set(_ value: Value) { content.withLock { $0 = value } }

    var value: Value? { content.withLock { $0 } }
}
