// Publish-subscribe at a channel's address: reading nodes, and writing those that may be written.

import DialectKit
import Rooms
import XML
import XMPP

/// Understands `pubsub` requests to a channel (XEP-0060; XEP-0369 §4.7, XEP-0406 §3; 0.2.1 §3.6).
struct PubSubReader {
    let speaker: Speaker
    /// The `pubsub` element.
    let element: Element

    private var inbound: Inbound { speaker.inbound }
    private var room: Room { speaker.room }
    private var grammar: Grammar { speaker.grammar }
    private var nodes: Nodes { Nodes(grammar: grammar) }

    func read() throws(StanzaError) -> Intent {
        guard speaker.mayKnow else { throw StanzaError(.itemNotFound) }
        guard let verb = element.firstChild, verb.namespace == element.namespace else { throw StanzaError(.badRequest) }
        if verb.name == "affiliations" { return affiliations() }
        if verb.name == "subscriptions" { throw StanzaError(.unsupported("retrieve-subscriptions")) }
        guard let node = verb["node"], !node.isEmpty else { throw StanzaError(.nodeIDRequired) }
        switch (inbound.stanza.type, verb.name, element.namespace) {
        case (.get, "items", NS.pubsub): return try items(verb, node)
        case (.set, "publish", NS.pubsub): return try publish(verb, node)
        case (.set, "retract", NS.pubsub): return try retract(verb, node)
        case (.set, "subscribe", NS.pubsub): return try subscribe(verb, node, adds: true)
        case (.set, "unsubscribe", NS.pubsub): return try subscribe(verb, node, adds: false)
        case (.set, "create", NS.pubsub): return try create(node)
        case (.set, "delete", NS.pubsubOwner): return try delete(node)
        case (.set, "purge", NS.pubsubOwner): return try purge(node)
        default: throw StanzaError(.unsupported(verb.name == "options" ? "subscription-options" : verb.name))
        }
    }

    // MARK: Reading

    private func items(_ verb: Element, _ node: String) throws(StanzaError) -> Intent {
        let topic = try topic(node)
        guard !hidesPresence(topic) else { throw StanzaError(.notAllowed) }
        // only one of the drafts knows this node (rule X-03)
        let pins = topic == .addresses ? speaker.pin(to: speaker.pinned(to: .v021)) : []
        guard room.permissions.mayHear(topic, inbound.requester) else {
            return answer(inbound.stanza.error(StanzaError(.forbidden)), pins)
        }
        var found = topic == .messages ? [] : ItemWriter(reader: speaker.reader(grammar)).items(of: topic)
        let ids = verb.children.filter { $0.is("item", NS.pubsub) }.compactMap { $0["id"] }
        if !ids.isEmpty { found = found.filter { item in ids.contains { sameItem($0, item.id) } } }
        if let text = verb["max_items"] {
            guard let most = Int(text), most > 0 else { throw StanzaError(.badRequest) }
            found = Array(found.suffix(most))
        }
        let items = Element("pubsub", NS.pubsub) {
            Element("items", NS.pubsub, ["node": node]) { found.map { $0.element(in: NS.pubsub) } }
        }
        return answer(inbound.stanza.result([items]), pins)
    }

    private func answer(_ stanza: Stanza, _ commands: [Command]) -> Intent {
        commands.isEmpty ? .reply([stanza]) : .change(commands, answer: Intent.Answer(stanza))
    }

    /// Either spelling of a participant names its item (rule X-05).
    private func sameItem(_ asked: String, _ id: String) -> Bool {
        if asked == id { return true }
        guard let local = (try? JID(asked))?.local else { return false }
        let own = (try? JID(id))?.local ?? id
        let (left, right) = (ProxyName.split(local).participant, ProxyName.split(own).participant)
        guard (try? JID(asked))?.resource == (try? JID(id))?.resource else { return false }
        return left != nil && (left == right || left?.text == id)
    }

    /// A node that is there.
    private func topic(_ node: String) throws(StanzaError) -> Topics {
        let topic = nodes.topic(of: node, in: room)
        guard !topic.isEmpty, room.hasNode(topic) else { throw StanzaError(.itemNotFound) }
        return topic
    }

