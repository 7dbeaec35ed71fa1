// Faults planted on purpose, to see that they are found: a simulator that finds nothing proves nothing.

import Storage

/// A fault of the server, as it would look from outside. It lives here and never in the product.
package enum Fault: String, CaseIterable, Sendable {
    /// The store answers before it has synced, so a crash takes back what everybody was told.
    case toldBeforeCommit = "told-before-commit"
    /// Now and then a batch is acknowledged and never written.
    case lostWrite = "lost-write"
    /// Now and then a batch is written twice.
    case doubledBatch = "doubled-batch"
    /// Now and then two rows of a batch change places.
    case reordered
    /// Now and then a client is not given what everybody else is.
    case lostStanza = "lost-stanza"
    /// Now and then a client is given a stanza twice.
    case doubledStanza = "doubled-stanza"

    /// How often, of a thousand.
    private static let often = 30
    private static let seldom = 2

    /// What becomes of a batch.
    func spoil(
        _ batch: RoomBatch, _ done: @escaping Completion<RoomNumber>, _ write: MemoryStorage.Append, _ dice: Dice
    ) {
        switch self {
        case .toldBeforeCommit:
            guard let number = batch.number else { return write(batch, done) }
            write(batch) { _ in }
            done(.success(number))
        case .lostWrite:
            guard let number = batch.number, dice.permille(Self.often) else { return write(batch, done) }
            done(.success(number))
        case .doubledBatch:
            write(batch, done)
            guard batch.number != nil, let last = batch.events.last, dice.permille(Self.often) else { return }
            var again = batch
            for index in again.events.indices {
                again.events[index].seq = last.seq + 1_000_000 + UInt64(index)
                again.events[index].time = last.time + 1 + Int64(index)
            }
            write(again) { _ in }
        case .reordered:
            var batch = batch
            if batch.events.count > 1 {
                let last = batch.events.count - 1
                (batch.events[0].body, batch.events[last].body) = (batch.events[last].body, batch.events[0].body)
            }
            write(batch, done)
        case .lostStanza, .doubledStanza: write(batch, done)
        }
    }

    /// How often a client hears a rendering: once, if all is well.
    func copies(_ dice: Dice) -> Int {
        switch self {
        case .lostStanza: dice.permille(Self.seldom) ? 0 : 1
        case .doubledStanza: dice.permille(Self.seldom) ? 2 : 1
        default: 1
        }
    }
}
