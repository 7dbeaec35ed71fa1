// What a message to a room says, freed of what its sender may not say or would not want to.

public import Rooms
import XML
import XMPP

extension Utterance {
    /// What a groupchat message says to everybody.
    public init(publicly inbound: Inbound) {
        self.init(inbound, RoomOnlyPayloads.strip(inbound.stanza.payload, for: inbound))
    }

    /// What a private message says to an occupant: nothing in it names the sender's real JID (MUC-167).
    public init(privately inbound: Inbound) {
        let payload = RoomOnlyPayloads.strip(inbound.stanza.payload, for: inbound)
        self.init(inbound, payload.filter { !Self.revealsSender($0, inbound) })
    }

    private init(_ inbound: Inbound, _ payload: [Element]) {
        self.init(
            id: inbound.stanza.id, type: inbound.stanza.type, language: inbound.stanza.language, payload: payload)
    }

    /// Elements in which clients or their servers name the sender's real JID.
    private static func revealsSender(_ element: Element, _ inbound: Inbound) -> Bool {
        switch element.namespace {
        case NS.addresses: true
        case NS.delay, NS.legacyDelay: element["from"].flatMap { try? JID($0) }?.bare == inbound.from.bare
        default: false
        }
    }
}