    /// Today's clients hear of presence by presence only (MIXC-206); of the drafts, 0.2.1 never writes it as a node.
    private func hidesPresence(_ topic: Topics) -> Bool { topic == .presence && !grammar.isDraft }

    // MARK: Writing

    private func publish(_ verb: Element, _ node: String) throws(StanzaError) -> Intent {
        // a further wrapper that examples show (rule mix-current O-11)
        let holder = verb.child("items", NS.pubsub) ?? verb
        let items = holder.children.filter { $0.is("item", NS.pubsub) }
        if node == NS.mixNodeMessages || node == NS.mixNodePresence {
            return try DraftPublication(speaker: speaker, node: node).read(items)
        }
        let topic = nodes.topic(of: node, in: room)
        guard !topic.isEmpty else { throw StanzaError(.itemNotFound) }
        guard let item = items.first else { throw StanzaError(.itemRequired) }
        guard items.count == 1 else { throw StanzaError(.badRequest, text: "one item at a time") }
        switch topic {
        case .participants, .addresses: throw StanzaError(.notAllowed)
        case .allowed, .banned: return try list(topic, item, node)
        case .subject: return try subject(item, node)
        case .configuration, .information, .lists, .access:
            return try ConfigurationReader(speaker: speaker, topic: topic, node: node).read(item)
        default: return try publish(item, in: node)
        }
    }

    private func publish(_ item: Element, in node: String) throws(StanzaError) -> Intent {
        let payloads = Array(item.children)
        guard payloads.count <= 1 else { throw StanzaError(.invalidPayload) }
        let id = item["id"].flatMap { $0.isEmpty ? nil : $0 }
        let request = inbound.stanza
        return .change(
            [.library(.publish(id: id, payload: payloads.first, node: node, by: inbound.requester))],
            answer: Intent.Answer { events, _ in
                let made = events.lazy.compactMap { event -> String? in
                    if case .library(.published(let publication)) = event { publication.item.id } else { nil }
                }.first
                return Self.published(made, in: node, request)
            })
    }

    /// Somebody is allowed in, or kept out (XEP-0406 §3.3): bare addresses and domains.
    private func list(_ topic: Topics, _ item: Element, _ node: String) throws(StanzaError) -> Intent {
        guard let id = item["id"] else { throw StanzaError(.itemRequired) }
        guard let jid = try? JID(id), jid.isBare else {
            throw StanzaError(.jidMalformed, text: "The id of the item is an address or a domain.")
        }
        guard room.hasNode(topic) || !inbound.isRuler(in: room) else { throw StanzaError(.itemNotFound) }
        let rank: Affiliation = topic == .banned ? .outcast : .member
        let present = room.affiliations.listed(jid)
        let result = Self.published(jid.description, in: node, inbound.stanza)
        // whoever ranks higher, or is banned, is no less than allowed or not by another list
        if topic == .allowed, present >= .member || present == .outcast, inbound.isRuler(in: room) {
            return .reply([result])
        }
        let change = AffiliationChange(target: .jid(jid), affiliation: rank)
        return .change([.setAffiliations([change], by: inbound.requester)], answer: Intent.Answer(result))
    }

    private func subject(_ item: Element, _ node: String) throws(StanzaError) -> Intent {
        let (seat, commands) = try speaker.place(now: grammar)
        let texts = item.children.filter { $0.name == "text" || $0.name == "subject" }
        var payload = texts.map { text in Element("subject", NS.client, language: text.language) { text.text } }
        if payload.isEmpty { payload = [Element("subject", NS.client) { item["id"] ?? "" }] }
        let words = Utterance(id: inbound.stanza.id, type: .groupchat, payload: payload, sender: inbound.from)
        let result = Self.published(item["id"] ?? "", in: node, inbound.stanza)
        return .change(commands + [.setSubject(seat, words)], answer: Intent.Answer(result))
    }

    static func published(_ id: String?, in node: String, _ request: Stanza) -> Stanza {
        request.result([
            Element("pubsub", NS.pubsub) {
                Element("publish", NS.pubsub, ["node": node]) { Element("item", NS.pubsub, ["id": id]) }
            }
        ])
    }

