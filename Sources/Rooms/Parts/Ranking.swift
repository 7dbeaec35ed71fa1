// Changing roles and affiliations of people who may be present, and what follows for their seats.

import XMPP

extension Room {
    /// Checks all changes before any applies, then says what each does (MUC-247).
    func setRoles(_ changes: [RoleChange], by requester: Requester, _ context: Context) throws(Refusal) -> [Event] {
        guard !changes.isEmpty else { throw .badRequest("no item") }
        guard changes.count <= context.limits.changesPerRequest else { throw .tooMany(limit: "changesPerRequest") }
        guard permissions.givesRoles(requester) else { throw .forbidden }
        var targets: [(ParticipantID, RoleChange)] = []
        for change in changes {
            guard let target = occupant(change.nick) else { throw .noSuchOccupant }
            if requester.isOperator {
                try permissions.check(roleByOperator: change.role, for: target)
            } else {
                try permissions.check(role: change.role, for: target, by: requester)
            }
            guard (change.reason?.utf8.count ?? 0) <= context.limits.reasonBytes else {
                throw .tooLarge(limit: "reasonBytes")
            }
            targets.append((target.id, change))
        }
        let actor = actor(requester)
        var draft = Draft(self)
        for (id, change) in targets {
            guard let target = draft.room.roster[id], target.role != change.role else { continue }  // MUC-047
            if change.role == .none {
                draft.remove(id, .kicked(by: actor, reason: change.reason), context)
            } else {
                draft.setRole(of: target, to: change.role, by: actor, reason: change.reason, context)
            }
        }
        return draft.events
    }

    /// Everybody on the list of members or of outcasts is off it, and the list as such is empty.
    func clear(_ affiliation: Affiliation, by requester: Requester, _ context: Context) throws(Refusal) -> [Event] {
        guard permissions.rank(of: requester) >= .admin else { throw .forbidden }
        var draft = Draft(self)
        for jid in affiliations.list(affiliation) {
            let change = AffiliationChange(target: .jid(jid), affiliation: .none)
            draft.give(change, to: jid, by: actor(requester), isOfPurge: true, context)
        }
        guard !draft.isOver else { return draft.events }
        let isOfMembers = affiliation == .member
        let removal = Event.Library.Removal(
            stamp: draft.room.nextStamp(context), node: isOfMembers ? NS.mixNodeAllowed : NS.mixNodeBanned,
            topic: isOfMembers ? .allowed : .banned, ids: [], isPurge: true)
        draft.add(.library(.removed(removal)))
        return draft.events
    }
}

extension Draft {
    /// Announces a role, and with it the affiliation the participant has now.
    mutating func setRole(
        of target: Participant, to role: Role, by actor: Event.Actor?, reason: String?, _ context: Context
    ) {
        add(
            .governance(
                .roleChanged(
                    Event.RankChange(
                        stamp: nil, jid: target.jid, person: room.person(target.id)?.with(role: role),
                        formerRole: target.role, affiliation: room.affiliations.affiliation(of: target.jid),
                        actor: actor, reason: reason, reservedNick: nil, isSilent: false, removes: false,
                        time: context.now))))
    }

