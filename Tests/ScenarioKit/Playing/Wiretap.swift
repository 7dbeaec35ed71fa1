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
/// others before itself, so what looks like a leak is judged when everything that was sent has arrived. Of a channel
/// of MIX, which tells nobody what he is, `ChannelSight` knows it.
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

    /// Under which rules something was read.
    private enum Kind {
        case room
        case channel
        /// What the channel only carries: no address is ever added to it.
        case passed
    }

    private struct Suspicion {
        let visit: Visit
        let kind: Kind
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
    private var texts = WrittenTexts()
    private var sight = ChannelSight()
    /// The domains of the rooms, and of the same rooms as channels.
    private let domains: (rooms: String, channels: String)?

    package init() { domains = nil }

    /// - Parameters:
    ///   - rooms: the domain of the rooms.
    ///   - channels: the domain where the same rooms are channels of MIX.
    package init(rooms: String, channels: String) { domains = (rooms, channels) }

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

    /// What a room is, from the room itself, now that all is quiet.
    package func know(room: String, showsAddresses: Bool, rulers: [String]) {
        sight.know(room, isOpen: showsAddresses, rulers: rulers)
    }

    /// A client writes addresses of these, in no text that others read.
    package func typed(naming names: [String], by name: String) {
        written[logins[name]?.local ?? name, default: []].formUnion(names)
    }

    /// A client writes something.
    package func typed(_ text: String, by name: String) {
        let block = try? Element(parsing: "<block xmlns='\(NS.client)'>\(text)</block>")
        let stanzas = block.map { Array($0.children) } ?? []
        for (owner, login) in logins where text.contains(login.local) {
            written[logins[name]?.local ?? name, default: []].insert(owner)
            for stanza in stanzas { texts.collect(from: stanza, naming: login.local) }
        }
        guard let domains, let local = logins[name]?.local else { return }
        for stanza in stanzas {
            let wrapped = stanza.firstChild?["channel"]
            for address in [stanza["to"], wrapped].compactMap({ $0 }) {
                guard let source = ChannelSource(address: address, of: domains.channels) else { continue }
                sight.written(stanza, to: "\(source.channel)@\(domains.rooms)", by: local)
            }
        }
    }

    /// A stanza reaches a client.
    ///
    /// - Parameter names: whose addresses stand in it, if that is known already.
    package func delivered(_ stanza: Element, to reader: String, naming names: [String]? = nil) {
        let (room, kind) = place(of: stanza)
        learn(from: stanza, room, kind, reader)
        guard let own = logins[reader] else { return }
        let isFromHome = room.isEmpty || room == own.domain
        // what an account keeps of a room, or copies for another client, is read by the rules of that room
        let kept = names == nil && (isFromHome || room == own.bare) ? forwarded(in: stanza) : []
        for inner in kept {
            let (room, kind) = place(of: inner)
            examine(inner, Visit(room: room, reader: reader), kind, names: nil)
        }
        if accounts.contains(room) {
            met[own.local, default: []].formUnion(logins.filter { $0.value.bare == room }.keys)
            return
        }
        examine(stanza, Visit(room: room, reader: reader), kind, names: names, isFromHome: isFromHome)
    }

    private func examine(_ stanza: Element, _ visit: Visit, _ kind: Kind, names: [String]?, isFromHome: Bool = false) {
        guard let own = logins[visit.reader] else { return }
        for owner in names ?? owners(in: stanza, visit, kind, isFromHome) {
            guard logins[owner]?.local != own.local, !mayRead(visit, kind, of: owner) else { continue }
            if isFromHome, met[own.local]?.contains(owner) == true { continue }
            suspicions.append(
                Suspicion(
                    visit: visit, kind: kind,
                    leak: Leak(owner: owner, reader: visit.reader, stanza: stanza.description),
                    isPresence: stanza.name == "presence"))
        }
    }

    /// Whose addresses stand in a stanza, apart from the texts in which they were written on purpose, the lists that
    /// are open, and what is read by the rules of another room.
    private func owners(in stanza: Element, _ visit: Visit, _ kind: Kind, _ isFromHome: Bool) -> [String] {
        let isOtherwiseRead = { (element: Element) in
            switch element.name {
            case "items": kind == .channel && self.sight.isOpenList(element, of: visit.room)
            case "forwarded": isFromHome && !self.forwarded(in: element).isEmpty
            default: false
            }
        }
        return logins.filter { texts.isNamed($0.value.local, in: stanza, skipping: isOtherwiseRead) }.keys.sorted()
    }

    /// Stanzas of rooms that are passed on within this one.
    private func forwarded(in element: Element) -> [Element] {
        guard domains != nil else { return [] }
        var found: [Element] = []
        element.walk { element in
            guard element.is("forwarded", NS.forward) else { return }
            found += element.children.filter { $0["from"] != nil && isOfRoom($0) }
        }
        return found
    }

    private func isOfRoom(_ stanza: Element) -> Bool {
        guard let domains else { return false }
        return ChannelSource(stanza, of: domains.channels) != nil || RoomSource(stanza, of: domains.rooms) != nil
    }

    /// The room that a stanza is from, under the domain of the rooms, and the rules for it; else whoever it is from.
    private func place(of stanza: Element) -> (room: String, kind: Kind) {
        let sender = stanza["from"].map { String($0.prefix { $0 != "/" }) } ?? ""
        guard let domains, let source = ChannelSource(stanza, of: domains.channels) else { return (sender, .room) }
        let isPassed =
            source.isProxy && (stanza.name == "iq" || (stanza.name == "message" && stanza["type"] != "groupchat"))
        return ("\(source.channel)@\(domains.rooms)", isPassed ? .passed : .channel)
    }

    private func mayRead(_ visit: Visit, _ kind: Kind, of owner: String) -> Bool {
        if let own = logins[visit.reader]?.local, written[own]?.contains(owner) == true { return true }
        guard kind != .passed else { return false }
        if kind == .channel, isShown(owner, visit) { return true }
        guard kind == .room || domains?.rooms == domains?.channels else { return ranksHigh(visit) }
        if openRooms.contains(visit.room) || lately.contains(visit.room) { return true }
        return standings[visit]?.mayRead == true || ranksHigh(visit)
    }

    /// Whether a channel of MIX shows an address.
    private func isShown(_ owner: String, _ visit: Visit) -> Bool {
        guard let local = logins[owner]?.local, let account = logins[visit.reader]?.bare else { return false }
        return sight.shows(local, to: account, in: visit.room)
    }

    /// An affiliation is the account's, whichever client of it was told.
    private func ranksHigh(_ visit: Visit) -> Bool {
        let account = logins[visit.reader]?.bare
        return logins.contains { name, login in
            login.bare == account && standings[Visit(room: visit.room, reader: name)]?.ranksHigh == true
        }
    }

    /// An owner or admin, by the room's own lists.
    private func isRuler(_ visit: Visit) -> Bool {
        logins[visit.reader].map { sight.isRuler($0.bare, of: visit.room) } ?? false
    }

    // MARK: Learning

    private func learn(from stanza: Element, _ room: String, _ kind: Kind, _ reader: String) {
        if kind == .channel, stanza["type"] != "groupchat" { sight.told(stanza, of: room) }
        learnOfCreation(stanza, reader)
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

    /// Whoever makes a channel owns it, and is told of nothing but that (XEP-0369 §7.3.2).
    private func learnOfCreation(_ stanza: Element, _ reader: String) {
        guard let domains, stanza.name == "iq", stanza["type"] == "result", stanza["from"] == domains.channels,
            let channel = stanza.first("create")?["channel"], let account = logins[reader]?.bare
        else { return }
        sight.created("\(channel.prefix { $0 != "@" })@\(domains.rooms)", by: account)
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
            sight.forgetLately()
        }
        return suspicions.first { !isExcused($0) }?.leak
    }

    /// Whether it turned out later that this was for its reader.
    private func isExcused(_ suspicion: Suspicion) -> Bool {
        switch suspicion.kind {
        case .passed: return false
        case .channel where isShown(suspicion.leak.owner, suspicion.visit) || ranksHigh(suspicion.visit): return true
        case .channel where domains?.rooms != domains?.channels: return false
        case .channel, .room: return openRooms.contains(suspicion.visit.room) || isRuler(suspicion.visit)
        }
    }
}