    // MARK: Taking away

    private func retract(_ verb: Element, _ node: String) throws(StanzaError) -> Intent {
        let ids = verb.children.filter { $0.is("item", NS.pubsub) }.compactMap { $0["id"] }
        guard let id = ids.first, !id.isEmpty else { throw StanzaError(.itemRequired) }
        let topic = nodes.topic(of: node, in: room)
        guard !topic.isEmpty else { throw StanzaError(.itemNotFound) }
        let done = Intent.Answer(inbound.stanza.result())
        switch topic {
        case .messages:
            guard speaker.isMember else { throw StanzaError(.forbidden) }
            return .retract(Intent.Retraction(archiveID: id, id: inbound.stanza.id, answer: done))
        case .participants:
            // the drafts had no other way to put somebody out (rule mix-0.2.1 O-27)
            guard grammar.isDraft else { throw StanzaError(.notAllowed) }
            guard inbound.isRuler(in: room) else { throw StanzaError(.forbidden) }
            guard let target = participant(id) else { throw StanzaError(.itemNotFound) }
            return .change([.membership(.expel(target, by: inbound.requester))], answer: done)
        case .allowed, .banned: return try unlist(topic, ids, done)
        case .addresses, .presence, .configuration, .information, .lists, .access, .subject:
            throw StanzaError(.notAllowed)
        default: return .change([.library(.remove(ids, node: node, by: inbound.requester))], answer: done)
        }
    }

    private func participant(_ item: String) -> ParticipantID? {
        let id = (try? JID(item))?.local.flatMap { ProxyName.split($0).participant } ?? ParticipantID(item)
        return room.participant(id)?.id
    }

    private func unlist(_ topic: Topics, _ ids: [String], _ done: Intent.Answer) throws(StanzaError) -> Intent {
        guard inbound.isRuler(in: room) else { throw StanzaError(.forbidden) }
        let rank: Affiliation = topic == .banned ? .outcast : .member
        var changes: [AffiliationChange] = []
        for id in ids {
            guard let jid = try? JID(id), room.affiliations.listed(jid) == rank else {
                throw StanzaError(.itemNotFound)
            }
            changes.append(AffiliationChange(target: .jid(jid), affiliation: .none))
        }
        return .change([.setAffiliations(changes, by: inbound.requester)], answer: done)
    }

    // MARK: Nodes

    /// The node of those allowed closes the channel by being there; others are of the channel's own (MIXC-364).
    private func create(_ node: String) throws(StanzaError) -> Intent {
        let answer = Intent.Answer(
            inbound.stanza.result([
                Element("pubsub", NS.pubsub) { Element("create", NS.pubsub, ["node": node]) }
            ]))
        let topic = nodes.topic(of: node, in: room)
        guard !topic.isEmpty, room.library[node] == nil else {
            return .change([.library(.make(node: node, by: inbound.requester))], answer: answer)
        }
        guard inbound.isRuler(in: room) else { throw StanzaError(.forbidden) }
        guard !room.hasNode(topic) else { throw StanzaError(.conflict) }
        return .change([switching(topic, on: true)], answer: answer)
    }

    private func delete(_ node: String) throws(StanzaError) -> Intent {
        let topic = nodes.topic(of: node, in: room)
        let answer = Intent.Answer(inbound.stanza.result())
        guard !topic.isEmpty else { throw StanzaError(.itemNotFound) }
        guard Topics.standard.contains(topic) else {
            return .change([.library(.drop(node: node, by: inbound.requester))], answer: answer)
        }
        guard inbound.isRuler(in: room) else { throw StanzaError(.forbidden) }
        guard room.hasNode(topic) else { throw StanzaError(.itemNotFound) }
        guard ![.participants, .configuration, .lists, .access, .addresses].contains(topic) else {
            throw StanzaError(.notAllowed)
        }
        // without the node nobody is asked for by it, and then nobody is put out for not being on it
        return .change([switching(topic, on: false)] + clearing(topic), answer: answer)
    }

