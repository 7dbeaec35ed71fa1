// What only a room may assert: stripped from everything a client sends, whatever dialect it speaks (rule T-34).

public import XML
import XMPP

/// Elements by which readers of some dialect would believe a forger.
public enum RoomOnlyPayloads {
    /// The children a client may send to this room.
    public static func strip(_ payload: [Element], for inbound: Inbound) -> [Element] {
        payload.filter { !isRoomOnly($0, inbound) }
    }

    private static func isRoomOnly(_ element: Element, _ inbound: Inbound) -> Bool {
        switch element.namespace {
        case NS.muc, NS.mucUser, NS.occupantID, NS.mixCore0, NS.mixCore, NS.mix0, NS.mixPresence, NS.fmuc, NS.hats,
            NS.replication, NS.dmuc, NS.dmuc2, NS.moderation, NS.moderation0:
            return true
        case NS.sid: return element.name == "stanza-id" && names(element["by"], inbound)
        case NS.delay, NS.legacyDelay: return names(element["from"], inbound)
        case NS.retraction, NS.retraction0: return element.name == "retracted"
        case NS.addresses: return element.children.contains { $0["type"] == "ofrom" }
        default: return element.name == "submission-id" || element.name == "moderated"
        }
    }

    private static func names(_ address: String?, _ inbound: Inbound) -> Bool {
        guard let address, let jid = try? JID(address), let local = inbound.room.local else { return false }
        return inbound.service.isAddress(jid.bare, ofRoom: local)
    }
}
