// Nobody loses or doubles a told message: what anybody was shown is in the journal once, and shown in that order.

import Storage

/// One stay of a client in a room: who enters again, or is told everything anew, begins another.
struct Visit: Hashable, Sendable {
    let client: String
    let room: String
    let number: Int
}

/// Holds what every visitor was told against the ledger.
struct ToldChecker {
    static let rule = "told"

    private struct Story {
        /// Told, and not yet held against the ledger.
        var fresh: [String] = []
        var last: (text: String, place: Ledger.Place)?
        var isOver = false
    }

    private var stories: [Visit: Story] = [:]

    /// A visitor was told this, now or as history.
    mutating func told(_ text: String, in visit: Visit) { stories[visit, default: Story()].fresh.append(text) }

    /// A visit ended: what is said from now on is not missed.
    mutating func ended(_ visit: Visit) { stories[visit]?.isOver = true }

    /// Looks at what was told since the last time.
    ///
    /// - Parameter isQuiet: everything that was committed has been told.
    mutating func judge(_ ledger: Ledger, isQuiet: Bool) -> Violation? {
        for (visit, story) in stories.sorted(by: { $0.key < $1.key }) {
            var story = story
            for text in story.fresh {
                if let violation = follow(text, &story, visit, ledger) { return violation }
            }
            story.fresh = []
            if isQuiet, !story.isOver, let violation = missed(story, visit, ledger) { return violation }
            stories[visit] = story.isOver ? nil : story
        }
        return nil
    }

    private func follow(_ text: String, _ story: inout Story, _ visit: Visit, _ ledger: Ledger) -> Violation? {
        let places = ledger.places(of: text)
        guard let place = places.first else {
            // what is said in the batch that ends a room goes with its journal
            if story.isOver, ledger.hasEnded(visit.room, story.last?.place.life) { return nil }
            return found("was told \(text), which is not in the journal", visit)
        }
        guard places.count == 1 else { return found("was told \(text), which is in the journal twice", visit) }
        if let last = story.last {
            guard last.place.life == place.life else {
                return found("was told \(text) after \(last.text), which was said in another life of the room", visit)
            }
            guard place.index > last.place.index else {
                return found("was told \(text) after \(last.text): twice, or not in the journal's order", visit)
            }
            guard place.index == last.place.index + 1 else {
                let missed = ledger.life(place.life)?.said[(last.place.index + 1)..<place.index].joined(separator: ", ")
                return found("was told \(text) after \(last.text), and never \(missed ?? "") between them", visit)
            }
        }
        story.last = (text, place)
        return nil
    }

    private func missed(_ story: Story, _ visit: Visit, _ ledger: Ledger) -> Violation? {
        guard let last = story.last, let said = ledger.life(last.place.life)?.said else { return nil }
        let rest = said.dropFirst(last.place.index + 1)
        return rest.isEmpty ? nil : found("sits there and was never told \(rest.joined(separator: ", "))", visit)
    }

    private func found(_ what: String, _ visit: Visit) -> Violation {
        Violation(
            rule: Self.rule, what: "\(visit.client) in \(visit.room) \(what)", clients: [visit.client],
            room: visit.room)
    }
}

extension Visit: Comparable {
    static func < (left: Visit, right: Visit) -> Bool {
        (left.client, left.room, left.number) < (right.client, right.room, right.number)
    }
}
