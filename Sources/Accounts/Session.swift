// One bound resource at its connection: where its stanzas go, and to whom it has shown itself.

import Host
import XML
import XMPP

/// What a bound client sends, on its way to accounts and rooms; remembers directed presence (RFC 6121 §4.6.3).
/// Confined to the shard of its connection.
final class Session {
    let jid: JID
    let port: Port
    private let limits: AccountLimits
    /// Addresses that got available presence from here and no unavailable one since. A room counts once, whatever the
    /// nick: under its bare JID stands the address that was last used.
    private var directed: [JID: JID] = [:]

    init(_ jid: JID, port: Port, limits: AccountLimits) {
        self.jid = jid
        self.port = port
        self.limits = limits
    }

    /// Sends a stanza, stamped with its sender by the stream, on its way.
    ///
    /// - Returns: how many completions will come back for it.
    func send(_ stanza: Stanza, on shard: isolated Shard) -> Int {
        var owed = 1
        if stanza.kind == .presence {
            switch (stanza.type, stanza.to) {
            case (.available, let to?):
                let key = key(to, on: shard)
                guard directed[key] != nil || directed.count < limits.directedPresences else {
                    shard.write(stanza.error(StanzaError(.resourceConstraint, type: .wait)).bytes, to: port)
                    return 0
                }
                directed[key] = to
                note(directed: stanza, on: shard)
            case (.unavailable, let to?):
                directed[key(to, on: shard)] = nil
                note(directed: stanza, on: shard)
            case (.unavailable, nil): owed += withdraw(stanza, on: shard)
            case (.subscribe, _), (.subscribed, _), (.unsubscribe, _), (.unsubscribed, _):
                hand(.outgoing(Envelope(stanza, from: jid, to: stanza.to ?? jid.bare, origin: port)), on: shard)
                return 1
            default: break
            }
        }
        shard.route(Envelope(addressed(stanza), from: jid, to: stanza.to ?? jid.bare, origin: port))
        return owed
    }

    /// A message without an address is one to the own account (RFC 6120 §10.3.1); an IQ keeps having none, so that
    /// its answer has none either.
    private func addressed(_ stanza: Stanza) -> Stanza {
        guard stanza.kind == .message, stanza.to == nil else { return stanza }
        var stanza = stanza
        stanza.to = jid.bare
        return stanza
    }

    /// The own account answers whoever was shown this presence and asks for it; rooms do not ask.
    private func note(directed stanza: Stanza, on shard: isolated Shard) {
        guard let to = stanza.to, case .accounts? = shard.house.domains[to.domain] else { return }
        hand(.directed(stanza), on: shard)
    }

    private func key(_ address: JID, on shard: isolated Shard) -> JID {
        if case .rooms? = shard.house.domains[address.domain] { address.bare } else { address }
    }

    /// The resource is gone: everybody to whom it showed itself is told, then its account.
    ///
    /// - Parameter reason: why, in words for the others; nil where the client simply left.
    func end(_ reason: String?, on shard: isolated Shard) {
        let status = reason.map { words in Element("status", NS.client) { words } }
        let farewell = Stanza(
            kind: .presence, type: .unavailable, id: nil, from: jid, to: nil, payload: status.map { [$0] } ?? [])
        withdraw(farewell, on: shard)
        hand(.closed(jid, port, farewell), on: shard)
    }

    /// Hands something to the own account, in order with what is routed to it.
    private func hand(_ post: AccountLoop.Post, on shard: isolated Shard) {
        let (name, home) = (jid.local ?? "", shard.house.shard(of: jid))
        let work: @Sendable (isolated Shard) -> Void = { home in
            if let account = home.accountHall?.known(name) { return account.post(post, on: home) }
            if let envelope = post.envelope { home.complete(envelope) }
        }
        if home == shard.index { work(shard) } else { shard.ask(home, work) }
    }

    /// Sends unavailable presence wherever available presence went, and tells to how many addresses.
    @discardableResult
    private func withdraw(_ stanza: Stanza, on shard: isolated Shard) -> Int {
        let addresses = directed.values.sorted()
        directed = [:]
        for address in addresses {
            var farewell = stanza
            farewell.id = nil
            farewell.to = address
            shard.route(Envelope(farewell, from: jid, to: address, origin: port))
        }
        return addresses.count
    }
}
