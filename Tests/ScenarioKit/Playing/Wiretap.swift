// Listens to every stanza that reaches any client, and finds real addresses that were not for its reader (law 7).

package import XML
import XMPP

/// A real address that reached somebody who may not see it.
package struct Leak: Sendable, Equatable, CustomStringConvertible {
    package let owner: String
    package let reader: String
    package let stanza: String

    package var description: String {
        "LEAK: the real address of \(owner) reached \(reader), who may not see it:\n    \(stanza)"
    }
}

/// The tap. The local parts of the accounts are unguessable, so that finding one in the bytes of a stanza is no chance.
///
/// Who may see an address is learnt as a client learns it: from its own presence in a room (role, affiliation, status
/// 100) and from the room's word that it shows addresses from now on (172) or not (173). A newcomer is told of the
/// others before itself, so what looks like a leak is judged when everything that was sent has arrived.
package final class Wiretap {
    /// What a reader is to a room.
    private struct Standing {
        var mayModerate = false
        var ranksHigh = false
        var mayRead: Bool { mayModerate || ranksHigh }
    }

    private struct Visit: Hashable {
        let room: String
        let reader: String
    }

    private struct Suspicion {
        let visit: Visit
        let leak: Leak
        let isPresence: Bool
    }

    private var logins: [String: Login] = [:]
    private var accounts: Set<String> = []
    private var standings: [Visit: Standing] = [:]
    private var openRooms: Set<String> = []
    /// Open at some time since everything was quiet: what was written then may arrive now.
    private var lately: Set<String> = []
    private var suspicions: [Suspicion] = []
    /// Addresses that somebody wrote itself, by the account that wrote them.
    private var written: [String: Set<String>] = [:]
    /// Who wrote to an account from its own address: the account's server may speak of them.
    private var met: [String: Set<String>] = [:]
    /// Texts in which somebody wrote an address: their readers read it there with the writer's leave.
    private var texts: [String] = []

    package init() {}

    /// Somebody is there.
    package func know(_ name: String, _ login: Login) {
        logins[name] = login
        accounts.insert(login.bare)
    }

    /// Everybody is out of every room.
    package func forgetVisits() {
        for visit in standings.keys { standings[visit]?.mayModerate = false }
    }

    /// A room shows addresses though nobody was told so: its first configuration is nobody's news (MUC-308).
    package func know(openRoom room: String) {
        openRooms.insert(room)
        lately.insert(room)
    }

    /// Accounts are admins or owners of a room, or were lately, though they may not have been told.
    package func know(rulers accounts: [String], of room: String) {
        suspicions.removeAll { suspicion in
            suspicion.visit.room == room && logins[suspicion.visit.reader].map { accounts.contains($0.bare) } == true
        }
    }

    /// A client writes addresses of these, in no text that others read.
    package func typed(naming names: [String], by name: String) {
        written[logins[name]?.local ?? name, default: []].formUnion(names)
    }

    /// A client writes something.
    package func typed(_ text: String, by name: String) {
        for (owner, login) in logins where text.contains(login.local) {
            written[logins[name]?.local ?? name, default: []].insert(owner)
            guard let stanza = try? Element(parsing: text) else { continue }
            collectTexts(of: stanza, naming: login.local)
        }
    }

    private func collectTexts(of element: Element, naming local: String) {
        if element.text.contains(local) { texts.append(element.text) }
        for child in element.children { collectTexts(of: child, naming: local) }
    }

    /// A stanza reaches a client.
    ///
    /// - Parameter names: whose addresses stand in it, if that is known already.
    package func delivered(_ stanza: Element, to reader: String, naming names: [String]? = nil) {
        let room = stanza["from"].map { String($0.prefix { $0 != "/" }) } ?? ""
        learn(from: stanza, room, reader)
        guard let own = logins[reader] else { return }
        if accounts.contains(room) {
            met[own.local, default: []].formUnion(logins.filter { $0.value.bare == room }.keys)
            return
        }
        let isFromHome = room.isEmpty || room == own.domain
        let visit = Visit(room: room, reader: reader)
        for owner in names ?? owners(in: stanza) {
            guard logins[owner]?.local != own.local, !mayRead(visit, of: owner) else { continue }
            if isFromHome, met[own.local]?.contains(owner) == true { continue }
            suspicions.append(
                Suspicion(
                    visit: visit, leak: Leak(owner: owner, reader: reader, stanza: stanza.description),
                    isPresence: stanza.name == "presence"))
        }
    }

    /// Whose addresses stand in a stanza, the texts apart in which they were written on purpose.
    private func owners(in stanza: Element) -> [String] {
        var bytes = stanza.description
        for text in texts { bytes = bytes.replacing(text, with: "") }
        return logins.filter { bytes.contains($0.value.local) }.keys.sorted()
    }

    private func mayRead(_ visit: Visit, of owner: String) -> Bool {
        if let own = logins[visit.reader]?.local, written[own]?.contains(owner) == true { return true }
        if openRooms.contains(visit.room) || lately.contains(visit.room) { return true }
        if standings[visit]?.mayRead == true { return true }
        // an affiliation is the account's, whichever client of it was told
        let account = logins[visit.reader]?.bare
        return logins.contains { name, login in
            login.bare == account && standings[Visit(room: visit.room, reader: name)]?.ranksHigh == true
        }
    }

    // MARK: Learning

    private func learn(from stanza: Element, _ room: String, _ reader: String) {
        guard let user = stanza.child("x", NS.mucUser) else { return }
        let codes = Set(user.children.filter { $0.name == "status" }.compactMap { $0["code"] })
        if codes.contains("100") || codes.contains("172") {
            openRooms.insert(room)
            lately.insert(room)
        }
        if codes.contains("173") || user.child("destroy", NS.mucUser) != nil { openRooms.remove(room) }
        guard stanza.name == "presence" else { return learnRank(user, room, reader) }
        guard codes.contains("110"), stanza["type"] != "error", let item = user.child("item", NS.mucUser) else {
            return
        }
        let visit = Visit(room: room, reader: reader)
        standings[visit] = Standing(
            mayModerate: item["role"] == "moderator", ranksHigh: Self.isHigh(item["affiliation"]))
        // a newcomer is told of the others before it is told what it is itself
        guard standings[visit]?.mayRead == true || openRooms.contains(room) else { return }
        suspicions.removeAll { $0.isPresence && $0.visit == visit }
    }

    /// Somebody absent learns of its own rank by a message; moderators learn of everybody's.
    private func learnRank(_ user: Element, _ room: String, _ reader: String) {
        guard let item = user.child("item", NS.mucUser), let jid = item["jid"] else { return }
        for (name, login) in logins where login.bare == jid {
            standings[Visit(room: room, reader: name), default: Standing()].ranksHigh = Self.isHigh(item["affiliation"])
        }
    }

    private static func isHigh(_ affiliation: String?) -> Bool { affiliation == "admin" || affiliation == "owner" }

    // MARK: Judging

    /// Everything that was sent has arrived.
    ///
    /// - Returns: the first thing that was not for its reader.
    package func settle() -> Leak? {
        defer {
            suspicions = []
            lately = openRooms
        }
        return suspicions.first { !openRooms.contains($0.visit.room) }?.leak
    }
}
