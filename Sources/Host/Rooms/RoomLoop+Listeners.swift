// Clients of this house that listen: over which outlet, and how long those do that take no part.

import DequeModule
import Rooms
import XMPP

extension RoomLoop {
    /// Whoever listens at an address is told over the outlet that speaks for it now: a client may have come back before
    /// the room knew that it had gone.
    func relocate(_ address: JID, to port: Port) {
        guard let seat = state.room.seating[address: address], seat.kind == .listener,
            let former = state.plan.port(of: seat.id), former != port, let view = state.plan.view(of: seat.id)
        else { return }
        state.plan.take(seat, at: port, view: view)
    }

    /// A client of an account of this server hears of the room no more.
    ///
    /// With the last one that listens its account's plain subscription ends (XEP-0060 §12.4): no account remembers
    /// what it did not join, so nobody would sit down again for it, and whoever has its name next is to inherit
    /// nothing.
    func deafen(_ address: JID, on shard: isolated Shard) {
        carryOut(.membership(.deafen(address)), on: shard)
        guard let enrolment = state.room.enrolments[jid: address], !enrolment.isParticipant,
            shard.isHome(enrolment.jid),
            !state.room.seating.seats(of: enrolment.id).contains(where: { $0.kind == .listener })
        else { return }
        carryOut(.membership(.leave(enrolment.jid)), on: shard)
    }

    /// What was subscribed before the house or the room went down ended with it: nobody listens yet. This comes before
    /// anything that waits for the room is heard.
    func endPlainSubscriptions(on shard: isolated Shard) {
        let subscribers = state.room.enrolments.all.filter { !$0.isParticipant && shard.isHome($0.jid) }
        mailbox.prepend(
            contentsOf: subscribers.sorted { $0.jid < $1.jid }.map { .command(.membership(ending(of: $0))) })
    }

    /// A temporary room is not left for good: it waits for those whom the restart cost it.
    private func ending(of subscriber: Enrolment) -> Command.Membership {
        guard !state.room.settings.isPersistent else { return .leave(subscriber.jid) }
        return .subscribe(
            subscriber.jid, add: [], remove: subscriber.topics, dialect: subscriber.dialect,
            domain: subscriber.domain)
    }
}
