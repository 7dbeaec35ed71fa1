// Stream management from the session's side: begun, without a connection, and taken up by the next (XEP-0198 §3, §5).

import Host
import Streams
import XMPP

extension Session {
    /// Random letters in the name of a session that can be resumed, of five bits each: 160 bits.
    private static let idLetters = 32

    /// Begins to count stanzas both ways.
    ///
    /// - Parameters:
    ///   - resume: whether the client would like to resume, and in how many seconds at most.
    func enableManagement(resume: Bool, seconds wish: Int?, on shard: isolated Shard) -> Resumption? {
        let longest = limits.resumptionSeconds
        var resumption: Resumption?
        if resume, longest > 0 {
            // The number of the loop leads to the session; the rest nobody guesses.
            let secret = RandomWord.of(shard.house.randomBytes(Self.idLetters))
            let seconds = wish.map { min(max($0, 1), longest) } ?? longest
            resumption = Resumption(id: "\(shard.index)-\(secret)", seconds: seconds)
        }
        ledger.count()
        management = StreamManagement(resumption)
        hall.began(self)
        return resumption
    }

    /// The loop where a session of this name would be; nil: it was not named here.
    static func shard(ofResumption id: String, _ house: House) -> Int? {
        guard let dash = id.firstIndex(of: "-"), let index = Int(id[..<dash]), house.shards.indices.contains(index)
        else { return nil }
        return index
    }

    /// The connection is gone; the session waits for another.
    func hibernate(_ reason: String, on shard: isolated Shard) {
        leaveCarrier(reason, on: shard)
        hall.hibernates(self)
    }

    private func leaveCarrier(_ reason: String, on shard: isolated Shard) {
        carrier = .nothing(since: shard.loop.now, reason)
        transport = nil
        outbound = []
        isPaused = false
        management?.moved()
        if let queue = management?.unacknowledged { waitedBefore = (queue.count, queue.bytes) }
    }

    /// The client has waited long enough for its client: it ends.
    func sweep(on shard: isolated Shard) {
        guard case .nothing(let since, let reason) = carrier, let seconds = management?.resumption?.seconds else {
            return
        }
        if shard.loop.now - since >= .seconds(seconds) { end(reason, on: shard) }
    }

    /// The client has come back on the connection of `next`, having handled `h` of our stanzas. A connection that still
    /// carries the session gives way.
    func resume(at next: Port, h: UInt32, on shard: isolated Shard) {
        if let successor { refuse(successor.port, on: shard) }
        if !isHibernating {
            tellConnection(on: shard) { connection, shard in
                connection.letGo(StreamError(.conflict, "the session goes on elsewhere"), on: shard)
            }
            hibernate("the session goes on elsewhere", on: shard)
        }
        successor = (next, h)
        if ledger.open == 0 { succeed(on: shard) }
    }

    private func refuse(_ port: Port, on shard: isolated Shard) {
        shard.ask(Int(port.shard)) { shard in
            (shard.outlet(at: port) as? ClientConnection)?.resumeRefused(.itemNotFound, nil, on: shard)
        }
    }

    /// Everything that came over the former connection has had its effect: the next one takes over.
    func succeed(on shard: isolated Shard) {
        guard let (next, h) = successor, let own = port, management != nil else { return }
        successor = nil
        do throws(StreamError) {
            try management?.acknowledged(h)
        } catch {
            shard.ask(Int(next.shard)) { shard in
                (shard.outlet(at: next) as? ClientConnection)?.shutDown(error, on: shard)
            }
            return
        }
        let (jid, handled) = (jid, ledger.handled)
        if Int(next.shard) == shard.index {
            guard let connection = shard.outlet(at: next) as? ClientConnection else { return }
            carrier = .here(connection)
            transport = connection.transport
            hall.wakes(self)
            connection.resumed(.here(self), jid, handled, on: shard)
        } else {
            carrier = .there(next)
            hall.wakes(self)
            shard.ask(Int(next.shard)) { shard in
                if let connection = shard.outlet(at: next) as? ClientConnection {
                    connection.resumed(.there(own), jid, handled, on: shard)
                } else {
                    shard.ask(Int(own.shard)) { home in
                        (home.outlet(at: own) as? Session)?.take(.lost("connection lost"), from: next, on: home)
                    }
                }
            }
            resend(on: shard)
        }
    }

    /// Sends again what the client has not handled.
    func resend(on shard: isolated Shard) {
        guard let queue = management?.unacknowledged else { return }
        for stanza in queue.stanzas { put(stanza.bytes) }
        touch(on: shard)
    }
}
