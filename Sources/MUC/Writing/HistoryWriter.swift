// What was said before somebody came, as much of it as the newcomer, the room and the service allow together.

import DialectKit
import Rooms
import XMPP

/// Chooses and writes discussion history (XEP-0045 §7.2.13, §7.2.14).
struct HistoryWriter {
    let room: Room
    let messages: MessageWriter

    init(_ room: Room, for view: View) {
        self.room = room
        messages = MessageWriter(room, for: view)
    }

    /// The newest messages within all limits, oldest first.
    ///
    /// - Parameter address: that of the newcomer: it counts among the characters (MUC-126).
    func write(_ request: HistoryRequest, to address: JID, at now: Moment) -> [Template] {
        let usual = request == HistoryRequest() ? room.settings.newcomerMessages : room.settings.historyMessages
        let most = min(request.stanzas ?? .max, usual, room.limits.historyMessages)
        guard most > 0, request.characters != 0, request.seconds != 0 else { return [] }
        let earliest = Self.earliest(request, now)
        var left = request.characters ?? .max
        var chosen: [Template] = []
        let hole = AddressHole(address)
        for message in room.conversation.tail.reversed() {
            if chosen.count == most { break }
            if let earliest, message.stamp.time < earliest { break }
            let template = messages.recalled(message)
            if request.characters != nil {
                left -= Self.characters(template.bytes(to: hole))
                if left < 0 { break }
            }
            chosen.append(template)
        }
        return chosen.reversed()
    }

    /// The later of the two lower bounds; one of more than a hundred years bounds nothing.
    private static func earliest(_ request: HistoryRequest, _ now: Moment) -> Moment? {
        let century = 3_155_760_000
        let bySeconds = request.seconds.flatMap { $0 > century ? nil : now + .seconds(-$0) }
        return [bySeconds, request.since].compactMap { $0 }.max()
    }

    /// Unicode characters of UTF-8 text: the bytes that begin one.
    private static func characters(_ bytes: [UInt8]) -> Int {
        bytes.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
    }
}
