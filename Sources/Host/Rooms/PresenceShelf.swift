// The presence of everybody present, kept rendered per view, so that a newcomer costs copies and not renderings.

import DialectKit
import Rooms

/// Rendered presences by participant and view; forgotten when the participant changes.
struct PresenceShelf: Sendable {
    private struct Shelf: Sendable {
        var view: View
        var presences: [ParticipantID: Template?] = [:]
    }

    private var shelves: [Shelf] = []
    private var count = 0
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    /// The presence of `id` for `view`, rendered now or before.
    mutating func presence(of id: ParticipantID, for view: View, render: () -> Template?) -> Template? {
        let index = index(of: view)
        if let known = shelves[index].presences[id] { return known }
        let template = render()
        if count >= limit { forgetAll() }
        let place = self.index(of: view)
        shelves[place].presences[id] = .some(template)
        count += 1
        return template
    }

    /// Somebody is shown otherwise from now on.
    mutating func forget(_ id: ParticipantID) {
        for index in shelves.indices where shelves[index].presences.removeValue(forKey: id) != nil { count -= 1 }
        shelves.removeAll(where: \.presences.isEmpty)
    }

    /// Everybody is shown otherwise from now on.
    mutating func forgetAll() {
        shelves = []
        count = 0
    }

    private mutating func index(of view: View) -> Int {
        if let index = shelves.firstIndex(where: { $0.view == view }) { return index }
        shelves.append(Shelf(view: view))
        return shelves.count - 1
    }
}