    private func purge(_ node: String) throws(StanzaError) -> Intent {
        let topic = try topic(node)
        guard inbound.isRuler(in: room) else { throw StanzaError(.forbidden) }
        let answer = Intent.Answer(inbound.stanza.result())
        if topic == .allowed || topic == .banned { return .change(clearing(topic), answer: answer) }
        guard !Topics.standard.contains(topic) || Topics.avatar.contains(topic) else { throw StanzaError(.notAllowed) }
        return .change([.library(.remove(nil, node: node, by: inbound.requester))], answer: answer)
    }

    private func clearing(_ topic: Topics) -> [Command] {
        switch topic {
        case .allowed: [.clearAffiliations(.member, by: inbound.requester)]
        case .banned: [.clearAffiliations(.outcast, by: inbound.requester)]
        default: []
        }
    }

    /// Those who keep the lists decide whether there is one (XEP-0406 §3.3).
    private func switching(_ topic: Topics, on: Bool) -> Command {
        if topic == .allowed {
            return .configure(
                Configuration(settings: [.isMembersOnly: .flag(on)], isOfLists: true), by: inbound.requester)
        }
        var missing = room.settings.lines(.missingNodes)
        for word in Setting.nodeWords where Settings.topics(of: word).contains(topic) {
            missing.removeAll { $0 == word }
            if !on { missing.append(word) }
        }
        return .configure(
            Configuration(settings: [.missingNodes: .lines(missing)], isOfLists: topic == .banned),
            by: inbound.requester)
    }

    // MARK: Subscribing

    /// Nodes that are for more than participants are heard by plain subscription (MIX2-124).
    private func subscribe(_ verb: Element, _ node: String, adds: Bool) throws(StanzaError) -> Intent {
        guard let jid = verb["jid"].flatMap({ try? JID($0) }), jid.bare == inbound.from.bare else {
            throw StanzaError(.badRequest, text: "Whoever subscribes does so for itself.")
        }
        let topic = try topic(node)
        if adds, !room.permissions.mayHear(topic, inbound.requester) { throw StanzaError(.closedNode) }
        let (add, remove): (Topics, Topics) = adds ? (topic, []) : ([], topic)
        var commands: [Command] = [
            .membership(
                .subscribe(
                    inbound.from.bare, add: add, remove: remove, dialect: grammar.id, domain: inbound.domain))
        ]
        if adds, inbound.seat == nil {
            let address = inbound.isFromElsewhere && speaker.isHeardFor ? inbound.from.bare : inbound.from
            commands.append(
                .membership(
                    .listen(
                        address, dialect: grammar.id, domain: inbound.domain, showsPresence: topic != .presence)))
        }
        let answer = Element("pubsub", NS.pubsub) {
            Element(
                "subscription", NS.pubsub,
                ["node": node, "jid": jid.description, "subscription": adds ? "subscribed" : "none"])
        }
        return .change(commands, answer: Intent.Answer(inbound.stanza.result([answer])))
    }

    // MARK: Rights

    /// What the asker may write (MIXC-365).
    private func affiliations() -> Intent {
        let permissions = room.permissions
        let (rank, settings) = (permissions.rank(of: inbound.requester), room.settings)
        var rights: [(String, String)] = []
        let word = rank == .owner ? "owner" : "publisher"
        if permissions.mayWrite(settings.choice(.informationWriters), inbound.requester) {
            rights.append((NS.mixNodeInfo, word))
        }
        if rank == .owner { rights.append((NS.mixNodeConfig, word)) }
        if rank >= .admin {
            if settings.isMembersOnly { rights.append((NS.mixNodeAllowed, word)) }
            rights.append((NS.mixNodeBanned, word))
        }
        if permissions.mayWrite(settings.choice(.avatarWriters), inbound.requester) {
            rights += [(NS.avatarData, word), (NS.avatarMetadata, word)]
        }
        let answer = Element("pubsub", NS.pubsub) {
            Element("affiliations", NS.pubsub) {
                for (node, word) in rights {
                    Element("affiliation", NS.pubsub, ["node": node, "affiliation": word])
                }
            }
        }
        return .reply([inbound.stanza.result([answer])])
    }
}

extension Inbound {
    /// Whether the sender is owner or administrator.
    func isRuler(in room: Room) -> Bool { room.permissions.rank(of: requester) >= .admin }
}
