// Messages that wait while nobody of the account can take them, and how they are handed over (XEP-0160).

import Host
import Logging
import Storage
import XML
import XMPP

/// What is known of an account's waiting messages without reading them.
struct WaitingMessages: Sendable {
    /// How many wait.
    var count = 0
    /// The place of the last one handed over: what the store still has up to there is being removed.
    var told: Int64 = 0
}

extension AccountLoop {
    /// Keeps a message for whoever comes first.
    func keep(_ message: [UInt8], at now: Moment) {
        write(.offline(time: now.milliseconds, stanza: message))
        state.waiting.count += 1
    }

    /// Hands what waits to a resource that has just become able to take it (XEP-0160 §2). Told first and removed
    /// afterwards, so that nothing is lost between. The last thing a handler does.
    func handOver(to full: JID, on shard: isolated Shard) {
        guard state.waiting.count > 0 else { return }
        let name = name
        ask(on: shard) { store, done in
            store.offline(of: name, done)
        } _: { found, account, shard in
            switch found {
            case .success(let messages): account.tell(waiting: messages, to: full)
            case .failure(let fault):
                shard.house.log.error("waiting messages cannot be read", metadata: ["reason": "\(fault)"])
            }
        }
    }

    private func tell(waiting messages: [OfflineMessage], to full: JID) {
        guard let resource = resource(full), resource.isReady else { return }
        let host = jid.domainOnly
        for message in messages where message.place > state.waiting.told {
            guard let element = try? Element(parsing: message.stanza, in: NS.client),
                var stanza = try? Stanza(reading: element)
            else { continue }
            // one that a client never acknowledged bears the time of its first delivery
            if !stanza.payload.contains(where: { Delay(reading: $0)?.from == host }) {
                let delay = Delay(Moment(milliseconds: message.time), from: host, reason: "Offline storage")
                stanza.payload.append(delay.element)
            }
            pass(stanza.bytes, to: resource)
        }
        guard let last = messages.last?.place else { return }
        state.waiting = WaitingMessages(count: 0, told: last)
        let name = name
        outbox.add(
            .work { shard in shard.accountHall?.known(name)?.post(.forgetOffline(through: last), on: shard) })
    }
}
