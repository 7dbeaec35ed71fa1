// Being there and going: presence, another nick, leaving, and removal without a word.

import XML
import XMPP

extension Room {
    func updatePresence(_ id: SeatID, _ presence: SeatPresence, _ context: Context) throws(Refusal) -> [Event] {
        guard let seat = seating[id], let person = person(at: id) else { throw .notSeated }
        guard Conversation.bytes(of: presence.payload) <= context.limits.presenceBytes else {
            throw .tooLarge(limit: "presenceBytes")
        }
        let wasShown = seating.shown(of: seat.participant)?.id == id
        let shows = wasShown || seating.wouldShow(presence, on: id, of: seat.participant)
        return [
            .attendance(
                .presenceChanged(
                    Event.PresenceChange(person: person, seat: id, presence: presence, changesShown: shows)))
        ]
    }

    func rename(_ id: SeatID, to wish: String, _ context: Context) throws(Refusal) -> [Event] {
        guard let person = person(at: id) else { throw .notSeated }
        return try rename(person, to: wish, context)
    }

    /// Another nick for somebody present or enrolled.
    func rename(_ person: Person, to wish: String, _ context: Context) throws(Refusal) -> [Event] {
        let nick = try nicknames.prepare(wish, context.limits)
        guard nick != person.nick else { return [] }  // MUC-182: not a change of nick
        try nicknames.check(nick, for: person.jid, in: self, context.registry)
        if settings.nicksLocked, let reserved = reservedNick(for: person.jid), reserved != nick { throw .nickHeld }
        return [renaming(person, to: nick, context)]
    }

    /// The event of another nick; that of a member is kept with it.
    func renaming(_ person: Person, to nick: String, _ context: Context) -> Event {
        let isKept = enrolments[person.id]?.isParticipant == true
        let stamp = isKept ? nextStamp(context) : nil
        return .attendance(
            .renamed(
                Event.Renaming(
                    person: person.with(nick: nick), oldNick: person.nick, time: stamp?.time ?? context.now,
                    stamp: stamp)))
    }

    func leave(_ id: SeatID, _ cause: Event.Cause, payload: [Element], _ context: Context) throws(Refusal) -> [Event] {
        guard let seat = seating[id] else { throw .notSeated }
        // Nobody is kept in a room because of the size of a farewell: it is dropped instead.
        let fits = Conversation.bytes(of: payload) <= context.limits.presenceBytes
        return depart([seat], of: seat.participant, cause, payload: fits ? payload : [], context)
    }

    /// All seats of a participant are emptied by one act.
    func remove(_ participant: ParticipantID, _ cause: Event.Cause, _ context: Context) -> [Event] {
        let seats = seating.seats(of: participant).filter(\.isPresent)
        return depart(seats, of: participant, cause, payload: [], forGood: true, context)
    }

    func depart(
        _ seats: [Seat], of id: ParticipantID, _ cause: Event.Cause, payload: [Element], forGood: Bool = false,
        _ context: Context
    ) -> [Event] {
        guard let person = person(id), !seats.isEmpty else { return [] }
        let shown = seating.shown(of: id)
        let leaving = Set(seats.map(\.id))
        let isLast = seating.seats(of: id).allSatisfy { !$0.isPresent || leaving.contains($0.id) }
        let departure = Event.Departure(
            person: person, seats: seats, isLast: isLast,
            changesShown: !isLast && shown.map { leaving.contains($0.id) } == true,
            cause: cause, payload: payload, time: context.now, isForGood: forGood)
        guard isLast, roster.count == 1, enrolments.isEmpty else { return [.attendance(.left(departure))] }
        if case .locked = state {
            let ending = Event.Ending(stamp: nextStamp(context), destruction: Destruction(), seats: seats)
            return [.lifecycle(.destroyed(ending))]  // nobody ever configured it (MUC-242)
        }
        return [.attendance(.left(departure))] + (settings.isPersistent ? [] : [vanish(context)])
    }

    /// A temporary room ends with its last guest, silently (MUC-241).
    func vanish(_ context: Context) -> Event {
        .lifecycle(.destroyed(Event.Ending(stamp: nextStamp(context), destruction: nil, seats: [])))
    }
}
