// The answer to a client that believes itself in a room where it is not (XEP-0045 §7.2.18).

import XML
public import XMPP

/// Tells a client that it is not in the room: 110, 307 and 333 in one unavailable presence (GC-002, MUC-086).
public enum Desynchronised {
    public static func answer(to inbound: Inbound) -> Stanza {
        let user = Element("x", NS.mucUser) {
            Element("item", NS.mucUser, ["affiliation": "none", "role": "none"]) {
                Element("reason", NS.mucUser) { "You are not in this room any more; enter it again." }
            }
            for code in ["110", "307", "333"] { Element("status", NS.mucUser, ["code": code]) }
        }
        return Stanza(
            kind: .presence, type: .unavailable, id: inbound.stanza.id, from: inbound.stanza.to, to: inbound.from,
            payload: [user])
    }
}
