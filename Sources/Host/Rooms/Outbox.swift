// What a room has to tell, in order, held until the commit.

import DialectKit
import Rooms
import XMPP

/// Everything one batch has to tell. Released whole when the batch is durable; dropped whole if it fails (law 3).
struct Outbox: Sendable {
    enum Item: Sendable {
        case fan(Fan, shard: Int)
        /// Stanzas for one seat.
        case told([Template], AddressHole, Port)
        /// A complete stanza for an outlet.
        case direct([UInt8], Port)
        /// A stanza that goes through the router.
        case route(Stanza)
        /// A stanza has had its effect.
        case complete(Port, ticket: UInt64)
        /// A question to the archive: everything told before it is stored by now.
        case ask(ArchiveAsk)
        /// Something said, to be found in the archive before it is taken back.
        case find(Finding)
        /// What an account of this server has to know of its people here.
        case notify(ChannelNotice)
        /// Others are to be told that a room is there, or is no more.
        case announce(DirectoryChange)
        /// Somebody hears of the rooms of the service from now on, and is shown those that are there.
        case introduce(Seat, service: String)
        /// Somebody registered a nick with the service, or gave it back.
        case register(JID, String?, service: String)
    }

    private(set) var items: [Item] = []
    /// The stanzas of the batch that wait for its commit, to be answered if it fails.
    private(set) var waiting: [Envelope] = []

    mutating func add(_ item: Item) { items.append(item) }

    /// A stanza's effect is in this batch.
    mutating func owe(_ envelope: Envelope) {
        waiting.append(envelope)
        if let origin = envelope.origin { items.append(.complete(origin, ticket: envelope.ticket)) }
    }

    /// The stanza owed last has a question to the archive, and is complete when that is answered.
    mutating func ask(_ ask: ArchiveAsk) {
        if ask.envelope.origin != nil, case .complete = items.last { items.removeLast() }
        items.append(.ask(ask))
    }

    /// The stanza owed last wants something that has to be found first, and is complete after that.
    mutating func find(_ finding: Finding) {
        if finding.envelope.origin != nil, case .complete = items.last { items.removeLast() }
        items.append(.find(finding))
    }

    /// What is to be found first.
    var findings: [Finding] {
        items.compactMap { item in
            if case .find(let finding) = item { finding } else { nil }
        }
    }

    /// The questions in it.
    var asks: [ArchiveAsk] {
        items.compactMap { item in
            if case .ask(let ask) = item { ask } else { nil }
        }
    }

    /// Hands everything over, in order.
    ///
    /// - Parameter answer: begins to answer a question.
    /// - Parameter find: begins to look for something.
    func release(on shard: isolated Shard, _ answer: (ArchiveAsk) -> Void, _ find: (Finding) -> Void) {
        for item in items {
            switch item {
            case .fan(let fan, let target): shard.deliver(fan, to: target)
            case .told(let templates, let address, let port): shard.tell(templates, to: address, at: port)
            case .direct(let bytes, let port): shard.write(bytes, to: port)
            case .route(let stanza): shard.route(stanza)
            case .complete(let port, let ticket): shard.completed(ticket, at: port)
            case .ask(let ask): answer(ask)
            case .find(let finding): find(finding)
            case .notify(let notice): shard.notify(notice)
            case .announce(let change): shard.announce(change)
            case .introduce(let seat, let service): shard.introduce(seat, to: service)
            case .register(let jid, let nick, let service): shard.spread(jid, nick, of: service)
            }
        }
    }
}
