// Invitations and their refusals on the way out.

import DialectKit
import Rooms
import XML
import XMPP

/// Writes mediated invitations and declines (XEP-0045 §7.8.2).
struct InvitationWriter {
    let room: Room
    let domain: String
    /// Whether invitees with clients of 1999 or 2001 get words and `jabber:x:conference` too (MUC-197).
    let isLegacy: Bool

    /// The invitation, with nothing in it but what the room knows or lets through (MUC-196).
    func invited(_ sent: Event.InvitationSent) -> Stanza? {
        guard let room = try? JID(local: room.name.local, domain: domain, resource: nil) else { return nil }
        let inviter = inviter(sent, room)
        let reason = sent.invitation.reason
        let user = Element("x", NS.mucUser) {
            Element("invite", NS.mucUser, ["from": inviter.description]) {
                if let reason { Element("reason", NS.mucUser) { reason } }
                sent.invitation.continuation
            }
            if let password = sent.password { Element("password", NS.mucUser) { password } }
        }
        var payload = [user]
        if isLegacy {
            let words = "\(inviter) invites you to the room \(room)" + (reason.map { ": \($0)" } ?? ".")
            payload.insert(Element("body", NS.client) { words }, at: 0)
            payload.append(Element("x", NS.conference, ["jid": room.description]) { reason })
        }
        payload.append(Element("store", NS.hints))
        return .message(id: sent.invitation.id, from: room, to: sent.invitee, payload: payload)
    }

    /// The inviter by real JID only where everybody sees it or the invitee may (MUC-194).
    private func inviter(_ sent: Event.InvitationSent, _ address: JID) -> JID {
        let isKnown = room.settings.isOpen || room.affiliations.affiliation(of: sent.invitee) >= .admin
        if isKnown { return sent.inviter.jid.bare }
        return sent.inviter.nick.flatMap { try? address.with(resource: $0) } ?? address
    }

    /// A decline for an inviter who is in the room.
    func declined(_ sent: Event.DeclineSent) -> Template {
        Template(.message) { writer in
            writer.attribute("from", RoomAddress(room, domain).text)
            if let id = sent.decline.id { writer.attribute("id", id) }
            writer.element(Self.user(sent))
        }
    }

    /// A decline for an inviter who is not in the room; the room writes so only to those who belong to it.
    func declinedOutside(_ sent: Event.DeclineSent) -> Stanza? {
        guard case .jid(let inviter) = sent.to, room.reach(of: .conversation(.declined(sent))) == .nobody,
            room.affiliations.affiliation(of: inviter) >= .member,
            let from = try? JID(local: room.name.local, domain: domain, resource: nil)
        else { return nil }
        return .message(id: sent.decline.id, from: from, to: inviter, payload: [Self.user(sent)])
    }

    private static func user(_ sent: Event.DeclineSent) -> Element {
        Element("x", NS.mucUser) {
            Element("decline", NS.mucUser, ["from": sent.decliner.description]) {
                if let reason = sent.decline.reason { Element("reason", NS.mucUser) { reason } }
            }
        }
    }
}
