// A room as it comes back from the disk is the room that follows from its whole journal.

import Host
import Rooms
import Storage

/// Recovers rooms in two ways: as the server does, and from the first event on.
enum RecoveryChecker {
    static let rule = "recovery"

    /// - Parameter rows: the whole journal.
    static func judge(_ stored: StoredRoom, _ rows: [EventRecord], name: RoomName, limits: RoomLimits) -> Violation? {
        do throws(CodingFault) {
            let recovered = try Room(recovering: stored, name: name, limits: limits)
            var rebuilt = Room(name: name, limits: limits)
            if let tombstone = stored.snapshot, tombstone.seq == 0 {
                rebuilt = try Room(snapshot: tombstone.bytes, name: name, limits: limits)
            }
            for row in rows { rebuilt.recover(try EventCoding.decode(row.body)) }
            if RoomSnapshot.encode(recovered) != RoomSnapshot.encode(rebuilt) {
                return found("comes back at \(recovered.head) as another than its journal tells", name)
            }
            let (tail, whole) = (recovered.conversation.tail, rebuilt.conversation.tail)
            // among the newest archived events that are read for it there may be subjects, which are no history
            var others = 0
            for row in rows.filter(\.isArchived).suffix(limits.tailEvents) {
                if try !isHistory(row) { others += 1 }
            }
            guard tail == Array(whole.suffix(tail.count)), tail.count + others >= whole.count else {
                return found("comes back with \(tail.count) messages of history, and had \(whole.count)", name)
            }
            if !recovered.seating.isEmpty { return found("comes back with somebody seated", name) }
            return recovered.violations().first.map { found($0, name) }
        } catch {
            return found("cannot be read: \(error)", name)
        }
    }

    private static func isHistory(_ row: EventRecord) throws(CodingFault) -> Bool {
        guard case .conversation(.said(let message)) = try EventCoding.decode(row.body) else { return false }
        return message.isHistory
    }

    private static func found(_ what: String, _ name: RoomName) -> Violation {
        Violation(rule: rule, what: "\(name.local) \(what)", room: name.local)
    }
}
