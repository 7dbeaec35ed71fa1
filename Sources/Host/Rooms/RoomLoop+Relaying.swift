// IQs for somebody in the room: passed on with other addresses and another id, and answered for when nobody does.

import DialectKit
import Rooms
import XML
import XMPP

extension RoomLoop {
    /// Passes a request on (MUC-171 … MUC-173).
    func relay(
        to target: ParticipantID, _ kind: Intent.RelayTarget, _ inbound: Inbound, _ envelope: Envelope,
        on shard: isolated Shard
    ) {
        let room = state.room
        guard let seat = inbound.seat ?? room.seating[address: inbound.from.bare],
            let asker = room.person(acting: inbound.from), let participant = room.participant(target),
            let place = place(of: target, kind),
            let dialect = service.tables[place.domain]?[place.dialect],
            let address = dialect.address(of: asker, in: room, domain: place.domain)
        else { return refuse(envelope, StanzaError(.itemNotFound), inbound) }
        guard state.relays.count(of: seat.id) < limits.openRelaysPerSeat else {
            return refuse(envelope, StanzaError(.resourceConstraint, type: .wait), inbound)
        }
        let shown = place.seat
        let asked = shown?.address ?? participant.jid
        let id = state.relays.add(
            RelayTable.Open(
                request: envelope, asker: seat.id, asked: asked, askedSeat: shown?.id,
                deadline: shard.loop.now + .seconds(limits.relaySeconds)), keepsID: dialect.tellsSessions)
        var request = envelope.stanza
        request.id = id
        request.from = address
        request.to = asked
        if let shown, let port = state.plan.port(of: shown.id), !port.isRouted {
            outbox.add(.direct(request.bytes, port))
        } else {
            outbox.add(.route(request))
        }
    }

    /// Whom a request goes to, and how readers there know who asks.
    private func place(
        of target: ParticipantID, _ kind: Intent.RelayTarget
    ) -> (seat: Seat?, dialect: DialectID, domain: String)? {
        let room = state.room
        switch kind {
        case .account:
            if let member = room.enrolments[target], room.roster[target] == nil {
                return (nil, member.dialect, member.domain)
            }
            return room.seating.shown(of: target).map { (nil, $0.dialect, $0.domain) }
        case .shownSeat: return room.seating.shown(of: target).map { ($0, $0.dialect, $0.domain) }
        case .seat(let id): return room.seating[id].map { ($0, $0.dialect, $0.domain) }
        }
    }

    /// Passes an answer back; one that answers nothing is dropped.
    func relayed(_ envelope: Envelope, on shard: isolated Shard) {
        guard let id = envelope.stanza.id, let open = state.relays.answer(id, from: envelope.from) else { return }
        var answer = envelope.stanza
        answer.id = open.request.stanza.id
        answer.from = open.request.to
        answer.to = open.request.from
        answer.payload = answer.payload.map { $0.name == "error" ? $0.replacingAttribute("by", with: nil) : $0 }
        reply(answer, to: open.request)
    }

    /// Answers for those who did not.
    func expireRelays(on shard: isolated Shard) {
        guard !state.relays.isEmpty else { return }
        for open in state.relays.expire(at: shard.loop.now) {
            reply(open.request.stanza.error(StanzaError(.remoteServerTimeout, type: .wait)), to: open.request)
        }
    }

    /// A seat is gone: what it was asked is answered for, and so is what it asked, because the answer cannot pass any
    /// more and every request has one (RFC 6120 §8.2.3).
    func forgetRelays(of seat: SeatID) {
        guard !state.relays.isEmpty else { return }
        for open in state.relays.leave(seat) {
            let error = StanzaError(open.asker == seat ? .notAcceptable : .itemNotFound)
            reply(open.request.stanza.error(error), to: open.request)
        }
    }

    /// The dialect a seat speaks.
    func dialect(of seat: Seat) -> (any Dialect)? { service.tables[seat.domain]?[seat.dialect] }
}
