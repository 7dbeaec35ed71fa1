// Role and affiliation lists: reading them, and changing them.

import DialectKit
import Rooms
import XML
import XMPP

/// Understands `http://jabber.org/protocol/muc#admin` (XEP-0045 §8, §9, §10.3–§10.8).
struct AdminReader {
    let inbound: Inbound
    let query: Element
    let room: Room
    /// Whether admins may read the list of admins in a room that hides JIDs (MUC-328).
    let adminsReadAdminList: Bool

    func set() throws(StanzaError) -> Intent {
        guard room.isThere(for: inbound) else { throw StanzaError(.itemNotFound) }
        var roles: [RoleChange] = []
        var affiliations: [AffiliationChange] = []
        for item in items {
            let reason = item.child("reason", NS.mucAdmin)?.text
            switch try rank(of: item) {
            case .role(let role): roles.append(RoleChange(nick: try nick(of: item), role: role, reason: reason))
            case .affiliation(let affiliation):
                affiliations.append(try change(of: item, to: affiliation, reason))
            }
        }
        var commands: [Command] = []
        if !roles.isEmpty { commands.append(.setRoles(roles, by: inbound.requester)) }
        if !affiliations.isEmpty { commands.append(.setAffiliations(affiliations, by: inbound.requester)) }
        guard !commands.isEmpty else { throw StanzaError(.badRequest) }
        return .change(commands, answer: Intent.Answer(inbound.stanza.result()))
    }

    func get() throws(StanzaError) -> Intent {
        guard room.isThere(for: inbound) else { throw StanzaError(.itemNotFound) }
        guard items.count == 1, let item = items.first else { throw StanzaError(.badRequest) }
        let list: [Element]
        switch try rank(of: item) {
        case .role(let role): list = try occupants(role)
        case .affiliation(let affiliation): list = try affiliates(affiliation)
        }
        return .reply([inbound.stanza.result([Element("query", NS.mucAdmin) { list }])])
    }

    // MARK: Items

    private enum Rank {
        case role(Role)
        case affiliation(Affiliation)
    }

    private var items: [Element] { query.children.filter { $0.is("item", NS.mucAdmin) } }

    /// An item is about a role or about an affiliation, never both or neither (MUC-245).
    private func rank(of item: Element) throws(StanzaError) -> Rank {
        switch (item["role"], item["affiliation"]) {
        case (let token?, nil):
            if let role = Role(token: token) { return .role(role) }
        case (nil, let token?):
            if let affiliation = Affiliation(token: token) { return .affiliation(affiliation) }
        default: break
        }
        throw StanzaError(.badRequest)
    }

    private func nick(of item: Element) throws(StanzaError) -> String {
        if let nick = item["nick"] { return nick }
        let jid = try address(of: item)
        let id = room.seating[address: jid]?.participant ?? room.roster[jid: jid]?.id
        guard let id, let participant = room.roster[id] else { throw StanzaError(.itemNotFound) }
        return participant.nick
    }

    private func change(
        of item: Element, to affiliation: Affiliation, _ reason: String?
    ) throws(StanzaError) -> AffiliationChange {
        guard item["jid"] != nil else {
            guard let nick = item["nick"] else { throw StanzaError(.badRequest) }
            return AffiliationChange(target: .nick(nick), affiliation: affiliation, reason: reason)
        }
        let jid = try address(of: item)
        var reserved: String?
        if affiliation > .none, let nick = item["nick"] { reserved = nick.isEmpty ? nick : try prepared(nick) }
        return AffiliationChange(target: .jid(jid), affiliation: affiliation, nick: reserved, reason: reason)
    }

    private func address(of item: Element) throws(StanzaError) -> JID {
        guard let text = item["jid"] else { throw StanzaError(.badRequest) }
        guard let jid = try? JID(text) else { throw StanzaError(.jidMalformed) }
        return jid
    }

    /// The nick as it will stand in addresses.
    private func prepared(_ nick: String) throws(StanzaError) -> String {
        guard let nick = (try? inbound.room.with(resource: nick))?.resource else { throw StanzaError(.jidMalformed) }
        return nick
    }

    // MARK: Lists

    /// Role lists have nick, role, affiliation and full JID (MUC-264).
    private func occupants(_ role: Role) throws(StanzaError) -> [Element] {
        let isModerator = inbound.seat.flatMap { room.participant(at: $0.id) }?.role == .moderator
        guard isModerator || room.permissions.rank(of: inbound.requester) >= .admin else {
            throw StanzaError(.forbidden)
        }
        let people = room.roster.all.filter { $0.role == role }.sorted { $0.nick < $1.nick }
        return people.compactMap { room.person($0.id) }.map {
            Element(
                "item", NS.mucAdmin,
                [
                    "affiliation": $0.affiliation.token, "role": $0.role.token, "nick": $0.nick,
                    "jid": $0.jid.description,
                ])
        }
    }

    /// Affiliation lists have affiliation and bare JID, a nick where one is known, and no role (MUC-284).
    private func affiliates(_ affiliation: Affiliation) throws(StanzaError) -> [Element] {
        let mayRead =
            room.permissions.mayRead(affiliation, inbound.requester)
            || (adminsReadAdminList && affiliation == .admin
                && room.permissions.rank(of: inbound.requester) == .admin)
        guard mayRead else { throw StanzaError(.forbidden) }
        return room.affiliations.list(affiliation).map { jid in
            let entry = room.affiliations.entries[jid]
            let nick = affiliation == .outcast ? nil : entry?.nick ?? room.roster[jid: jid]?.nick
            let reason = affiliation == .outcast ? entry?.reason : nil
            return Element(
                "item", NS.mucAdmin, ["affiliation": affiliation.token, "jid": jid.description, "nick": nick]
            ) {
                if let reason { Element("reason", NS.mucAdmin) { reason } }
            }
        }
    }
}
