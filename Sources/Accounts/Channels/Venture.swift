// What an account learns of a stanza by which one of its clients may show that it speaks MIX.

import Host
import Rooms
import XML
import XMPP

/// A stanza for what may be a channel, which is on its way already (rule X-15). Of the stanza itself no more is kept
/// than the account may need: many of these may wait.
struct Venture: Sendable {
    /// What the stanza says of the client.
    enum Sign: Sendable, Equatable {
        /// It has something of MIX in it, in the namespace of this dialect.
        case spoken(DialectID)
        /// Only clients of the first draft ask such a thing.
        case firstDraft
        /// It is such as clients send to channels, if a channel is there.
        case unclear
    }

    /// What is asked of the channel, so that its answer is understood.
    struct Request: Sendable {
        let id: String
        let kind: ChannelRequests.Kind
    }

    let client: JID
    let address: JID
    let sign: Sign
    let request: Request?

    init?(_ stanza: Stanza) {
        guard let from = stanza.from, let to = stanza.to else { return nil }
        client = from
        address = to
        let element = stanza.kind == .iq ? stanza.payload.first : nil
        guard let element, let dialect = Tongue.of(namespace: element.namespace) else {
            sign = element.map(Tongue.isOfFirstDraft) == true ? .firstDraft : .unclear
            request = nil
            return
        }
        sign = .spoken(dialect)
        guard let id = stanza.id, to.isBare, let kind = ChannelRequests.Kind(element, in: dialect) else {
            request = nil
            return
        }
        request = Request(id: id, kind: kind)
    }

    /// Whoever waits for the channel's answer, and gets it without the account.
    func asker(of request: Request) -> (request: Envelope, form: ChannelRequests.Form) {
        let stanza = Stanza.iq(type: .set, id: request.id, from: client, to: address, payload: [])
        return (Envelope(stanza, from: client, to: address), .direct)
    }
}

extension ChannelRequests.Kind {
    /// What an element asks that a client sends to a channel itself; nil: nothing that changes where it takes part.
    fileprivate init?(_ element: Element, in dialect: DialectID) {
        switch element.name {
        case "join":
            self = .join(dialect, sharesPresence: JoinAnswer.sharesPresence(element) ?? true, listeners: [:])
        case "leave": self = .leave
        default: return nil
        }
    }
}
