// Browsing an occupant, the way of finding things out before disco.

import DialectKit
import Rooms
import XML
import XMPP

/// Answers `jabber:iq:browse` to `room/nick` (XEP-0011; GC-065): which generation the occupant speaks.
struct BrowseReader {
    let inbound: Inbound
    let room: Room
    let policy: JoinPolicy

    static func isBrowse(_ inbound: Inbound) -> Bool {
        inbound.stanza.kind == .iq && inbound.stanza.type == .get && inbound.nick != nil
            && inbound.stanza.payload.first?.namespace == NS.browse
    }

    func read() throws(StanzaError) -> Intent {
        guard let seat = inbound.seat else { throw room.refusalForOutsider(inbound) }
        guard let nick = inbound.nick, let target = room.occupant(nick),
            let shown = room.seating.shown(of: target.id)
        else { throw StanzaError(.itemNotFound) }
        let isOld = shown.dialect == GroupchatDialect.id
        let namespace = isOld && policy != .kick ? NS.groupchat : NS.muc
        let jid = room.permissions.seesJIDs(seat.participant) ? shown.address.description : nil
        let item = Element("item", NS.browse, ["category": "user", "name": nick, "jid": jid]) {
            Element("ns", NS.browse) { namespace }
        }
        return .reply([inbound.stanza.result([item])])
    }
}
