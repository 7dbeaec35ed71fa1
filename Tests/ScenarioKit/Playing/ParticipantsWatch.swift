// Whoever subscribed to the participants of a channel knows who they are, and by which nicks (MIXC-057, MIXC-061).

package import Host
package import XML
import XMPP

/// Folds what every client is told of the participants of channels, and compares with the rooms when all is quiet.
///
/// A client is told what changes, not what is, so its picture begins with what the room was when it began to listen.
/// Where it is uncertain whether a client still listens, only what it does hear is compared.
package final class ParticipantsWatch: Watch {
    private struct Visit: Hashable {
        let reader: String
        let channel: String
    }

    private struct Membership: Hashable {
        let account: String
        let channel: String
    }

    /// What a client knows: the nick by stable id.
    private struct Picture {
        var nicks: [String: String] = [:]
        /// What it was told since all was quiet; nil: gone.
        var news: [String: String?] = [:]
        /// Nothing is missing in `nicks`, and everything that happens will be told.
        var isWhole = false
    }

    private let domain: String
    /// The account of each client.
    private var accounts: [String: String] = [:]
    /// The stable id of each account in each channel that it has joined.
    private var ids: [Membership: String] = [:]
    /// Who has subscribed to the participants.
    private var subscribed: Set<Membership> = []
    private var pictures: [Visit: Picture] = [:]
    /// Storage fails on purpose: what a room is and what was told need not agree until it has caught up.
    package var isSuspended = false

    /// - Parameter channels: the domain of the channels.
    package init(channels domain: String) { self.domain = domain }

    /// Somebody is there.
    package func know(_ name: String, _ login: Login) { accounts[name] = login.bare }

    package func left(_ name: String) { pictures = pictures.filter { $0.key.reader != name } }

    // MARK: What is said

    /// Finds out who may not be told everything any more.
    package func sent(_ stanza: Element, by name: String) {
        guard let account = accounts[name] else { return }
        if stanza.name == "presence", stanza["to"] == nil { return mute(name, stanza) }
        for item in stanza.child("block", NS.blocking).map({ Array($0.children) }) ?? [] {
            guard let source = item["jid"].flatMap({ ChannelSource(address: $0, of: domain) }) else { continue }
            subscribed.remove(Membership(account: account, channel: source.channel))
        }
        guard let channel = stanza["to"].flatMap({ ChannelSource(address: $0, of: domain) })?.channel else { return }
        stanza.walk { element in
            switch (element.name, element["node"], element["var"]) {
            case ("unsubscribe", NS.mixNodeParticipants, _):
                subscribed.remove(Membership(account: account, channel: channel))
            // the rules of subscription may change for everybody
            case ("delete", NS.mixNodeParticipants, _), ("field", _, "Participants Node Subscription"),
                ("field", _, "Nodes Present"):
                subscribed = subscribed.filter { $0.channel != channel }
            default: break
            }
        }
    }

    /// A client that goes offline, or does not say any more what it can, may be told nothing.
    private func mute(_ name: String, _ presence: Element) {
        guard presence["type"] == "unavailable" || presence.child("c", NS.caps) == nil else { return }
        left(name)
    }

    // MARK: What is told

    package func delivered(_ stanza: Element, to name: String) {
        guard let account = accounts[name] else { return }
        if stanza.name == "iq", stanza["type"] == "result" { return learn(from: stanza, account, name) }
        guard stanza.name == "message", stanza["type"] != "error",
            let source = ChannelSource(stanza, of: domain), source.participant == nil,
            let event = stanza.child("event", NS.pubsubEvent)
        else { return }
        let visit = Visit(reader: name, channel: source.channel)
        for items in event.children where items["node"] == NS.mixNodeParticipants {
            guard items.name == "items" else {
                subscribed = subscribed.filter { $0.channel != source.channel }
                continue
            }
            for item in items.children { take(item, visit) }
        }
    }

    private func take(_ item: Element, _ visit: Visit) {
        guard let name = item["id"] else { return }
        let id = ChannelSource(address: name, of: domain)?.participant ?? name
        let participant = item.firstChild
        let nick = participant?["nick"] ?? participant?.children.first { $0.name == "nick" }?.text ?? ""
        pictures[visit, default: Picture()].news.updateValue(item.name == "item" ? nick : nil, forKey: id)
    }

    /// A join or a change of subscriptions was granted.
    private func learn(from result: Element, _ account: String, _ reader: String) {
        guard let granted = result.first("join") ?? result.first("update-subscription") else { return }
        let proxy = granted["jid"].flatMap { ChannelSource(address: $0, of: domain) }
        guard let channel = ChannelSource(result, of: domain)?.channel ?? proxy?.channel else { return }
        let membership = Membership(account: account, channel: channel)
        if let id = granted["id"] ?? proxy?.participant { ids[membership] = id }
        let isToldOfParticipants = granted.children.contains {
            $0.name == "subscribe" && $0["node"] == NS.mixNodeParticipants
        }
        guard isToldOfParticipants else { return }
        subscribed.insert(membership)
        pictures[Visit(reader: reader, channel: channel), default: Picture()].isWhole = false
    }

    // MARK: Comparing

    package func settle(_ rooms: [RoomDescription]) -> String? {
        let known = rooms.map { room in
            (room.name, Dictionary(room.participants.map { ($0.id, $0.nick) }) { first, _ in first })
        }
        return compare(Dictionary(known) { first, _ in first })
    }

    /// - Parameter rooms: the nicks of the participants by stable id, by the local part of the room.
    func compare(_ rooms: [String: [String: String]]) -> String? {
        guard !isSuspended else { return nil }
        for (channel, participants) in rooms.sorted(by: { $0.key < $1.key }) {
            forget(whoIsNotIn: participants, channel)
            let visits = pictures.keys.filter { $0.channel == channel }.sorted { $0.reader < $1.reader }
            for visit in visits { if let fault = compare(visit, participants) { return fault } }
        }
        return nil
    }

    /// Whoever is no participant any more is told no more.
    private func forget(whoIsNotIn participants: [String: String], _ channel: String) {
        for (membership, id) in ids where membership.channel == channel && participants[id] == nil {
            ids[membership] = nil
            subscribed.remove(membership)
            pictures = pictures.filter { visit, _ in
                visit.channel != channel || accounts[visit.reader] != membership.account
            }
        }
    }

    private func compare(_ visit: Visit, _ participants: [String: String]) -> String? {
        guard var picture = pictures[visit], let account = accounts[visit.reader] else { return nil }
        let membership = Membership(account: account, channel: visit.channel)
        for (id, nick) in picture.news { picture.nicks[id] = nick }
        let isToldAll = subscribed.contains(membership) && ids[membership] != nil
        if picture.isWhole, isToldAll {
            guard picture.nicks == participants else {
                return "\(visit.reader) was told of \(Self.list(picture.nicks)) in \(visit.channel), where are "
                    + "\(Self.list(participants))"
            }
        } else {
            for (id, nick) in picture.news where participants[id] != nick {
                return "\(visit.reader) was told that \(id) in \(visit.channel) is \(nick ?? "gone"), who is "
                    + "\(participants[id] ?? "gone")"
            }
        }
        pictures[visit] = Picture(nicks: participants, isWhole: isToldAll)
        return nil
    }

    private static func list(_ nicks: [String: String]) -> String {
        nicks.map { "\($0.value) (\($0.key))" }.sorted().joined(separator: ", ")
    }
}
