// Configuration by publishing a form into one of the nodes that hold it.

import DialectKit
import Rooms
import XML
import XMPP

/// Understands what is published to the nodes config, info and acl (XEP-0406 §3.1, §3.2; rule X-13): what is not named
/// stays as it is, fields nobody knows are passed over, values that make no sense are not.
struct ConfigurationReader {
    let speaker: Speaker
    let topic: Topics
    let node: String

    private var inbound: Inbound { speaker.inbound }
    private var room: Room { speaker.room }

    func read(_ item: Element) throws(StanzaError) -> Intent {
        guard room.hasNode(topic) else { throw StanzaError(.itemNotFound) }
        try check()
        guard let x = item.child("x", NS.dataForms) else { throw StanzaError(.payloadRequired) }
        guard let form = DataForm(reading: x), form.type != .cancel else { throw StanzaError(.invalidPayload) }
        if let type = form.formType, ![NS.mix0, NS.mixAdmin, NS.mixCore, NS.mixCore0].contains(type) {
            throw StanzaError(.badRequest, text: "This is a form for \(type).")
        }
        let commands = try commands(form)
        let (request, node, topic) = (inbound.stanza, node, topic)
        let answer = Intent.Answer { _, room in
            PubSubReader.published(Self.mark(of: topic, room)?.id, in: node, request)
        }
        guard !commands.isEmpty else { return .reply([answer.stanza([], room)]) }
        return .change(commands, answer: answer)
    }

    private static func mark(of topic: Topics, _ room: Room) -> Chronicle.Mark? {
        switch topic {
        case .information: room.chronicle.information
        case .lists: room.chronicle.lists
        default: room.chronicle.configuration
        }
    }

    /// Nobody who may not write learns what a good form is.
    private func check() throws(StanzaError) {
        let (permissions, settings) = (room.permissions, room.settings)
        let mayWrite =
            switch topic {
            case .information: permissions.mayWrite(settings.choice(.informationWriters), inbound.requester)
            case .lists: permissions.mayWrite(settings.choice(.listWriters), inbound.requester)
            case .access: permissions.mayWrite(settings.choice(.accessWriters), inbound.requester)
            default: permissions.rank(of: inbound.requester) == .owner
            }
        guard mayWrite else { throw StanzaError(.forbidden) }
    }

    /// What a form means: settings and ranks. Forms of either generation are understood in any of the nodes, as far as
    /// their names are (MIXC-506).
    private func commands(_ form: DataForm) throws(StanzaError) -> [Command] {
        let isDraft = topic == .lists || topic == .access
        var settings = try told(form)
        if topic == .configuration || topic == .access {
            for option in Option.all {
                if let value = try option.value(in: form, isDraft: isDraft) { settings[option.setting] = value }
            }
            if let words = form.values(of: ConfigurationForm.nodes) {
                let nodes = try Words.settings(nodesPresent: words, of: room, isDraft: isDraft)
                for (setting, value) in nodes { settings[setting] = value }
            }
            if let word = form.value(of: ConfigurationForm.visibility) {
                guard let whois = Words.whois(from: word) else { throw Option.bad(ConfigurationForm.visibility) }
                settings[.whois] = .choice(whois)
            }
        }
        var commands: [Command] = []
        if topic != .information {
            var configuration = Configuration(settings: settings)
            configuration.owners = try addresses(form, [ConfigurationForm.owners, DraftForms.owners])
            configuration.admins = try addresses(form, [ConfigurationForm.admins, DraftForms.admins])
            if configuration.owners?.isEmpty == true {
                throw StanzaError(.notAcceptable, type: .modify, text: "A channel has an owner.")
            }
            // whoever may write the rest may repeat these as they are
            let (owners, admins) = (room.affiliations.owners, room.affiliations.list(.admin))
            if configuration.owners.map(Set.init) == Set(owners) { configuration.owners = nil }
            if configuration.admins.map(Set.init) == Set(admins) { configuration.admins = nil }
            if configuration != Configuration() {
                configuration.isOfRights = topic == .access
                commands.append(.configure(configuration, by: inbound.requester))
            }
        } else if !settings.isEmpty {
            commands.append(.configure(Configuration(settings: settings), by: inbound.requester))
        }
        if topic == .lists { commands += try lists(form) }
        return commands
    }

    /// The configuration that a channel is made with (rule mix-0.2.1 O-23): whoever makes it owns it.
    func founding(_ form: DataForm) throws(StanzaError) -> [Command] {
        var all: [Command] = []
        for topic in [Topics.information, .lists, .configuration, .access] {
            all += try ConfigurationReader(speaker: speaker, topic: topic, node: node).commands(form)
        }
        return all
    }

    /// What is told of the channel.
    private func told(_ form: DataForm) throws(StanzaError) -> [Setting: SettingValue] {
        var settings: [Setting: SettingValue] = [:]
        guard topic == .information || topic == .lists else { return settings }
        if let name = form.text(of: InformationForm.name) { settings[.title] = .text(name) }
        guard topic == .information else { return settings }
        if let text = form.text(of: InformationForm.description) { settings[.about] = .text(text) }
        if let contacts = try addresses(form, [InformationForm.contact], ofAccounts: false) {
            settings[.contacts] = .lines(contacts.map(\.description))
        }
        return settings
    }

    /// Members and outcasts of 0.2.1, as differences from what is stored (rule mix-0.2.1 O-27).
    private func lists(_ form: DataForm) throws(StanzaError) -> [Command] {
        var changes: [AffiliationChange] = []
        for (name, rank) in [(DraftForms.members, Affiliation.member), (DraftForms.outcasts, .outcast)] {
            guard let wanted = try addresses(form, [name]) else { continue }
            let present = room.affiliations.list(rank)
            changes += wanted.filter { !present.contains($0) && room.affiliations.listed($0) < .admin }
                .map { AffiliationChange(target: .jid($0), affiliation: rank) }
            changes += present.filter { !wanted.contains($0) }
                .map { AffiliationChange(target: .jid($0), affiliation: .none) }
        }
        return changes.isEmpty ? [] : [.setAffiliations(changes, by: inbound.requester)]
    }

    private func addresses(
        _ form: DataForm, _ names: [String], ofAccounts: Bool = true
    ) throws(StanzaError) -> [JID]? {
        guard let name = names.first(where: { form.field($0) != nil }), let values = form.values(of: name) else {
            return nil
        }
        var jids: [JID] = []
        for text in values where !text.isEmpty {
            guard let jid = try? JID(text) else { throw Option.bad(name) }
            // rooms and those in them have no accounts (MIXC-358)
            if ofAccounts, jid.local != nil, inbound.service.isOwn(jid.domain) { throw Option.bad(name) }
            jids.append(jid.bare)
        }
        return jids
    }
}
