// Registered nicks: kept for their owners, present or not, and perhaps a membership with them.

import XMPP

extension Room {
    /// Keeps a nick for the requester, who becomes a member where it was nothing before (MUC-211 … MUC-221).
    ///
    /// There is one nick a participant: a further registration takes the place of the first. Whoever is here may go on
    /// under another nick, unless the room locks nicks down (MUC-229).
    func register(_ nick: String, by requester: Requester, _ context: Context) throws(Refusal) -> [Event] {
        let jid = requester.jid.bare
        guard permissions.mayRegister(jid) else { throw .registrationClosed }
        let wish = nick.isEmpty ? reservedNick(for: jid) ?? madeNick(context) : nick
        let kept = try nicknames.checkReservation(
            of: wish, for: jid, in: self, reservations: affiliations, context.limits)
        if settings.registrationNeedsApproval, affiliations.affiliation(of: jid) == .none {
            return try applyForRegistration(as: kept, by: jid, context)
        }
        return try register(kept, for: jid, by: nil, context)
    }

    /// Keeps a nick for somebody who may have it.
    func register(
        _ nick: String, for jid: JID, by actor: Event.Actor?, _ context: Context
    ) throws(Refusal) -> [Event] {
        let kept = try nicknames.checkReservation(
            of: nick, for: jid, in: self, reservations: affiliations, context.limits)
        let listed = affiliations.listed(jid)
        guard affiliations.entries[jid]?.nick != kept else { return [] }
        let change = AffiliationChange(
            target: .jid(jid), affiliation: max(listed, .member), nick: kept, reason: affiliations.entries[jid]?.reason)
        var after = affiliations
        after.set(jid, change)
        try after.check(replacing: affiliations, context.limits)
        var draft = Draft(self)
        draft.give(change, to: jid, by: actor, registers: listed == .none, context)
        if settings.nicksLocked, let id = participant(jid: jid)?.id, let person = draft.room.person(id),
            person.nick != kept
        {
            draft.add(draft.room.renaming(person, to: kept, context))
        }
        return draft.events
    }

    /// Gives the nick back; who became a member by it is none any more, and leaves a members-only room (MUC-223).
    func unregister(by requester: Requester, _ context: Context) throws(Refusal) -> [Event] {
        let jid = requester.jid.bare
        guard let entry = affiliations.entries[jid], entry.nick != nil || entry.isRegistered else {
            throw .notRegistered
        }
        let change = AffiliationChange(
            target: .jid(jid), affiliation: entry.isRegistered ? .none : entry.affiliation, nick: "",
            reason: entry.reason)
        var draft = Draft(self)
        draft.give(change, to: jid, by: actor(requester), context)
        return draft.events
    }
}
