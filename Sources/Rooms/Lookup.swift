// Finding people in a room: by nick, by seat, by address; and the room's next journal position.

public import XMPP

extension Room {
    /// Who is present under exactly this nick (T-05).
    public func occupant(_ nick: String) -> Participant? { nicknames.holder(of: nick).flatMap { roster[$0] } }

    /// Who sits there.
    public func participant(at seat: SeatID) -> Participant? {
        seating[seat].flatMap { participant($0.participant) }
    }

    /// Who sits there, as it is now, with the address of that seat.
    public func person(at id: SeatID) -> Person? {
        guard let seat = seating[id], let participant = participant(seat.participant) else { return nil }
        return person(participant, at: seat.address)
    }

    /// A participant as the others see it now, with the address of its shown seat.
    public func person(_ id: ParticipantID) -> Person? {
        guard let participant = participant(id) else { return nil }
        return person(participant, at: seating.shown(of: id)?.address ?? participant.jid)
    }

    /// A participant that acts from this address, whether or not anything is told there.
    public func person(acting address: JID) -> Person? {
        participant(jid: address).map { person($0, at: address) }
    }

    private func person(_ participant: Participant, at address: JID) -> Person {
        Person(
            id: participant.id, jid: address, nick: participant.nick,
            affiliation: affiliations.affiliation(of: participant.jid), role: participant.role)
    }

    /// The stable id of a bare JID in this room (rule X-04): of two that collide, the later one gets the second.
    public func participantID(of jid: JID) -> ParticipantID {
        let id = secret.participantID(of: jid)
        guard let holder = roster[id]?.jid ?? enrolments[id]?.jid, holder != jid.bare else { return id }
        return secret.participantID(of: jid, attempt: 1)
    }

    func actor(_ requester: Requester) -> Event.Actor? {
        if requester.isOperator { return nil }
        let nick = requester.seat.flatMap { participant(at: $0)?.nick } ?? participant(jid: requester.jid)?.nick
        return Event.Actor(nick: nick, jid: requester.jid.bare)
    }

    /// The next journal position: `seq` without a gap, `time` strictly rising.
    func nextStamp(_ context: Context) -> Stamp {
        Stamp(seq: head + 1, time: max(context.now, lastTime + .milliseconds(1)))
    }
}
