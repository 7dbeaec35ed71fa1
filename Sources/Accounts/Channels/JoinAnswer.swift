// What a channel of another server says when somebody has joined it.

import Rooms
import XML
import XMPP

/// The `join` element of a result, however the server at the other end writes it (MIXC-509, MIXC-514, rule X-09).
struct JoinAnswer {
    /// The stable id **P**; nil: it is not told.
    let participant: String?
    /// Whether presence is shared by the preferences in force; nil: they are not told.
    let sharesPresence: Bool?

    /// Octets of an id that are kept at most: those of a local part.
    private static let most = JID.maximumPartOctets

    init(_ answer: Stanza) {
        let join = answer.payload.first { $0.name == "join" }
        let told = [join?["id"], join?["jid"].flatMap(Self.participant)].compactMap { $0 }
        participant = told.first(where: Self.isUsable)
        sharesPresence = join.flatMap(Self.sharesPresence)
    }

    /// The id in an address as which a participant is known.
    private static func participant(in text: String) -> String? {
        guard let address = try? JID(text) else { return nil }
        return ChannelAddress(proxy: address)?.participant.text
    }

    private static func isUsable(_ id: String) -> Bool {
        !id.isEmpty && id.utf8.count <= most && !id.contains { $0.isWhitespace || "#/@".contains($0) }
    }

    /// What the preferences in a `join` say of presence (XEP-0404 §3.1); nil: nothing.
    static func sharesPresence(_ join: Element) -> Bool? {
        let forms = join.children.compactMap { DataForm(reading: $0) }
        guard let value = forms.compactMap({ $0.field("Presence")?.values.first }).first else { return nil }
        return value.lowercased() != "not share"
    }
}