    /// Gives an affiliation to a bare JID or a domain, then removes those who may not stay, and lifts those who may
    /// do more than before.
    mutating func give(
        _ change: AffiliationChange, to jid: JID, by actor: Event.Actor?, registers: Bool = false,
        isOfPurge: Bool = false, isContinued: Bool = false, _ context: Context
    ) {
        guard !isOver else { return }
        let own = room.roster[jid: jid].map { room.standing(of: $0, once: jid, is: change.affiliation) }
        let others = jid.local == nil ? room.guests(ofDomain: jid, before: change.affiliation) : []
        let keepsNick = change.affiliation > .none
        let stamp = room.nextStamp(context)
        let former = room.affiliations.listed(jid)
        add(
            .governance(
                .affiliationChanged(
                    Event.RankChange(
                        stamp: stamp, jid: jid, person: own?.person, formerRole: own?.participant.role,
                        affiliation: change.affiliation, actor: actor, reason: change.reason,
                        reservedNick: keepsNick ? change.nick : room.affiliations.entries[jid]?.nick.map { _ in "" },
                        isSilent: room.affiliations.listed(jid) == change.affiliation,
                        removes: own?.stays == false, time: stamp.time, registers: registers, former: former,
                        isOfPurge: isOfPurge, isContinued: isContinued))))
        if let own, !own.stays { remove(own.participant, by: actor, change.reason, context) }
        for other in others {
            if other.stays {
                setRole(of: other.participant, to: other.person.role, by: actor, reason: change.reason, context)
            } else {
                remove(other.participant, by: actor, change.reason, context)
            }
        }
        expelBanned(jid, by: actor, change.reason, context)
        let affiliations = room.affiliations
        dismissOnlookers { affiliations.affiliation(of: $0.seat.address) == .outcast }
        dismissStrangers(context)
    }

    /// Whoever joined and is away goes too, where a ban concerns it (XEP-0406 §3.3).
    private mutating func expelBanned(
        _ jid: JID, by actor: Event.Actor?, _ reason: String?, _ context: Context
    ) {
        let concerned = room.enrolments.all.filter { $0.jid == jid || (jid.local == nil && $0.jid.domainOnly == jid) }
        for enrolment in concerned.sorted(by: { $0.jid < $1.jid })
        where room.affiliations.affiliation(of: enrolment.jid) == .outcast {
            add(room.withdraw(enrolment, .banned(by: actor, reason: reason), context))
        }
        if !concerned.isEmpty { endIfEmpty(context) }
    }

    private mutating func remove(
        _ participant: Participant, by actor: Event.Actor?, _ reason: String?, _ context: Context
    ) {
        let isBanned = room.affiliations.affiliation(of: participant.jid) == .outcast
        let cause: Event.Cause =
            isBanned ? .banned(by: actor, reason: reason) : .lostMembership(by: actor, reason: reason)
        remove(participant.id, cause, context)
    }

    /// Somebody who is put out is a participant no more, however it came to be one (rule XD-096).
    mutating func remove(_ id: ParticipantID, _ cause: Event.Cause, _ context: Context) {
        add(room.remove(id, cause, context))
        guard !isOver, let enrolment = room.enrolments[id] else { return }
        add(room.withdraw(enrolment, cause, context))
        endIfEmpty(context)
    }
}

extension Room {
    /// Whether somebody of this affiliation may be inside, as the rules are now (MUC-447).
    func mayStay(as affiliation: Affiliation) -> Bool {
        if case .locked = state { return affiliation == .owner }
        return affiliation > .none || (affiliation == .none && !settings.isMembersOnly)
    }

    /// What a change of the list makes of somebody present.
    fileprivate struct Standing {
        let participant: Participant
        let person: Person
        let stays: Bool
    }

    fileprivate func standing(
        of participant: Participant, once jid: JID, is affiliation: Affiliation
    ) -> Standing {
        let former = affiliations.affiliation(of: participant.jid)
        let next = affiliations.affiliation(of: participant.jid, once: jid, is: affiliation)
        let person = Person(
            id: participant.id, jid: seating.shown(of: participant.id)?.address ?? participant.jid,
            nick: participant.nick, affiliation: next,
            role: permissions.role(after: next, former: former, role: participant.role))
        let isMember = enrolments[participant.id]?.isParticipant == true && next != .outcast
        return Standing(participant: participant, person: person, stays: isMember || mayStay(as: next))
    }

    /// The users of a domain who are here and whom a change for the domain concerns: an entry of their own counts
    /// more than their domain (MUC-275).
    fileprivate func guests(ofDomain domain: JID, before affiliation: Affiliation) -> [Standing] {
        everybody.filter { $0.jid.domainOnly == domain && $0.jid != domain }
            .map { standing(of: $0, once: domain, is: affiliation) }
            .filter { $0.person.affiliation != affiliations.affiliation(of: $0.participant.jid) }
    }
}
