// Accounts of other servers: their clients or the account itself are told, whichever of the two gets through.

import XMPP

extension Room {
    /// Where somebody is told things, if its account is on another server.
    public func places(of id: ParticipantID) -> Places { farPlaces[id] ?? Places() }

    /// Where somebody is told things while nothing is heard of its clients: after the room was out of memory.
    public func outposts(of enrolment: Enrolment) -> [Places.Client] {
        let places = places(of: enrolment.id)
        let account = Places.Client(address: enrolment.jid, dialect: enrolment.dialect)
        switch places.account {
        case .passesOn: return [account] + places.clients
        case .unknown: return places.clients.isEmpty ? [account] : places.clients
        case .refuses: return places.clients
        }
    }

    /// A place listens from now on: a client of this server, or whatever of another server's account gets through.
    func listen(
        _ address: JID, _ dialect: DialectID, _ domain: String, showsPresence: Bool, _ context: Context
    ) -> [Event] {
        let events = listen(address, dialect, domain, showsPresence: showsPresence)
        guard context.isElsewhere(address), !address.isBare, let id = enrolments[jid: address]?.id else {
            return events
        }
        var draft = Draft(self)
        draft.add(events)
        draft.settle(address, of: id, in: places(of: id), context)
        return draft.events
    }

    /// A place listens no more, for its own sake or because its server gave back what was said there.
    func deafen(_ address: JID, _ context: Context) -> [Event] {
        guard let seat = seating[address: address] else { return [] }
        var draft = Draft(self)
        draft.add(quit(seat, payload: [], context))
        guard context.isElsewhere(address), seat.kind == .listener, !draft.isOver else { return draft.events }
        var places = places(of: seat.participant)
        if address.isBare { places.account = .refuses } else { places.clients.removeAll { $0.address == address } }
        draft.place(places, of: seat.participant, context)
        if places.account != .refuses, !draft.room.hasListener(seat.participant) {
            draft.add(draft.room.listen(address.bare, seat.dialect, seat.domain, showsPresence: true))
        }
        return draft.events
    }

    private func hasListener(_ id: ParticipantID) -> Bool {
        seating.seats(of: id).contains { $0.kind == .listener }
    }
}

extension Draft {
    /// Somebody of another server joined: a client for itself, or its server for all of its clients.
    mutating func settle(_ wish: Command.Joining, _ former: Enrolment?, _ context: Context) {
        guard context.isElsewhere(wish.address), let id = room.enrolments[jid: wish.address]?.id else { return }
        var places = room.places(of: id)
        if wish.address.isBare {
            for client in places.clients { quit(client.address, context) }
            place(Places(), of: id, context)
        } else {
            if former?.isParticipant != true, places.account == .passesOn { places.account = .unknown }
            settle(wish.address, of: id, in: places, context)
        }
    }

    /// A client of another server's account listens. Its account needs not, unless its server passes on to others.
    mutating func settle(_ address: JID, of id: ParticipantID, in places: Places, _ context: Context) {
        var places = places
        guard let seat = room.seating[address: address], seat.kind == .listener else {
            return place(places, of: id, context)
        }
        if !seat.isPresent, places.client(at: address) == nil {
            places.clients.append(Places.Client(address: address, dialect: seat.dialect))
        }
        while places.clients.count > room.limits.clientsElsewhere {
            let oldest = places.clients.removeFirst()
            quit(oldest.address, context)
        }
        place(places, of: id, context)
        relieve(id, context)
    }

    /// The account of somebody who is told at its clients is not told as well.
    mutating func relieve(_ id: ParticipantID, _ context: Context) {
        guard room.places(of: id).account != .passesOn, let account = room.enrolments[id]?.jid else { return }
        quit(account, context)
    }

    /// What is known of it changes, and is kept.
    mutating func place(_ places: Places, of id: ParticipantID, _ context: Context) {
        guard places != room.places(of: id), room.enrolments[id] != nil else { return }
        add(.membership(.placed(Event.Placing(stamp: room.nextStamp(context), id: id, places: places))))
    }

    /// A place where nobody is available listens no more.
    private mutating func quit(_ address: JID, _ context: Context) {
        guard let seat = room.seating[address: address], seat.kind == .listener, !seat.isPresent else { return }
        add(.membership(.deafened(seat)))
    }
}
