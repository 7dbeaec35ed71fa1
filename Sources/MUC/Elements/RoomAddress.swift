// The address of a room and of its occupants under one domain, and what a room signs with it.

import Rooms
import XML
import XMPP

/// The room's address as readers of one domain know it.
///
/// Text, not a `JID`: local part, domain and nicks are already prepared, and preparing them again for every stanza
/// would cost more than the rest of the rendering.
struct RoomAddress {
    let text: String

    init(_ room: Room, _ domain: String) { text = "\(room.name.local)@\(domain)" }

    /// The address of whoever holds `nick`.
    func occupant(_ nick: String) -> String { "\(text)/\(nick)" }
}

extension XMLWriter {
    /// `<occupant-id/>` (XEP-0421): the stable id of the occupant a stanza is from.
    mutating func occupantID(_ id: ParticipantID) {
        open("occupant-id", NS.occupantID)
        attribute("id", id.text)
        close()
    }

    /// `<stanza-id/>` (XEP-0359), asserted by the room.
    mutating func stanzaID(_ id: String, by room: RoomAddress) {
        open("stanza-id", NS.sid)
        attribute("by", room.text)
        attribute("id", id)
        close()
    }

    /// `<delay/>` (XEP-0203) from the room.
    mutating func delay(_ time: Moment, from room: RoomAddress) {
        open("delay", NS.delay)
        attribute("from", room.text)
        attribute("stamp", time.xep0082)
        close()
    }
}
