// From a stanza to what it wants: whose tongue it is in, and which of the three roads it takes.

import DialectKit
import Logging
import Rooms
import XMPP

extension RoomLoop {
    /// Understands one stanza and does what it wants.
    func handle(_ envelope: Envelope, on shard: isolated Shard) {
        let inbound = inbound(envelope, on: shard)
        guard let table = service.tables[inbound.domain] else {
            return refuse(envelope, StanzaError(.itemNotFound), inbound)
        }
        let reader = table.reader(of: inbound, in: state.room)
        do throws(StanzaError) {
            let now = shard.loop.now
            let isHidden = state.room.isHidden(from: inbound.requester, bearing: reader?.key(in: inbound), at: now)
            let intent =
                isHidden
                ? try understand(inbound, in: state.room.absence, reader, table, at: now)
                : try understand(inbound, in: state.room, reader, table, at: now)
            follow(intent, inbound, envelope, reader, on: shard)
        } catch {
            refuse(envelope, error, inbound)
        }
    }

    private func understand(
        _ inbound: Inbound, in room: Room, _ reader: (any Dialect)?, _ table: DialectTable, at now: Moment
    ) throws(StanzaError) -> Intent {
        if inbound.stanza.kind == .iq, inbound.nick == nil, inbound.proxy == nil {
            return try table.handlers.answer(inbound, in: room)
        }
        guard let reader else { throw StanzaError(.serviceUnavailable) }
        return try reader.read(inbound, in: room, now: now)
    }

    func inbound(_ envelope: Envelope, on shard: isolated Shard) -> Inbound {
        let listeners = envelope.listeners.map {
            Command.Joining.Listening(
                address: $0.address, dialect: $0.dialect, showsPresence: $0.showsPresence)
        }
        var inbound = Inbound(
            envelope.stanza, from: envelope.from, to: envelope.to, service: service.facts,
            features: envelope.features, listeners: listeners)
        inbound.seat = seat(of: envelope.from, speakingAt: inbound.domain)
        inbound.isFromClient = envelope.origin != nil
        inbound.tongue = envelope.tongue
        inbound.homes = shard.house.homes
        return inbound
    }

    /// The sender's place, as far as it is one where it speaks: a channel's participant is no occupant of a room by
    /// that alone (rules X-01, T-03).
    private func seat(of address: JID, speakingAt domain: String) -> Seat? {
        guard let seat = state.room.seating[address: address] else { return nil }
        return seat.kind == .visit || service.tables[domain]?[seat.dialect] != nil ? seat : nil
    }

    private func follow(
        _ intent: Intent, _ inbound: Inbound, _ envelope: Envelope, _ reader: (any Dialect)?, on shard: isolated Shard
    ) {
        switch intent {
        case .ignore: return
        case .reply(let stanzas): for stanza in stanzas { reply(stanza, to: envelope) }
        case .ask(let question): ask(question, inbound, envelope)
        case .relay(let target, let kind): relay(to: target, kind, inbound, envelope, on: shard)
        case .relayed: relayed(envelope, on: shard)
        case .retract(let wish): retract(wish, inbound, envelope, on: shard)
        case .change(let commands, let answer):
            change(commands, answer, inbound, envelope, reader, on: shard)
        }
    }

    /// The road of change: all commands of a stanza or none.
    func change(
        _ commands: [Command], _ answer: Intent.Answer?, _ inbound: Inbound, _ envelope: Envelope,
        _ reader: (any Dialect)?, on shard: isolated Shard
    ) {
        let context = context(for: envelope.from, on: shard)
        var events: [Event] = []
        var after: Room?
        do throws(Refusal) {
            if commands.count == 1 {
                events = try state.room.decide(commands[0], by: inbound.requester, in: context)
                if let answer, answer.place == .before {
                    var ahead = state.room
                    for event in events { ahead.apply(event) }
                    after = ahead
                }
            } else {
                var ahead = state.room
                for command in commands {
                    let next = try ahead.decide(command, by: inbound.requester, in: context)
                    for event in next { ahead.apply(event) }
                    events += next
                }
                if answer?.place == .before { after = ahead }
            }
        } catch {
            shard.house.log.debug(
                "refused", metadata: ["room": "\(name)", "by": "\(envelope.from)", "why": "\(error)"])
            if let reader, let answer = reader.refusal(error, answering: inbound, in: state.room) {
                reply(answer, to: envelope)
            }
            return
        }
        let cause = Cause(
            port: envelope.origin, dialect: reader, domain: inbound.domain, listeners: envelope.listeners)
        announce(events, by: cause, on: shard)
        // the copy is gone before anything is changed, or all of it would be copied in earnest
        if let answer, let room = after.take() { reply(answer.stanza(events, room), to: envelope) }
        for event in events { happen(event, by: cause, on: shard) }
        if let answer, answer.place == .after { reply(answer.stanza(events, state.room), to: envelope) }
    }

    /// Answers the sender, in order with everything else the batch tells.
    func reply(_ stanza: Stanza, to envelope: Envelope) {
        if let origin = envelope.origin {
            outbox.add(.direct(stanza.bytes, origin))
        } else {
            outbox.add(.route(stanza))
        }
    }

    func refuse(_ envelope: Envelope, _ error: StanzaError, _ inbound: Inbound) {
        guard envelope.stanza.isAnswerable else { return }
        var error = error
        if error.by == nil { error.by = inbound.room }
        reply(envelope.stanza.error(error), to: envelope)
    }
}
