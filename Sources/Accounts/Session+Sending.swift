// Where the stanzas of a client go, and to whom it has shown itself (RFC 6121 §4.6.3).

import Host
import Streams
import XML
import XMPP

extension Session {
    /// Sends a stanza, stamped with its sender by the stream, on its way. Subscriptions are the account's to send; of
    /// messages to others it gets a note.
    func send(_ stanza: Stanza, _ ticket: UInt64, on shard: isolated Shard) {
        if let to = stanza.to, blocklist.blocks(to) { return refuse(stanza, on: shard) }
        if stanza.kind == .presence {
            switch (stanza.type, stanza.to) {
            case (.available, let to?):
                let key = key(to, on: shard)
                guard directed[key] != nil || directed.count < limits.directedPresences else {
                    return answer(stanza.error(StanzaError(.resourceConstraint, type: .wait)), on: shard)
                }
                directed[key] = to
                note(directed: stanza, on: shard)
            case (.unavailable, let to?):
                directed[key(to, on: shard)] = nil
                note(directed: stanza, on: shard)
            case (.unavailable, nil): withdraw(stanza, ticket, on: shard)
            case (.subscribe, _), (.subscribed, _), (.unsubscribe, _), (.unsubscribed, _):
                return post(envelope(stanza, ticket), on: shard) { .outgoing($0) }
            default: break
            }
        }
        noteVenture(stanza, on: shard)
        route(addressed(stanza), ticket, on: shard)
        if stanza.kind == .message, stanza.type == .chat || stanza.type == .normal,
            let to = stanza.to, to.bare != jid.bare
        {
            post(envelope(stanza, ticket), on: shard) { .sent($0) }
        }
    }

    /// The own account answers whoever was shown this presence and asks for it; rooms do not ask.
    private func note(directed stanza: Stanza, on shard: isolated Shard) {
        guard let to = stanza.to, case .accounts? = shard.house.domains[to.domain] else { return }
        hand(.directed(stanza), on: shard)
    }

    /// Hands something to the own account that nobody is owed an answer of.
    func hand(_ post: AccountLoop.Post, on shard: isolated Shard) {
        let jid = jid
        let work = { @Sendable (home: isolated Shard) in
            guard let hall = home.accountHall else { return }
            hall.account(jid, on: home).post(post, on: home)
        }
        let home = shard.house.shard(of: jid)
        if home == shard.index { work(shard) } else { shard.ask(home, work) }
    }

    private func envelope(_ stanza: Stanza, _ ticket: UInt64) -> Envelope {
        Envelope(stanza, from: jid, to: stanza.to ?? jid.bare, origin: port, ticket: ticket, tongue: tongue)
    }

    private func route(_ stanza: Stanza, _ ticket: UInt64, on shard: isolated Shard) {
        ledger.owe(ticket)
        shard.route(envelope(stanza, ticket))
    }

    /// Hands something to the own account, in order with what is routed there.
    private func post(
        _ envelope: Envelope, on shard: isolated Shard, _ post: @escaping @Sendable (Envelope) -> AccountLoop.Post
    ) {
        ledger.owe(envelope.ticket)
        hand(post(envelope), on: shard)
    }

    private func answer(_ stanza: Stanza, on shard: isolated Shard) {
        if let port { shard.write(stanza.bytes, to: port) }
    }

    /// A message without an address is one to the own account (RFC 6120 §10.3.1); an IQ keeps having none, so that
    /// its answer has none either.
    private func addressed(_ stanza: Stanza) -> Stanza {
        guard stanza.kind == .message, stanza.to == nil else { return stanza }
        var stanza = stanza
        stanza.to = jid.bare
        return stanza
    }

    private func key(_ address: JID, on shard: isolated Shard) -> JID {
        if case .rooms? = shard.house.domains[address.domain] { address.bare } else { address }
    }

    /// Sends unavailable presence wherever available presence went.
    func withdraw(
        _ stanza: Stanza, _ ticket: UInt64, on shard: isolated Shard, from isMeant: (JID) -> Bool = { _ in true }
    ) {
        let addresses = directed.values.filter(isMeant).sorted()
        directed = directed.filter { !isMeant($0.value) }
        for address in addresses {
            var farewell = stanza
            farewell.id = nil
            farewell.to = address
            route(farewell, ticket, on: shard)
        }
    }
}
