// What becomes of stanzas that a client was sent and never acknowledged, once its session is over (XEP-0198 §4).

import XML
import XMPP

/// Treats stanzas as if they had been sent to a resource that is not there (RFC 6121 §8.5.3.2): messages go to the
/// account, with the time of the first attempt; whoever waits for an answer gets an error; the rest is dropped.
struct ReturnedStanzas {
    private let jid: JID
    private let domain: JID?
    /// What is to be sent instead, in order.
    private(set) var stanzas: [Stanza] = []
    /// Rooms that were told that nobody is there: once is enough.
    private var rooms: Set<JID> = []

    /// - Parameter jid: the resource that is gone.
    init(_ jid: JID, domain: String) {
        self.jid = jid
        self.domain = try? JID(local: nil, domain: domain, resource: nil)
    }

    mutating func add(_ stanza: Stanza, sentAt time: Moment) {
        guard let from = stanza.from else { return }
        switch (stanza.kind, stanza.type) {
        case (.message, .chat), (.message, .normal): forward(stanza, sentAt: time)
        case (.message, .groupchat):
            // of a channel it was a copy, which others have too, and so has the archive (IM-300)
            guard !stanza.payload.contains(where: \.isOfChannel) else { return }
            guard rooms.insert(from.bare).inserted else { return }
            // the message itself is in the room; what the room has to learn is that nobody sits here
            stanzas.append(bounce(stanza, StanzaError(.recipientUnavailable, type: .wait)))
        case (.iq, .get), (.iq, .set): stanzas.append(bounce(stanza, StanzaError(.serviceUnavailable)))
        default: break
        }
    }

    private mutating func forward(_ stanza: Stanza, sentAt time: Moment) {
        guard !stanza.payload.contains(where: Self.isForThisResource) else { return }
        if stanza.child("x", NS.mucUser) != nil, stanza.type == .chat {
            // a private word of an occupant is for the seat, which is empty now (XEP-0045 §7.5)
            return stanzas.append(bounce(stanza, StanzaError(.recipientUnavailable, type: .wait)))
        }
        var late = stanza
        late.to = jid.bare
        if late.child("delay", NS.delay) == nil { late.payload.append(Delay(time, from: domain).element) }
        stanzas.append(late)
    }

    /// Copies and results that nobody else waits for: of an archive, and of what other resources have seen.
    private static func isForThisResource(_ element: Element) -> Bool {
        switch element.namespace {
        case NS.mam, NS.mam1: element.name == "result"
        case NS.carbons: element.name == "sent" || element.name == "received"
        case NS.pubsubEvent: true
        default: false
        }
    }

    private func bounce(_ stanza: Stanza, _ error: StanzaError) -> Stanza {
        var answer = stanza.error(error)
        answer.from = jid
        return answer
    }
}

extension Element {
    /// Whether it says of a message who said it in a channel of MIX (rule X-10).
    fileprivate var isOfChannel: Bool { name == "mix" && Tongue.of(namespace: namespace) != nil }
}
