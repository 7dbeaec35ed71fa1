// What a client says to channels itself: that goes past its account, which learns from it what the client is.

import Host
import XML
import XMPP

extension Session {
    /// Tells the account of a stanza by which the client may show that it speaks MIX (rule X-15). What it says again
    /// and again is told once.
    func noteVenture(_ stanza: Stanza, on shard: isolated Shard) {
        guard let to = stanza.to else { return }
        switch shard.house.domains[to.domain] {
        case .accounts?: return
        case nil where shard.house.elsewhere == nil: return
        default: break
        }
        if stanza.kind == .iq {
            guard mayBeMIX(stanza, to: to) else { return }
        } else {
            guard !ventures.contains(to.bare), ventures.count < limits.channelsPerClient, mayBeMIX(stanza, to: to)
            else { return }
            ventures.insert(to.bare)
        }
        if let venture = Venture(stanza) { hand(.ventured(venture), on: shard) }
    }

    /// Whether clients send such a thing to a channel.
    private func mayBeMIX(_ stanza: Stanza, to: JID) -> Bool {
        switch stanza.kind {
        case .message: stanza.type == .groupchat && !isOccupant(of: to.bare)
        case .presence: stanza.type == .available && to.isBare
        case .iq:
            stanza.isAnswerable
                && stanza.payload.contains { element in
                    Tongue.of(namespace: element.namespace) != nil
                        || [NS.mam, NS.pubsub].contains(element.namespace) && !isOccupant(of: to.bare)
                }
        }
    }

    /// Whether the client has entered a room, which one does by a nick: it speaks there as its occupant.
    private func isOccupant(of room: JID) -> Bool {
        directed[room]?.resource != nil || directed.values.contains { $0.bare == room && $0.resource != nil }
    }
}
