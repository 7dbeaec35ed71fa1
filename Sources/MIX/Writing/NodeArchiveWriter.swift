// The past of a channel's nodes other than its messages, as their subscribers were told of it.

import DialectKit
import Rooms
import XML
import XMPP

/// Writes a kept event as the notification that it was (XEP-0442 §3; MIX2-196, MIXC-081). Real addresses stand only in
/// the map of addresses, which is for those who may see them (MIXC-253); of the rules each entry shows what was
/// changed.
struct NodeArchiveWriter {
    private let reader: ChannelReader
    private let node: String
    private let topic: Topics

    init(_ room: Room, _ grammar: Grammar, _ archive: ArchiveReader, node: String) {
        reader = ChannelReader(room, grammar, domain: archive.domain, seesAll: false, isOfThePast: true)
        self.node = node
        topic = Nodes(grammar: grammar).topic(of: node, in: room)
    }

    /// The message with the notification; nil where nobody was told anything of this node.
    func write(_ event: Event) -> Element? {
        guard let stamp = event.stamp, let told = told(of: event, stamp) else { return nil }
        return Element(
            "message", NS.client, ["from": reader.channel, "id": reader.room.secret.archiveID(of: stamp.seq)]
        ) { told }
    }

    private func told(of event: Event, _ stamp: Stamp) -> Element? {
        switch event {
        case .membership(let happening): member(happening)
        case .attendance(.renamed(let renaming)) where topic == .participants:
            items([items.participant(renaming.person.id, nick: renaming.person.nick, jid: renaming.person.jid)])
        case .conversation(.subjectChanged(let message)) where topic == .subject:
            items.subject(message).map { items([$0]) } ?? PubSubEvent.purged.element(about: node)
        case .governance(.affiliationChanged(let change)): ranked(change, stamp)
        case .governance(.configured(let change)): configured(change)
        case .lifecycle(.created(let creation)): created(creation)
        case .library(let happening) where happening.topic == topic: library(happening)
        default: nil
        }
    }

    private var items: ItemWriter { ItemWriter(reader: reader) }

    private func items(_ items: [ItemWriter.Item]) -> Element {
        Element("event", NS.pubsubEvent) {
            Element("items", NS.pubsubEvent, ["node": node]) { items.map { $0.element(in: NS.pubsubEvent) } }
        }
    }

    // MARK: People

    private func member(_ happening: Event.Membership) -> Element? {
        switch happening {
        case .joined(let joining) where joining.isNew:
            let member = joining.enrolment
            if topic == .addresses { return items([items.address(of: member.id, member.jid)]) }
            guard topic == .participants else { return nil }
            return items([items.participant(member.id, nick: joining.person.nick, jid: member.jid)])
        case .withdrawn(let withdrawal):
            guard topic == .participants || topic == .addresses, withdrawal.enrolment.isParticipant else { return nil }
            return PubSubEvent.retracted([reader.item(withdrawal.enrolment.id)]).element(about: node)
        default: return nil
        }
    }

    private func ranked(_ change: Event.RankChange, _ stamp: Stamp) -> Element? {
        guard !change.isSilent else { return nil }
        switch topic {
        case .allowed: return line(change, .member)
        case .banned: return line(change, .outcast)
        case .lists:
            let name =
                change.affiliation == .outcast || change.former == .outcast ? DraftForms.outcasts : DraftForms.members
            guard change.touchesLists else { return nil }
            return form(stamp, change.actor?.jid, [.init(name, .jidMulti, value: change.jid.description)])
        case .access, .configuration:
            guard change.touchesRulers else { return nil }
            let isOwner = change.affiliation == .owner || change.former == .owner
            let isDraft = reader.grammar.isDraft
            let name =
                isOwner
                ? (isDraft ? DraftForms.owners : ConfigurationForm.owners)
                : (isDraft ? DraftForms.admins : ConfigurationForm.admins)
            return form(stamp, change.actor?.jid, [.init(name, .jidMulti, value: change.jid.description)])
        default: return nil
        }
    }

    private func line(_ change: Event.RankChange, _ rank: Affiliation) -> Element? {
        guard (change.affiliation == rank) != (change.former == rank) else { return nil }
        let jid = change.jid.description
        let event: PubSubEvent =
            change.affiliation == rank ? .published(PubSubItem(id: jid, payload: nil)) : .retracted([jid])
        return event.element(about: node)
    }

    // MARK: Rules

    private func created(_ creation: Event.Creation) -> Element? {
        guard topic == .access || topic == .configuration || topic == .lists else { return nil }
        let owners = reader.grammar.isDraft ? DraftForms.owners : ConfigurationForm.owners
        let fields: [DataForm.Field] =
            topic == .lists ? [] : [.init(owners, .jidMulti, value: creation.owner.description)]
        return form(creation.stamp, creation.owner, fields)
    }

    private func configured(_ change: Event.Reconfiguration) -> Element? {
        var fields: [DataForm.Field] = []
        switch topic {
        case .information:
            if case .text(let text)? = change.changed[.title] {
                fields.append(.init(InformationForm.name, .textSingle, value: text))
            }
            if case .text(let text)? = change.changed[.about] {
                fields.append(.init(InformationForm.description, .textSingle, value: text))
            }
            if case .lines(let contacts)? = change.changed[.contacts] {
                fields.append(.init(InformationForm.contact, .jidMulti, values: contacts))
            }
        case .lists:
            if case .text(let text)? = change.changed[.title] {
                let name = DataForm.Field(InformationForm.name, .textSingle, value: text)
                return form(change.stamp, change.by.jid, [name], name: text)
            }
        case .access, .configuration: fields = rules(change)
        default: return nil
        }
        return fields.isEmpty ? nil : form(change.stamp, change.by.jid, fields)
    }

    private func rules(_ change: Event.Reconfiguration) -> [DataForm.Field] {
        var then = reader.room
        then.settings(asOf: change)
        let isDraft = reader.grammar.isDraft
        var fields = Option.all.filter { change.changed[$0.setting] != nil }
            .compactMap { $0.field(of: then, isDraft: isDraft) }
        if change.changed[.whois] != nil {
            fields.append(
                .init(ConfigurationForm.visibility, .listSingle, value: Words.visibility(then.settings)))
        }
        if change.changed[.missingNodes] != nil || change.changed[.isMembersOnly] != nil {
            fields.append(
                .init(ConfigurationForm.nodes, .listMulti, values: Words.nodes(of: then, isDraft: isDraft)))
        }
        return fields
    }

    private func form(_ stamp: Stamp, _ by: JID?, _ fields: [DataForm.Field], name: String? = nil) -> Element {
        var all = fields
        if let by, topic != .information {
            all.insert(.init(ConfigurationForm.changedBy, .jidSingle, value: by.bare.description), at: 0)
        }
        let type =
            reader.grammar.isDraft ? NS.mix0 : topic == .information ? reader.grammar.core : NS.mixAdmin
        let second = Moment(milliseconds: stamp.time.milliseconds - stamp.time.milliseconds % 1_000)
        return items([
            ItemWriter.Item(
                id: second.xep0082, name: name, children: [DataForm(.result, formType: type, fields: all).element])
        ])
    }

    // MARK: Nodes of the room's own

    private func library(_ happening: Event.Library) -> Element? {
        switch happening {
        case .made, .dropped: nil
        case .published(let publication):
            publication.node == node ? items([items.published(publication.item)]) : nil
        case .removed(let removal):
            removal.node == node ? PubSubEvent.retracted(removal.ids).element(about: node) : nil
        }
    }
}
