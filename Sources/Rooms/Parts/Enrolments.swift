// Who joined the room, and what each of them wants of it: durable, and without any seat.

public import XMPP

/// The people who joined, by id and by bare JID (XEP-0369 §4.7.3). Who is merely present stands in the roster.
public struct Enrolments: Sendable, Equatable {
    private(set) var byID: [ParticipantID: Enrolment] = [:]
    private(set) var byJID: [JID: ParticipantID] = [:]

    public subscript(_ id: ParticipantID) -> Enrolment? { byID[id] }

    /// Whoever joined from this account.
    public subscript(jid jid: JID) -> Enrolment? { byJID[jid.bare].flatMap { byID[$0] } }

    public var count: Int { byID.count }
    public var isEmpty: Bool { byID.isEmpty }

    /// Everybody, in no particular order.
    public var all: some Collection<Enrolment> & Sendable { byID.values }

    mutating func put(_ enrolment: Enrolment) {
        byID[enrolment.id] = enrolment
        byJID[enrolment.jid] = enrolment.id
    }

    /// The nick of somebody who takes part; whoever only listens has none that stays.
    mutating func rename(_ id: ParticipantID, to nick: String) {
        if byID[id]?.isParticipant == true { byID[id]?.nick = nick }
    }

    /// A node is no more, and nobody is subscribed to it.
    mutating func forget(_ topic: Topics) { for id in byID.keys { byID[id]?.topics.subtract(topic) } }

    mutating func remove(_ id: ParticipantID) {
        guard let enrolment = byID.removeValue(forKey: id) else { return }
        byJID[enrolment.jid] = nil
    }
}

extension Room {
    /// Somebody who is here or joined, by id.
    public func participant(_ id: ParticipantID) -> Participant? {
        roster[id] ?? enrolments[id].flatMap(participant(enrolled:))
    }

    /// Somebody who is here or joined, by address.
    public func participant(jid: JID) -> Participant? {
        roster[jid: jid] ?? enrolments[jid: jid].flatMap(participant(enrolled:))
    }

    private func participant(enrolled enrolment: Enrolment) -> Participant? {
        guard enrolment.isParticipant else { return nil }
        let affiliation = affiliations.affiliation(of: enrolment.jid)
        return Participant(
            id: enrolment.id, jid: enrolment.jid, nick: enrolment.nick ?? "",
            role: entryRole(of: enrolment.jid, as: affiliation))
    }

    /// Everybody who takes part, present or not, in an order that stays.
    public var participants: [Participant] {
        let absent = enrolments.all.filter { roster[$0.id] == nil }.compactMap(participant(enrolled:))
        return (Array(roster.all) + absent).sorted { $0.id.text < $1.id.text }
    }

    /// Those of them whom others are told of: whoever is here in a role that is not broadcast, and has not joined,
    /// stays unseen.
    public var listedParticipants: [Participant] {
        participants.filter {
            enrolments[$0.id]?.isParticipant == true || settings.presenceBroadcast.contains($0.role)
        }
    }

    /// Whether readers who may see no real addresses by rank may see this one's (rules X-14, T-07).
    ///
    /// - Parameter id: somebody who is here or joined.
    public func showsAddress(of id: ParticipantID) -> Bool {
        if settings.isOpen { return true }
        return settings.isOptionallyOpen && enrolments[id]?.preferences.visibility == .always
    }

    /// The opaque resource **R** by which others know a client of somebody here (rule X-05).
    public func mask(of address: JID) -> String { secret.mask(of: address) }

    /// The seat of a participant that others know by this opaque resource.
    public func seat(of id: ParticipantID, masked mask: String) -> Seat? {
        seating.seats(of: id).first { $0.isPresent && secret.mask(of: $0.address) == mask }
    }

    /// Applies what happened to memberships.
    mutating func apply(_ happening: Event.Membership) {
        switch happening {
        case .joined(let joining):
            let enrolment = joining.enrolment
            if let former = enrolments[enrolment.id]?.nick, former != enrolment.nick {
                nicknames.release(former, of: enrolment.id)
            }
            enrolments.put(enrolment)
            if let nick = enrolment.nick { nicknames.take(nick, by: enrolment.id) }
            if let token = joining.token { invitationTokens.use(token, limits) }
        case .changed(let change): enrolments.put(change.enrolment)
        case .withdrawn(let withdrawal):
            let id = withdrawal.enrolment.id
            enrolments.remove(id)
            farPlaces[id] = nil
            for seat in withdrawal.seats { seating.leave(seat.id) }
            if roster[id] == nil, let nick = withdrawal.enrolment.nick { nicknames.release(nick, of: id) }
        case .listening(let listening):
            if seating[listening.seat.id] == nil {
                seating.take(listening.seat)
            } else {
                seating.tune(listening.seat)
            }
        case .deafened(let seat): seating.leave(seat.id)
        case .placed(let placing): farPlaces[placing.id] = placing.places == Places() ? nil : placing.places
        case .invited: break
        case .sighted(let sighting):
            seating.countPresence()
            onlookers.put(sighting)
        case .vanished(let sighting): onlookers.remove(sighting.seat.address)
        case .retuned(let seat, _, let dialect): seating.setDialect(dialect, of: seat)
        }
    }
}
