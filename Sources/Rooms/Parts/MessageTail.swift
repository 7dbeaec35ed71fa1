// The last messages of a room in short runs, so that a copy of the room shares all of them but the newest run.

import DequeModule

/// Messages with their sizes, oldest first.
///
/// A room is copied before every batch, and what is then changed is copied in earnest: with one long list the first
/// message of a batch would count up every message kept, and the end of the batch count them all down again.
struct MessageTail: Sendable, Equatable {
    /// Messages of one run.
    private static let runLength = 16

    /// Full runs but for the first, which is used up from its front, the last, and those something was taken out of.
    private var runs: Deque<[Kept]> = []
    private(set) var count = 0
    /// Wire size of the children of all messages. Bytes.
    private(set) var bytes = 0

    var messages: [Event.Message] { runs.flatMap { $0.map(\.message) } }

    mutating func append(_ message: Event.Message) {
        let next = Kept(message)
        if runs.isEmpty || runs[runs.count - 1].count == Self.runLength { runs.append([]) }
        runs[runs.count - 1].append(next)
        count += 1
        bytes += next.bytes
    }

    mutating func removeFirst() {
        guard let first = runs.first?.first else { return }
        runs[0].removeFirst()
        if runs[0].isEmpty { runs.removeFirst() }
        count -= 1
        bytes -= first.bytes
    }

    /// Takes a message out, wherever it stands.
    mutating func remove(_ seq: UInt64) {
        guard let run = runs.firstIndex(where: { run in run.contains { $0.message.stamp.seq == seq } }),
            let index = runs[run].firstIndex(where: { $0.message.stamp.seq == seq })
        else { return }
        bytes -= runs[run][index].bytes
        count -= 1
        runs[run].remove(at: index)
        if runs[run].isEmpty { runs.remove(at: run) }
    }

    static func == (left: Self, right: Self) -> Bool {
        left.count == right.count && left.runs.joined().elementsEqual(right.runs.joined())
    }
}

/// A message of the tail and its size: an object, so that it is copied as one count.
private final class Kept: Sendable, Equatable {
    let message: Event.Message
    let bytes: Int

    init(_ message: Event.Message) {
        self.message = message
        bytes = Conversation.bytes(of: message.payload)
    }

    static func == (left: Kept, right: Kept) -> Bool { left === right || left.message == right.message }
}
