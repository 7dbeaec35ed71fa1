// Waiting for what a store answers from its own threads.

import Dispatch
import Storage
import Synchronization

/// Waits for what a call of a store answers.
func answer<Value: Sendable>(_ call: (@escaping Completion<Value>) -> Void) throws -> Value {
    let (done, box) = (DispatchSemaphore(value: 0), Answer<Value>())
    call { result in
        box.value.withLock { $0 = result }
        done.signal()
    }
    done.wait()
    guard let result = box.value.withLock({ $0 }) else { preconditionFailure("woken without an answer") }
    return try result.get()
}

/// Carries an answer from the store's thread.
private final class Answer<Value: Sendable>: Sendable {
    let value = Mutex<Result<Value, StorageFault>?>(nil)
}
