// The places of those who joined: where they listen, when they are available, and how they go.

import XML
import XMPP

extension Room {
    /// A client listens from now on; its account has joined, or does so by the same act.
    func listen(
        _ address: JID, _ dialect: DialectID, _ domain: String, showsPresence: Bool, joining id: ParticipantID? = nil
    ) -> [Event] {
        guard let id = id ?? enrolments[jid: address]?.id, seating[address: address]?.kind != .visit else { return [] }
        let showsPresence = showsPresence && enrolments[id]?.preferences.sharesPresence != false
        if var seat = seating[address: address] {
            guard seat.kind == .shadow else { return [] }
            seat.kind = .listener
            return [.membership(.listening(Event.Listening(seat: seat, showsPresence: showsPresence)))]
        }
        guard seating.seats(of: id).count < 2 * limits.seatsPerParticipant else { return [] }
        var seat = Seat(
            id: seating.nextID, participant: id, address: address, domain: domain, dialect: dialect,
            presence: SeatPresence(payload: []), language: nil, kind: .listener)
        seat.isPresent = false
        return [.membership(.listening(Event.Listening(seat: seat, showsPresence: showsPresence)))]
    }

    /// A place is given up: whoever was available there goes first.
    func quit(_ seat: Seat, payload: [Element], _ context: Context) -> [Event] {
        guard seat.kind != .visit else { return [] }
        var draft = Draft(self)
        if seat.isPresent { draft.add(depart([seat], of: seat.participant, .own, payload: payload, context)) }
        if let rest = draft.room.seating[seat.id] { draft.add(.membership(.deafened(rest))) }
        return draft.events
    }

    /// Presence of a client of somebody who joined (XEP-0403 §4.1): it comes, or says something else.
    func appear(
        _ address: JID, _ presence: SeatPresence, _ dialect: DialectID, _ domain: String, isHeardFor: Bool,
        _ context: Context
    ) throws(Refusal) -> [Event] {
        guard let enrolment = enrolments[jid: address], enrolment.isParticipant else { throw .notSeated }
        guard enrolment.nick != nil || roster[enrolment.id] != nil else { throw .nickRequired }
        guard Conversation.bytes(of: presence.payload) <= context.limits.presenceBytes else {
            throw .tooLarge(limit: "presenceBytes")
        }
        if let seat = seating[address: address] {
            if seat.isPresent { return try updatePresence(seat.id, presence, context) }
            var shown = seat
            shown.presence = presence
            return [arrival(of: shown, enrolment, context)]
        }
        guard seating.seats(of: enrolment.id).count < 2 * context.limits.seatsPerParticipant else {
            throw .tooMany(limit: "seatsPerParticipant")
        }
        let isHeardFor = isHeardFor && places(of: enrolment.id).account == .passesOn
        let seat = Seat(
            id: seating.nextID, participant: enrolment.id, address: address, domain: domain, dialect: dialect,
            presence: presence, language: nil, kind: isHeardFor ? .shadow : .listener)
        let arrival = arrival(of: seat, enrolment, context)
        guard farPlaces[enrolment.id] != nil, !isHeardFor else { return [arrival] }
        var draft = Draft(self)
        draft.add(arrival)
        draft.relieve(enrolment.id, context)
        return draft.events
    }

    private func arrival(of seat: Seat, _ enrolment: Enrolment, _ context: Context) -> Event {
        var seat = seat
        seat.isPresent = true
        let present = roster[enrolment.id]
        let affiliation = affiliations.affiliation(of: enrolment.jid)
        let person = Person(
            id: enrolment.id, jid: seat.address, nick: present?.nick ?? enrolment.nick ?? "",
            affiliation: affiliation, role: present?.role ?? entryRole(of: enrolment.jid, as: affiliation))
        return .attendance(
            .entered(
                Event.Arrival(
                    person: person, seat: seat, isFirst: present == nil,
                    changesShown: present != nil
                        && seating.wouldShow(seat.presence, on: seat.id, of: enrolment.id),
                    created: false, nickAssigned: false, history: HistoryRequest(stanzas: 0), answering: nil,
                    time: context.now)))
    }

    /// A client is not available any more, and goes on listening if it did. The bare JID speaks for all of them.
    func vanish(_ address: JID, _ payload: [Element], _ context: Context) -> [Event] {
        let fits = Conversation.bytes(of: payload) <= context.limits.presenceBytes
        let seats: [Seat]
        if address.isBare {
            guard let id = enrolments[jid: address]?.id else { return [] }
            seats = seating.seats(of: id).filter { $0.isPresent && $0.kind == .shadow }
        } else {
            seats = seating[address: address].map { $0.isPresent && $0.kind != .visit ? [$0] : [] } ?? []
        }
        guard let first = seats.first else { return [] }
        return depart(seats, of: first.participant, .own, payload: fits ? payload : [], context)
    }

