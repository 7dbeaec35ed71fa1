// Changes of rules and lists, as the nodes show them.

import DialectKit
import Rooms
import XML
import XMPP

/// Writes configuration, information, and the lists of those allowed and banned (XEP-0406; rules X-13, XD-104 …
/// XD-136).
struct GovernanceWriter: Sendable {
    private let writer: EventWriter
    private let reader: ChannelReader
    private let nodes: NodeWriter

    init(_ writer: EventWriter) {
        self.writer = writer
        reader = writer.reader
        nodes = NodeWriter(reader: writer.reader)
    }

    func write(_ happening: Event.Governance) -> [Template] {
        switch happening {
        case .roleChanged(let change): seen(change)
        case .affiliationChanged(let change): seen(change) + ranked(change)
        case .configured(let change): configured(change)
        }
    }

    /// Roles are nothing that is told, but whoever gets one that is not broadcast is gone for everybody (MUC-138).
    private func seen(_ change: Event.RankChange) -> [Template] {
        guard !change.removes, let person = change.person, let former = change.formerRole else { return [] }
        let broadcast = reader.room.settings.presenceBroadcast
        let isShown = broadcast.contains(person.role)
        return isShown == broadcast.contains(former) ? [] : writer.seen(person, isShown: isShown)
    }

    private func ranked(_ change: Event.RankChange) -> [Template] {
        guard !change.isSilent, let stamp = change.stamp else { return [] }
        let id = nodes.id(stamp)
        var told: [Template] = []
        if change.touchesRulers, !change.isContinued { told += rules(id) }
        guard !change.isOfPurge else { return told }
        told += list(.allowed, NS.mixNodeAllowed, change, .member, id)
        told += list(.banned, NS.mixNodeBanned, change, .outcast, id)
        if change.touchesLists { told += lists(id) }
        return told
    }

    private func list(
        _ topic: Topics, _ node: String, _ change: Event.RankChange, _ rank: Affiliation, _ id: String
    ) -> [Template] {
        guard !reader.grammar.isDraft, writer.wants(topic), (change.affiliation == rank) != (change.former == rank)
        else { return [] }
        let event: PubSubEvent =
            change.affiliation == rank
            ? .published(PubSubItem(id: change.jid.description, payload: nil)) : .retracted([change.jid.description])
        return [nodes.event(event, about: node, id: "\(id)-\(rank.token)")]
    }

    private func configured(_ change: Event.Reconfiguration) -> [Template] {
        let id = nodes.id(change.stamp)
        var told = change.isContinued ? [] : rules(id)
        let keys = Set(change.changed.keys)
        if !keys.isDisjoint(with: [.title, .about, .contacts, .whois]), writer.wants(.information),
            !reader.grammar.isDraft
        {
            let item = InformationForm(reader: reader).item
            told.append(nodes.event([item], about: NS.mixNodeInfo, id: id + "-info"))
        }
        if keys.contains(.title) { told += lists(id) }
        return told + gone(change, id)
    }

    /// Owners, administrators and rights.
    private func rules(_ id: String) -> [Template] {
        if reader.grammar.isDraft {
            guard writer.wants(.access) else { return [] }
            return [nodes.event([DraftForms(reader: reader).access], about: NS.mixNodeACL, id: id + "-acl")]
        }
        guard writer.wants(.configuration) else { return [] }
        return [nodes.event([ConfigurationForm(reader: reader).item], about: NS.mixNodeConfig, id: id)]
    }

    /// Title, members and outcasts of the drafts.
    func lists(_ id: String) -> [Template] {
        guard reader.grammar.isDraft, writer.wants(.lists) else { return [] }
        return [nodes.event([DraftForms(reader: reader).lists], about: NS.mixNodeConfig, id: id + "-lists")]
    }

    /// Nodes that the channel has no more, for those who had subscribed (rule mix-current O-14).
    private func gone(_ change: Event.Reconfiguration, _ id: String) -> [Template] {
        change.removedNodes.intersection(writer.view.topics).each.compactMap { topic in
            Nodes(grammar: reader.grammar).name(of: topic, in: reader.room).map {
                nodes.event(.deleted, about: $0, id: "\(id)-\(topic.rawValue)")
            }
        }
    }
}
