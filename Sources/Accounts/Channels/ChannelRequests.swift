// What an account has asked of channels in its own name, and is not answered yet.

import Host
import Rooms
import XML
import XMPP

/// Open joins and leaves of one account, the oldest first. A value: a batch that fails takes it back.
struct ChannelRequests: Sendable {
    /// What is asked.
    enum Kind: Sendable, Equatable {
        /// - Parameters:
        ///   - listeners: the resources that hear of the channel from the moment of the join, in the dialect of each.
        case join(DialectID, sharesPresence: Bool, listeners: [JID: DialectID])
        case leave
    }

    /// How the channel's answer reaches the client.
    enum Form: Sendable, Equatable {
        /// Inside an element of this namespace (XEP-0405 §2.7).
        case wrapped(in: String)
        /// As it is (rule X-21).
        case plain
        /// The client asked the channel itself: it has the answer without us.
        case direct
    }

    struct Open: Sendable {
        let channel: JID
        let id: String
        let kind: Kind
        /// Who is answered, and how.
        let client: (request: Envelope, form: Form)
        /// Not earlier than that of any before it: all have the same time.
        let deadline: Moment
    }

    private var open: [Open] = []

    var count: Int { open.count }
    var isEmpty: Bool { open.isEmpty }

    /// When the oldest is given up.
    var deadline: Moment? { open.first?.deadline }

    mutating func add(_ request: Open) { open.append(request) }

    /// The request that a channel answers: of two with the same id the older one.
    ///
    /// - Parameter address: to whom the answer goes: the account, or the client that asked for itself.
    mutating func answered(by channel: JID, id: String?, to address: JID) -> Open? {
        let index = open.firstIndex { $0.isAnswered(by: channel, id, to: address) }
        return index.map { open.remove(at: $0) }
    }

    /// Whether a stanza answers one of them.
    func isAnswer(_ stanza: Stanza) -> Bool {
        guard !stanza.isAnswerable, let from = stanza.from, let to = stanza.to else { return false }
        return open.contains { $0.isAnswered(by: from, stanza.id, to: to) }
    }

    /// The joins of a channel that are under way: it may send before it answers (rule X-16).
    func joins(of channel: JID) -> [Open] {
        open.filter { if case .join = $0.kind { $0.channel == channel } else { false } }
    }

    /// The resources that hear of a channel because of joins that are under way.
    func listeners(of channel: JID) -> [JID: DialectID] {
        joins(of: channel).reduce(into: [:]) { listeners, open in
            if case .join(_, _, let more) = open.kind { listeners.merge(more) { $1 } }
        }
    }

    /// Those nobody will answer any more, because their time is over.
    mutating func expire(at now: Moment) -> [Open] {
        let expired = open.prefix { $0.deadline <= now }
        open.removeFirst(expired.count)
        return Array(expired)
    }
}

extension ChannelRequests.Form {
    /// What a channel answered, as the client is told.
    func dressing(_ payload: [Element], as kind: ChannelRequests.Kind) -> [Element] {
        guard case .wrapped(let namespace) = self else { return payload }
        return [Element(kind == .leave ? "client-leave" : "client-join", namespace) { payload }]
    }
}

extension ChannelRequests.Open {
    fileprivate func isAnswered(by sender: JID, _ id: String?, to address: JID) -> Bool {
        guard sender == channel, id == self.id else { return false }
        if client.form == .direct { return address == client.request.from }
        return address.isBare
    }
}
