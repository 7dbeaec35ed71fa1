// The configuration of a channel as today's clients read and write it.

import Rooms
import XMPP

/// The item of the configuration node, FORM_TYPE `urn:xmpp:mix:admin:0` (XEP-0406 §2.4).
struct ConfigurationForm {
    let reader: ChannelReader

    static let visibility = "JID Visibility"
    static let nodes = "Nodes Present"
    static let changedBy = "Last Change Made By"
    static let owners = "Owner"
    static let admins = "Administrator"

    /// All options with their values, the defaults included (MIXC-359).
    var item: ItemWriter.Item {
        let room = reader.room
        var fields: [DataForm.Field] = []
        if let mark = room.chronicle.configuration {
            fields.append(.init(Self.changedBy, .jidSingle, value: mark.by.description))
        }
        fields.append(.init(Self.owners, .jidMulti, values: room.affiliations.owners.map(\.description)))
        fields.append(.init(Self.admins, .jidMulti, values: room.affiliations.list(.admin).map(\.description)))
        fields += Option.all.prefix(1).compactMap { $0.field(of: room, isDraft: false) }
        fields.append(.init(Self.nodes, .listMulti, values: Words.nodes(of: room, isDraft: false)))
        fields += Option.all.dropFirst().compactMap { $0.field(of: room, isDraft: false) }
        fields.append(.init(Self.visibility, .listSingle, value: Words.visibility(room.settings)))
        let form = DataForm(.result, formType: NS.mixAdmin, fields: fields)
        return ItemWriter.Item(id: room.chronicle.configuration?.id ?? "", children: [form.element])
    }
}

/// The item of the information node (XEP-0369 §4.7.4): what a channel tells of itself.
struct InformationForm {
    let reader: ChannelReader

    static let name = "Name"
    static let description = "Description"
    static let contact = "Contact"

    var item: ItemWriter.Item {
        let settings = reader.room.settings
        var fields: [DataForm.Field] = []
        if !settings.title.isEmpty { fields.append(.init(Self.name, .textSingle, value: settings.title)) }
        if !settings.about.isEmpty { fields.append(.init(Self.description, .textSingle, value: settings.about)) }
        let contacts = settings.lines(.contacts)
        if !contacts.isEmpty { fields.append(.init(Self.contact, .jidMulti, values: contacts)) }
        // where it is said in which way addresses are shown (rule mix-current O-10)
        fields.append(.init(ConfigurationForm.visibility, .listSingle, value: Words.visibility(settings)))
        let form = DataForm(
            .result, formType: reader.grammar.isDraft ? NS.mixCore : reader.grammar.core, fields: fields)
        return ItemWriter.Item(id: reader.room.chronicle.information?.id ?? "", children: [form.element])
    }
}

/// The two nodes of 0.2.1: lists, and rights (0.2.1 §3.6.6, §3.6.7; rule mix-0.2.1 O-06).
struct DraftForms {
    let reader: ChannelReader

    static let members = "Members"
    static let outcasts = "Outcast"
    static let owners = "Owners"
    static let admins = "Administrators"

    /// The configuration node: title, members, outcasts.
    var lists: ItemWriter.Item {
        let room = reader.room
        let title = room.settings.title.isEmpty ? room.name.local : room.settings.title
        var fields = changed(room.chronicle.lists)
        fields.append(.init(InformationForm.name, .textSingle, value: title))
        fields.append(.init(Self.members, .jidMulti, values: room.affiliations.list(.member).map(\.description)))
        fields.append(.init(Self.outcasts, .jidMulti, values: room.affiliations.list(.outcast).map(\.description)))
        return item(room.chronicle.lists, fields, name: title)
    }

    /// The access control node: everything else.
    var access: ItemWriter.Item {
        let room = reader.room
        var fields = changed(room.chronicle.configuration)
        fields.append(.init(Self.owners, .jidMulti, values: room.affiliations.owners.map(\.description)))
        fields.append(.init(Self.admins, .jidMulti, values: room.affiliations.list(.admin).map(\.description)))
        fields += Option.all.prefix(1).compactMap { $0.field(of: room, isDraft: true) }
        fields.append(.init(ConfigurationForm.nodes, .listMulti, values: Words.nodes(of: room, isDraft: true)))
        fields += Option.all.dropFirst().compactMap { $0.field(of: room, isDraft: true) }
        fields.append(.init(ConfigurationForm.visibility, .listSingle, value: Words.visibility(room.settings)))
        return item(room.chronicle.configuration, fields, name: nil)
    }

    private func changed(_ mark: Chronicle.Mark?) -> [DataForm.Field] {
        mark.map { [.init(ConfigurationForm.changedBy, .jidSingle, value: $0.by.description)] } ?? []
    }

    private func item(_ mark: Chronicle.Mark?, _ fields: [DataForm.Field], name: String?) -> ItemWriter.Item {
        let form = DataForm(.result, formType: NS.mix0, fields: fields)
        return ItemWriter.Item(id: mark?.id ?? "", name: name, children: [form.element])
    }
}
