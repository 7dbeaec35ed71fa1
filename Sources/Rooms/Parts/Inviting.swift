// Mediated invitations: who may invite whom, membership that comes with it, and who may decline.

import XML
import XMPP

/// The invitations that are out, so that a decline can be told from a stranger's message (MUC-204).
public struct Invitations: Sendable, Equatable {
    private(set) var pending: [JID: Moment] = [:]

    func isInvited(_ jid: JID, at now: Moment, _ limits: RoomLimits) -> Bool {
        guard let sent = pending[jid.bare] else { return false }
        return now - sent <= .seconds(limits.invitationDays * 86_400)
    }

    mutating func note(_ jid: JID, at now: Moment, _ limits: RoomLimits) {
        if pending.count >= limits.pendingInvitations, let oldest = pending.min(by: { $0.value < $1.value })?.key {
            pending[oldest] = nil
        }
        pending[jid.bare] = now
    }
}

extension Room {
    func invite(_ wish: Invitation, by requester: Requester, _ context: Context) throws(Refusal) -> [Event] {
        guard !wish.invitees.isEmpty else { throw .badRequest("no invitee") }
        guard wish.invitees.count <= context.limits.inviteesPerRequest else {
            throw .tooMany(limit: "inviteesPerRequest")
        }
        guard (wish.reason?.utf8.count ?? 0) <= context.limits.reasonBytes else {
            throw .tooLarge(limit: "reasonBytes")
        }
        guard Conversation.bytes(of: wish.continuation.map { [$0] } ?? []) <= context.limits.messageBytes else {
            throw .tooLarge(limit: "messageBytes")
        }
        if permissions.rank(of: requester) < .admin {
            guard let seat = requester.seat, let own = participant(at: seat) else { throw .notSeated }
            guard settings.invitationsByParticipants, own.role >= .participant else { throw .invitationsForbidden }
        }
        let actor = actor(requester) ?? Event.Actor(nick: nil, jid: requester.jid.bare)
        var draft = Draft(self)
        for invitee in wish.invitees {
            let affiliation = draft.room.affiliations.affiliation(of: invitee)
            guard affiliation != .outcast else { throw .inviteeBanned }
            if settings.listsInvitees, affiliation == .none {
                let change = AffiliationChange(target: .jid(invitee.bare), affiliation: .member)
                draft.give(change, to: invitee.bare, by: actor, context)
            }
            let sent = Event.InvitationSent(
                inviter: actor, invitee: invitee, invitation: wish, password: settings.password, time: context.now)
            draft.add(.conversation(.invited(sent)))
        }
        try draft.room.affiliations.check(replacing: affiliations, context.limits)
        draft.takeAsItIs(context)
        return draft.events
    }

    func decline(_ wish: Decline, by jid: JID, _ context: Context) -> [Event] {
        guard invitations.isInvited(jid, at: context.now, context.limits),
            (wish.reason?.utf8.count ?? 0) <= context.limits.reasonBytes
        else { return [] }
        return [.conversation(.declined(Event.DeclineSent(decliner: jid.bare, to: wish.target, decline: wish)))]
    }
}

extension Draft {
    /// Whoever became a member of a members-only room is invited, unless it takes part already (MUC-286).
    mutating func bid(_ jid: JID, by requester: Requester, _ reason: String?, _ context: Context) {
        guard jid.local != nil, room.participant(jid: jid) == nil, let actor = room.actor(requester) else { return }
        let sent = Event.InvitationSent(
            inviter: actor, invitee: jid, invitation: Invitation(invitees: [jid], reason: reason),
            password: room.settings.password, time: context.now)
        add(.conversation(.invited(sent)))
    }
}
