// Whoever enters is told all of it in its order, and of itself as of itself (MUC-106, MUC-396, MUC-443).

package import Host
package import XML
import XMPP

/// Follows each client of today through its visits to each room.
package final class EntryWatch: Watch {
    /// How far a client is told of a room (XEP-0045 §7.1).
    private enum Phase: String {
        case outside = "outside"
        case others = "while it is told of the others"
        case itself = "after it was told of itself"
        case history = "during the history"
        case inside = "inside"
    }

    private struct Visit: Hashable {
        let reader: String
        let room: String
    }

    private let domain: String
    private var phases: [Visit: Phase] = [:]
    private var nicks: [Visit: String] = [:]
    /// Visits that began with the mark of MUC.
    private var marked: Set<Visit> = []
    private var faults: [String] = []

    /// - Parameter rooms: the domain of the rooms.
    package init(rooms domain: String) { self.domain = domain }

    package func sent(_ stanza: Element, by name: String) {
        guard stanza.name == "presence", stanza["type"] == nil, let to = stanza["to"],
            let source = RoomSource(address: to, of: domain)
        else { return }
        let visit = Visit(reader: name, room: source.room.lowercased())
        if stanza.child("x", NS.muc) != nil {
            marked.insert(visit)
        } else if phases[visit, default: .outside] == .outside {
            marked.remove(visit)
        }
    }

    package func left(_ name: String) {
        for visit in phases.keys where visit.reader == name { phases[visit] = nil }
        for visit in nicks.keys where visit.reader == name { nicks[visit] = nil }
        marked = marked.filter { $0.reader != name }
    }

    package func delivered(_ stanza: Element, to name: String) {
        guard let source = RoomSource(stanza, of: domain), stanza["type"] != "error", stanza.name != "iq" else {
            return
        }
        let visit = Visit(reader: name, room: source.room)
        guard marked.contains(visit) else { return }
        if stanza.name == "presence", let nick = source.nick {
            presence(stanza, of: nick, visit)
        } else if stanza["type"] == "groupchat" {
            words(stanza, visit)
        }
    }

    // MARK: Presence

    private func presence(_ stanza: Element, of nick: String, _ visit: Visit) {
        let codes = stanza.statusCodes
        let phase = phases[visit, default: .outside]
        let isOwn = codes.contains("110")
        check(stanza, codes, visit)
        guard phase != .outside || stanza["type"] == nil else { return }
        if let own = nicks[visit], (nick == own) != isOwn {
            complain("code 110 belongs to what is about oneself, and only there", stanza, visit)
        }
        if stanza["type"] == "unavailable" {
            guard isOwn else { return }
            if codes.contains("303") {
                nicks[visit] = stanza.child("x", NS.mucUser)?.child("item", NS.mucUser)?["nick"]
            } else {
                (phases[visit], nicks[visit]) = (nil, nil)
            }
            return
        }
        switch phase {
        case .outside, .others: phases[visit] = isOwn ? .itself : .others
        case .itself, .history: complain("a presence \(phase.rawValue), before the subject", stanza, visit)
        case .inside: break
        }
        if isOwn, nicks[visit] == nil { nicks[visit] = nick }
    }

    /// One word of the room in each presence, with one item, and each code once (MUC-005, MUC-006, MUC-114).
    private func check(_ stanza: Element, _ codes: [String], _ visit: Visit) {
        let users = stanza.children.filter { $0.name == "x" && $0.namespace == NS.mucUser }
        let items = users.first?.children.count { $0.name == "item" }
        if users.count != 1 || items != 1 { complain("not one <x/> of muc#user with one <item/>", stanza, visit) }
        if Set(codes).count != codes.count { complain("a code twice", stanza, visit) }
        if !Set(codes).isDisjoint(with: ["102", "103", "174"]) { complain("a code of old", stanza, visit) }
        let names = users.first.map { $0.children.map(\.name) } ?? []
        if names.drop(while: { $0 != "status" }).contains(where: { $0 != "status" }) {
            complain("a code before the item", stanza, visit)
        }
        if stanza.child("x", NS.muc) != nil { complain("the mark of entering is passed on", stanza, visit) }
    }

    // MARK: Words

    private func words(_ stanza: Element, _ visit: Visit) {
        let phase = phases[visit, default: .outside]
        let isSubject = stanza.child("subject", NS.client) != nil && stanza.child("body", NS.client) == nil
        let isPast = stanza.child("delay", NS.delay) != nil
        switch phase {
        case .inside: break
        case .itself where isSubject, .history where isSubject: phases[visit] = .inside
        case .itself where isPast, .history where isPast: phases[visit] = .history
        case .outside, .others, .itself, .history: complain("words \(phase.rawValue)", stanza, visit)
        }
    }

    private func complain(_ what: String, _ stanza: Element, _ visit: Visit) {
        faults.append("\(visit.reader) in \(visit.room): \(what): \(stanza)")
    }

    package func settle(_ rooms: [RoomDescription]) -> String? {
        defer { faults = [] }
        if let fault = faults.first { return fault }
        let half = phases.filter { $0.value != .inside && $0.value != .outside }
            .min { ($0.key.reader, $0.key.room) < ($1.key.reader, $1.key.room) }
        return half.map {
            "\($0.key.reader) was told of \($0.key.room) only in part: nothing comes \($0.value.rawValue)"
        }
    }
}
