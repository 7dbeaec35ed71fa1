// What only a room may assert: stripped from everything a client sends, whatever dialect it speaks (rule T-34).

public import XML
import XMPP

/// Elements by which readers of some dialect would believe a forger.
public enum RoomOnlyPayloads {
    /// The children a client may send to this room.
    public static func strip(_ payload: [Element], for inbound: Inbound) -> [Element] {
        payload.filter { !isRoomOnly($0, inbound) }
    }

    /// Whether this would be taken for the room's word that a moderator retracted something, in the form of today or
    /// in that of XEP-0422 (MUCX-066).
    public static func moderates(_ payload: [Element]) -> Bool {
        payload.contains { element in
            isModerated(element) || element.children.contains { isModerated($0) }
        }
    }

    private static func isModerated(_ element: Element) -> Bool {
        element.is("moderated", NS.moderation) || element.is("moderated", NS.moderation0)
    }

    private static func isRoomOnly(_ element: Element, _ inbound: Inbound) -> Bool {
        switch element.namespace {
        case NS.muc, NS.mucUser, NS.occupantID, NS.mixCore0, NS.mixCore, NS.mix0, NS.mixPresence,
            NS.mixFormerPresence, NS.fmuc, NS.hats, NS.legacyHats, NS.replication, NS.dmuc, NS.dmuc2, NS.moderation,
            NS.moderation0:
            return true
        // clients of MIX take any of them for the channel's, whoever in it sent the message
        case NS.pubsubEvent: return true
        case NS.sid: return element.name == "stanza-id" && !isForeign(stanzaID: element, inbound)
        case NS.delay, NS.legacyDelay: return names(element["from"], inbound)
        case NS.retraction, NS.retraction0, NS.mixMisc: return element.name == "retracted"
        case NS.addresses: return element.children.contains { $0["type"] == "ofrom" }
        default:
            let isMark = element.name == "mix" && element.namespace.hasPrefix("urn:xmpp:mix:")
            return isMark || element.name == "submission-id" || element.name == "moderated"
        }
    }

    /// Whether a stanza id is one that somebody else gave: neither this room nor the server of an account of this
    /// house, which alone speaks in its name (XEP-0359 §3, IM-105).
    private static func isForeign(stanzaID: Element, _ inbound: Inbound) -> Bool {
        guard stanzaID["id"] != nil, let by = stanzaID["by"].flatMap({ try? JID($0) }) else { return false }
        return !names(stanzaID["by"], inbound) && inbound.homes?.contains(by.domain) != true
    }

    /// Whether an address is one of the room, or of somebody in it, under any of its domains.
    private static func names(_ address: String?, _ inbound: Inbound) -> Bool {
        guard let address, let jid = try? JID(address), let local = inbound.room.local else { return false }
        return inbound.service.isOwn(jid.domain) && inbound.service.room(at: jid) == local
    }
}
