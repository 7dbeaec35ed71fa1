// A question to a room's archive on its way, and how many of them are.

import DialectKit
import Rooms
import XMPP

/// A question with what the room was when it was permitted: what is written later is not part of the answer.
struct ArchiveAsk: Sendable {
    let envelope: Envelope
    let question: ArchiveQuestion
    let secret: RoomSecret
    /// The room's newest event.
    let head: UInt64
    /// Messages of the archive.
    let count: UInt64
    let limits: ArchiveLimits

    /// Whose question it is: all clients of an account share its limit.
    var asker: JID { envelope.from.bare }

    /// The places of what is asked for, as near as the room knows them; nil: there is nothing.
    var places: ClosedRange<UInt64>? {
        head > 0 && (count > 0 || !question.isOfMessages) ? 1...head : nil
    }
}

/// The open questions of one room. Belongs to the loop: a commit that fails leaves those of earlier batches alone.
struct AskTable: Sendable {
    private var counts: [JID: Int] = [:]

    var isEmpty: Bool { counts.isEmpty }

    func count(of asker: JID) -> Int { counts[asker] ?? 0 }

    mutating func open(_ ask: ArchiveAsk) { counts[ask.asker, default: 0] += 1 }

    mutating func close(_ ask: ArchiveAsk) {
        let left = count(of: ask.asker) - 1
        counts[ask.asker] = left > 0 ? left : nil
    }
}