    // MARK: Leaving for good

    /// Whoever is no participant leaves nothing (MIX1-114).
    func leave(member jid: JID, _ context: Context) -> [Event] {
        guard let enrolment = enrolments[jid: jid] else { return [] }
        var draft = Draft(self)
        let seats = seating.seats(of: enrolment.id).filter { $0.isPresent && $0.kind != .visit }
        draft.add(depart(seats, of: enrolment.id, .own, payload: [], forGood: true, context))
        draft.add(draft.room.withdraw(enrolment, .own, context))
        // a visit to a closed room that only membership had let in ends with it
        if draft.room.roster[enrolment.id] != nil, !mayStay(as: affiliations.affiliation(of: enrolment.jid)) {
            draft.add(draft.room.remove(enrolment.id, .lostMembership(by: nil, reason: nil), context))
        }
        draft.endIfEmpty(context)
        return draft.events
    }

    /// Somebody is a participant no more; its places are empty.
    func withdraw(_ enrolment: Enrolment, _ cause: Event.Cause, _ context: Context) -> Event {
        let id = enrolment.id
        let affiliation = affiliations.affiliation(of: enrolment.jid)
        let person = Person(
            id: id, jid: enrolment.jid, nick: enrolment.nick ?? "", affiliation: affiliation,
            role: entryRole(of: enrolment.jid, as: affiliation))
        let seats = seating.seats(of: id).filter { $0.kind != .visit }
        return .membership(
            .withdrawn(
                Event.Withdrawal(
                    stamp: nextStamp(context), enrolment: enrolment, person: person, seats: seats, cause: cause)))
    }

    /// An admin removes somebody (rule mix-0.2.1 O-27); it may join again.
    func expel(_ id: ParticipantID, by requester: Requester, _ context: Context) throws(Refusal) -> [Event] {
        guard permissions.rank(of: requester) >= .admin else { throw .forbidden }
        guard let target = participant(id) else { throw .noSuchOccupant }
        guard affiliations.affiliation(of: target.jid) <= permissions.rank(of: requester) else { throw .notAllowed }
        var draft = Draft(self)
        draft.remove(id, .kicked(by: actor(requester), reason: nil), context)
        return draft.events
    }

    /// What somebody says shows which draft it speaks: it is told in that from now on (rule X-03).
    func pin(_ address: JID, _ dialect: DialectID, _ context: Context) -> [Event] {
        guard let enrolment = enrolments[jid: address],
            let seat = [address, address.bare].lazy.compactMap({ seating[address: $0] }).first(where: \.listens),
            seat.kind != .visit
        else { return [] }
        var draft = Draft(self)
        if seat.address.isBare, enrolment.dialect != dialect {
            var pinned = enrolment
            pinned.dialect = dialect
            draft.add(changed(pinned, changesSight: false, context))
        }
        if seat.dialect != dialect { draft.add(.membership(.retuned(seat.id, enrolment.id, dialect))) }
        var places = places(of: enrolment.id)
        if let index = places.clients.firstIndex(where: { $0.address == seat.address }) {
            places.clients[index].dialect = dialect
            draft.place(places, of: enrolment.id, context)
        }
        return draft.events
    }
}

extension Draft {
    /// Who bears no such sight goes before it comes (XEP-0404 §3.1; rules T-08, mix-current O-28).
    mutating func dismissUnwilling(_ whois: SettingValue?, _ context: Context) {
        guard let whois, whois != room.settings[.whois] else { return }
        let (isOpen, isHidden) = (whois == .choice("anyone"), whois == .choice("moderators"))
        for enrolment in room.enrolments.all.sorted(by: { $0.jid < $1.jid }) {
            let wish = enrolment.preferences.visibility
            guard (wish == .never && isOpen) || (wish == .always && isHidden) else { continue }
            let reason = isOpen ? "real addresses are shown from now on" : "real addresses are hidden from now on"
            remove(enrolment.id, .technical(reason), context)
        }
    }

    /// Everybody is shown again as it may be seen now.
    mutating func followSight(_ context: Context) {
        for enrolment in room.enrolments.all.sorted(by: { $0.jid < $1.jid }) where enrolment.isParticipant {
            add(room.changed(enrolment, changesSight: true, context))
        }
        let isOpen = room.settings.isOpen
        guard room.enrolments.isEmpty ? isOpen && room.roster.count > 1 : true else { return }
        for participant in room.everybody { showAgain(participant, toAll: isOpen && room.roster.count > 1) }
    }

    /// A room that was made for a while ends with the last who left it for good.
    mutating func endIfEmpty(_ context: Context) {
        if !isOver, !room.settings.isPersistent, !room.isInhabited { add(room.vanish(context)) }
    }
}
