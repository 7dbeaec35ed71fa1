// Messages to a room and to occupants: speech, subject, private messages.

import DialectKit
import Rooms
import XMPP

/// Understands messages (GC-040 … GC-048).
struct MessageReader {
    let inbound: Inbound
    let room: Room

    func read() throws(StanzaError) -> Intent {
        if let intent = try SpeechReader(inbound: inbound, room: room).read() { return intent }
        // invitations and requests for voice have a mark by which MUC claims them (GC-042)
        throw StanzaError(.badRequest)
    }
}
