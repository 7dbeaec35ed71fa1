// The end of a session: farewells, and what its client never acknowledged (RFC 6121 §4.6.3, XEP-0198 §4).

import Host
import Streams
import XML
import XMPP

extension Session {
    /// The server ends the session, and the stream that carries it.
    func terminate(_ error: StreamError, on shard: isolated Shard) {
        tellConnection(on: shard) { connection, shard in connection.letGo(error, on: shard) }
        var reason = error.text
        if case .nothing(_, let former) = carrier { reason = former }
        end(reason, on: shard)
    }

    /// The resource is gone: everybody to whom it showed itself is told, then its account.
    ///
    /// - Parameter reason: why, in words for the others; nil where the client simply left.
    func end(_ reason: String?, on shard: isolated Shard) {
        guard let port else { return }
        if let successor {
            self.successor = nil
            shard.ask(Int(successor.port.shard)) { shard in
                (shard.outlet(at: successor.port) as? ClientConnection)?.resumeRefused(.itemNotFound, nil, on: shard)
            }
        }
        let status = reason.map { words in Element("status", NS.client) { words } }
        let farewell = Stanza(
            kind: .presence, type: .unavailable, id: nil, from: jid, to: nil, payload: status.map { [$0] } ?? [])
        withdraw(farewell, 0, on: shard)
        let (jid, left) = (jid, leftovers(on: shard))
        shard.ask(shard.house.shard(of: jid)) { home in
            let account = home.accountHall?.known(jid.local ?? "")
            account?.post(.closed(jid, port, farewell), on: home)
            for stanza in left {
                if let account, stanza.kind == .message, let from = stanza.from, stanza.to == jid.bare {
                    account.post(.returned(Envelope(stanza, from: from, to: jid.bare)), on: home)
                } else {
                    home.route(stanza)
                }
            }
        }
        close(on: shard)
    }

    /// The session is over, or never was: nothing reaches it any more.
    func close(on shard: isolated Shard) {
        if let port { shard.closePort(port) }
        port = nil
        transport = nil
        hall.ended(self)
        carrier = .nothing(since: shard.loop.now, "")
        management = nil
    }

    /// What becomes of the stanzas the client never acknowledged.
    private func leftovers(on shard: isolated Shard) -> [Stanza] {
        guard let queue = management?.unacknowledged, !queue.isEmpty else { return [] }
        var returning = ReturnedStanzas(jid, domain: hall.setup.domain)
        for stanza in queue.stanzas {
            guard let element = try? Element(parsing: stanza.bytes, pool: hall.parsers) else { continue }
            if let read = try? Stanza(reading: element) { returning.add(read, sentAt: stanza.time) }
        }
        return returning.stanzas
    }
}
