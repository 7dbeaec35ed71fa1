// A room is sound where nothing is left to do: its own invariants, its limits, and its journal's head.

import Rooms
import Storage

/// Looks at the rooms in memory.
enum RoomChecker {
    static let rule = "room"

    static func judge(_ room: Room, waiting: Int, _ life: Ledger.Life?) -> Violation? {
        let name = room.name.local
        if let wrong = room.violations().first { return found("\(name): \(wrong)", name) }
        if waiting > 0 { return found("\(name) has \(waiting) stanzas waiting, and nothing happens", name) }
        let head = life?.rows.last?.seq ?? 0
        if room.state != .absent, room.head != head {
            return found("\(name) is at \(room.head), its journal at \(head)", name)
        }
        return nil
    }

    private static func found(_ what: String, _ room: String) -> Violation {
        Violation(rule: rule, what: what, room: room)
    }
}
