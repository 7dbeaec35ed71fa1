// Whoever folds the presences it got knows who is in a room, as what, and by which address (MUC-445).

package import Host
package import XML
import XMPP

/// Folds the presences of every client, and compares with the rooms whenever all is quiet.
package final class RosterWatch: Watch {
    /// What a client knows of an occupant.
    private struct Seen: Equatable {
        let affiliation: String?
        let role: String?
        let jid: String?
    }

    private struct Visit: Hashable {
        let reader: String
        let room: String
    }

    private let domain: String
    private var logins: [String: Login] = [:]
    private var folds: [Visit: [String: Seen]] = [:]
    /// Visits in which a client was told of itself as of itself: it will be told so of its end too. One of 1999 is not.
    private var marked: Set<Visit> = []
    /// Visits whose stream was cut: until the seat is empty nobody knows what its client was told.
    private var blind: Set<Visit> = []
    /// Storage fails on purpose: what a room is and what was told need not agree until it has caught up.
    package var isSuspended = false

    /// - Parameter rooms: the domain of the rooms.
    package init(rooms domain: String) { self.domain = domain }

    /// Somebody is there.
    package func know(_ name: String, _ login: Login) { logins[name] = login }

    package func left(_ name: String) {
        blind.formUnion(folds.keys.filter { $0.reader == name })
        folds = folds.filter { $0.key.reader != name }
        marked = marked.filter { $0.reader != name }
    }

    /// Who blocks a room hears nothing of it any more, not even that it has left (XEP-0191 §3.3).
    package func sent(_ stanza: Element, by name: String) {
        for item in stanza.child("block", NS.blocking).map({ Array($0.children) }) ?? [] {
            if let room = item["jid"] { marked.remove(Visit(reader: name, room: room)) }
        }
    }

    package func delivered(_ stanza: Element, to name: String) {
        guard stanza.name == "presence", let source = RoomSource(stanza, of: domain), let nick = source.nick else {
            return
        }
        let visit = Visit(reader: name, room: source.room)
        switch stanza["type"] {
        case nil:
            let item = stanza.child("x", NS.mucUser)?.child("item", NS.mucUser)
            folds[visit, default: [:]][nick] = Seen(
                affiliation: item?["affiliation"], role: item?["role"], jid: item?["jid"])
            if stanza.statusCodes.contains("110") { marked.insert(visit) }
        case "unavailable"?:
            folds[visit]?[nick] = nil
            let codes = stanza.statusCodes
            let isOver = stanza.child("x", NS.mucUser)?.child("destroy", NS.mucUser) != nil
            guard isOver || (codes.contains("110") && !codes.contains("303")) else { return }
            folds[visit] = nil
            marked.remove(visit)
        default: break
        }
    }

    package func settle(_ rooms: [RoomDescription]) -> String? {
        guard !isSuspended else { return nil }
        let known = Dictionary(rooms.map { ("\($0.name)@\(domain)", $0) }) { first, _ in first }
        blind = blind.filter { visit in
            guard let login = logins[visit.reader], let room = known[visit.room] else { return false }
            return seat(of: login, in: room) != nil
        }
        for visit in folds.keys.sorted(by: { ($0.room, $0.reader) < ($1.room, $1.reader) }) {
            if let fault = compare(visit, known[visit.room]) { return fault }
        }
        for (address, room) in known.sorted(by: { $0.key < $1.key }) {
            for (name, login) in logins.sorted(by: { $0.key < $1.key }) {
                let visit = Visit(reader: name, room: address)
                guard folds[visit] == nil, !blind.contains(visit), seat(of: login, in: room) != nil else { continue }
                return "\(name) sits in \(address) and knows nothing of it"
            }
        }
        return nil
    }

    private func seat(of login: Login, in room: RoomDescription) -> (RoomDescription.Occupant, isMUC: Bool)? {
        for occupant in room.occupants {
            // who speaks MIX is shown no occupants
            if occupant.seats.contains("\(login.full) (muc)") { return (occupant, true) }
            if occupant.seats.contains("\(login.full) (groupchat)") { return (occupant, false) }
        }
        return nil
    }

    private func compare(_ visit: Visit, _ room: RoomDescription?) -> String? {
        guard !blind.contains(visit), let fold = folds[visit], let login = logins[visit.reader] else { return nil }
        guard let room, let (own, isMUC) = seat(of: login, in: room) else {
            folds[visit] = nil
            return marked.contains(visit) ? "\(visit.reader) believes itself in \(visit.room)" : nil
        }
        // somebody without a nick, who can only have joined by MIX, is no occupant to others
        let shown = room.occupants.filter { occupant in
            !occupant.nick.isEmpty && (room.shownRoles.contains(occupant.role) || occupant.nick == own.nick)
        }
        let (expected, seen) = (Set(shown.map(\.nick)), Set(fold.keys))
        guard expected == seen else {
            return "\(visit.reader) sees \(seen.sorted()) in \(visit.room), where are \(expected.sorted())"
        }
        guard isMUC else { return nil }
        let seesAddresses = room.showsAddresses || own.role == "moderator"
        for occupant in shown {
            guard let seen = fold[occupant.nick] else { continue }
            let address = occupant.nick == own.nick ? login.full : occupant.shown
            let isRight = seen.jid == address || (seen.jid == nil && !seesAddresses)
            guard seen.role == occupant.role, seen.affiliation == occupant.affiliation, isRight else {
                return "\(visit.reader) sees \(occupant.nick) in \(visit.room) as \(seen), which is \(occupant)"
            }
        }
        return nil
    }
}
