// Taking back what was said: found among the newest messages or in the store, then decided like any change.

import DialectKit
import Logging
import Rooms
import Storage
import XMPP

/// Something said that is to be taken back, on its way to being found.
struct Finding: Sendable {
    let envelope: Envelope
    let wish: Intent.Retraction
    let seq: UInt64
}

extension RoomLoop {
    /// Takes something back; what is not among the newest messages is looked for first.
    func retract(_ wish: Intent.Retraction, _ inbound: Inbound, _ envelope: Envelope, on shard: isolated Shard) {
        if let message = state.room.recent(wish.archiveID) {
            return retract(message, wish, inbound, envelope, on: shard)
        }
        guard let seq = state.room.secret.seq(of: wish.archiveID), seq <= state.room.head else {
            return miss(wish, inbound, envelope, on: shard)
        }
        searches += 1
        outbox.find(Finding(envelope: envelope, wish: wish, seq: seq))
    }

    /// Everything before is stored: now it can be looked for.
    func look(for finding: Finding, on shard: isolated Shard) {
        guard let number = state.number else { return post(.found(finding, nil), on: shard) }
        let back = wayBack(on: shard)
        shard.house.store.archived(in: number, at: [finding.seq]) { result in
            var message: Event.Message?
            if case .success(let records) = result, let record = records.first,
                case .conversation(.said(let found))? = try? EventCoding.decode(record.body)
            {
                message = found
            }
            let found = message
            back { room, shard in room.post(.found(finding, found), on: shard) }
        }
    }

    func found(_ finding: Finding, _ message: Event.Message?, on shard: isolated Shard) {
        searches -= 1
        let inbound = inbound(finding.envelope, on: shard)
        guard let message else { return miss(finding.wish, inbound, finding.envelope, on: shard) }
        retract(message, finding.wish, inbound, finding.envelope, on: shard)
    }

    /// Nothing has that id.
    private func miss(
        _ wish: Intent.Retraction, _ inbound: Inbound, _ envelope: Envelope, on shard: isolated Shard
    ) {
        guard let words = wish.otherwise else { return refuse(envelope, StanzaError(.itemNotFound), inbound) }
        let reader = service.tables[inbound.domain]?.reader(of: inbound, in: state.room)
        change([words], wish.answer, inbound, envelope, reader, on: shard)
    }

    private func retract(
        _ message: Event.Message, _ wish: Intent.Retraction, _ inbound: Inbound, _ envelope: Envelope,
        on shard: isolated Shard
    ) {
        let reader = service.tables[inbound.domain]?.reader(of: inbound, in: state.room)
        let command = Command.retract(
            RetractionWish(
                target: message, requester: inbound.requester, id: wish.id, moderation: wish.moderation,
                isAuthorsRight: wish.otherwise != nil))
        change([command], wish.answer, inbound, envelope, reader, on: shard)
    }
}
