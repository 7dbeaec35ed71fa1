// What a client may ask when it enters: password and amount of history.

import Rooms
import XML
import XMPP

/// The `<x xmlns='http://jabber.org/protocol/muc'/>` of an entering presence (XEP-0045 §7.2).
struct EntryRequest {
    let password: String?
    let history: HistoryRequest

    /// - Returns: nil where the presence has no such child, and so is no entry.
    init?(reading stanza: Stanza) {
        guard let element = stanza.child("x", NS.muc) else { return nil }
        // XEP-0045 §17.3 lets clients put the password into muc#user (MUC-091)
        password =
            element.child("password", NS.muc)?.text
            ?? stanza.child("x", NS.mucUser)?.child("password", NS.mucUser)?.text
        let history = element.child("history", NS.muc)
        self.history = HistoryRequest(
            characters: Self.count(history?["maxchars"]), stanzas: Self.count(history?["maxstanzas"]),
            seconds: Self.count(history?["seconds"]), since: history?["since"].flatMap(Moment.init(xep0082:)))
    }

    /// A non-negative number; anything else counts as not given (MUC-125).
    private static func count(_ text: String?) -> Int? {
        guard let text, let number = Int(text), number >= 0 else { return nil }
        return number
    }
}
