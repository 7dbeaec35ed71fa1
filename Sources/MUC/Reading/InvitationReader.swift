// Mediated invitations and their refusals, as messages to the room.

import DialectKit
import Rooms
import XML
import XMPP

/// Understands `<invite/>` and `<decline/>` (XEP-0045 §7.8.2).
struct InvitationReader {
    let inbound: Inbound
    let room: Room

    /// - Returns: nil where the element is neither.
    func read(_ user: Element) throws(StanzaError) -> Intent? {
        let invites = user.children.filter { $0.is("invite", NS.mucUser) }
        if !invites.isEmpty { return try invitation(invites) }
        if let decline = user.child("decline", NS.mucUser) { return try self.decline(decline) }
        return nil
    }

    private func invitation(_ invites: [Element]) throws(StanzaError) -> Intent {
        guard invites.count <= room.limits.inviteesPerRequest else { throw StanzaError(.resourceConstraint) }
        var commands: [Command] = []
        for invite in invites {
            let invitation = Invitation(
                invitees: [try address(invite["to"])], reason: invite.child("reason", NS.mucUser)?.text,
                continuation: invite.child("continue", NS.mucUser), id: inbound.stanza.id)
            commands.append(.invite(invitation, by: inbound.requester))
        }
        return .change(commands)
    }

    private func decline(_ element: Element) throws(StanzaError) -> Intent {
        let inviter = try address(element["to"])
        var target = Decline.Target.jid(inviter)
        if let local = inbound.room.local, inbound.service.isAddress(inviter.bare, ofRoom: local) {
            guard let nick = inviter.resource else { return .ignore }
            target = .nick(nick)
        }
        let decline = Decline(
            target: target, reason: element.child("reason", NS.mucUser)?.text, id: inbound.stanza.id)
        return .change([.decline(decline, by: inbound.from)])
    }

    private func address(_ text: String?) throws(StanzaError) -> JID {
        guard let text, let jid = try? JID(text) else { throw StanzaError(.jidMalformed) }
        return jid
    }
}
