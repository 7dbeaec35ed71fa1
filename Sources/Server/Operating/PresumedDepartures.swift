// Departures nobody could note: of those who were in a room when the server was killed.

import Rooms
import XMPP

/// What `room why` tells of somebody: the notes, and the departures that follow from them.
enum PresumedDepartures {
    /// A line for each note, and one where an address must have left without a note of it.
    ///
    /// - Parameters:
    ///   - notes: oldest first.
    ///   - seated: the full addresses that are in the room now; none where no server runs.
    static func sentences(of notes: [Note], seated: Set<String>) -> [String] {
        var lines: [String] = []
        var present: [JID] = []
        for note in notes {
            switch note.kind {
            case .entered:
                if present.contains(note.address) {
                    lines.append(sentence(note.address))
                } else {
                    present.append(note.address)
                }
            case .left, .shutDown: present.removeAll { $0 == note.address }
            case .renamed, .roleChanged, .joined, .withdrawn: break
            }
            lines.append(note.sentence)
        }
        return lines + present.filter { !seated.contains($0.description) }.map(sentence)
    }

    private static func sentence(_ address: JID) -> String {
        TerminalText.clean("\(address) left: the server stopped without warning")
    }
}
