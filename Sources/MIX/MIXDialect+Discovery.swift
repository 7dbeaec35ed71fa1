// What MIX says of a service and of a channel in service discovery.

public import DialectKit
public import Rooms
import XML
public import XMPP

extension MIXDialect {
    /// XEP-0369 §6.1, 0.2.1 §4.1: both identities, the features of every generation, and the mirror (MIX1-032,
    /// MIXC-036).
    public func face(of service: ServiceFacts, for asker: ServiceAsker) -> DiscoFace {
        guard isFirst else { return DiscoFace() }
        let identities = ["text", "mix"].map {
            DiscoInfo.Identity(category: "conference", type: $0, name: service.title)
        }
        var features: [String] = []
        if family.spoken.contains(where: \.isDraft) {
            features += [NS.mix0, NS.mix0 + "#searchable", "mix_nick_register", NS.mix0NickRegister]
            if asker.mayCreate { features.append(NS.mix0CreateChannel) }
        }
        for (grammar, core) in [(Grammar.core0, NS.mixCore0), (.current, NS.mixCore)]
        where family.spoken.contains(grammar) {
            features += [core, core + "#searchable"]
            if asker.mayCreate { features.append(core + "#create-channel") }
        }
        features.append(NS.mixNickRegister)
        return DiscoFace(identities: identities, features: features, forms: mirrors(of: service, at: asker.domain))
    }

    /// Where the same channels are rooms of Multi-User Chat (XEP-0408 §2; MIX2-107, MIX1-034).
    private func mirrors(of service: ServiceFacts, at domain: String) -> [DataForm] {
        guard let mirror = service.mirror(speaking: ["muc"], notAt: domain) else { return [] }
        let label = "Location of MUC mirror service"
        let draft = DataForm(
            .result, formType: NS.mix0ServiceInfo,
            fields: [
                .init(NS.mixNodeMUCMirror, nil, label: label, values: [mirror]),
                .init("muc-mirror", .jidSingle, label: label, value: mirror),
            ])
        let current = DataForm(
            .result, formType: NS.mucMirrorOfMIX,
            fields: [.init("muc-mirror", .jidSingle, label: label, value: mirror)])
        return (family.spoken.contains(where: \.isDraft) ? [draft] : []) + [current]
    }

    /// XEP-0369 §6.3: only for those who may subscribe (rule mix-current O-27).
    public func face(of room: Room, for inbound: Inbound) throws(StanzaError) -> DiscoFace {
        guard isFirst else { return DiscoFace() }
        try check(inbound, room)
        let title = room.settings.title.isEmpty ? room.name.local : room.settings.title
        var features: [String] = family.spoken.contains(where: \.isDraft) ? [NS.mix0] : []
        if family.spoken.contains(.core0) { features.append(NS.mixCore0) }
        if family.spoken.contains(.current) { features.append(NS.mixCore) }
        features += [NS.mam, NS.mam1, NS.sid, NS.retraction, NS.moderation]
        return DiscoFace(
            identities: [DiscoInfo.Identity(category: "conference", type: "mix", name: title)], features: features)
    }

    private func check(_ inbound: Inbound, _ room: Room) throws(StanzaError) {
        let speaker = speaker(inbound, room)
        let rank = room.permissions.rank(of: inbound.requester)
        guard speaker.mayKnow, rank > .outcast else { throw StanzaError(.itemNotFound) }
        guard room.permissions.mayEnter(inbound.from) || speaker.isParticipant else { throw StanzaError(.forbidden) }
    }

    /// XEP-0369 §6.4; without the node, as the drafts ask (rule mix-current O-01).
    public func nodes(
        of room: Room, named node: String?, for inbound: Inbound
    ) throws(StanzaError) -> [DiscoItems.Item] {
        guard isFirst else { return [] }
        guard node == nil || node == "mix" || node == "" else { throw StanzaError(.itemNotFound) }
        try check(inbound, room)
        let speaker = speaker(inbound, room)
        let grammar = node == "mix" ? (speaker.grammar.isDraft ? .current : speaker.grammar) : family.nodes(of: speaker)
        return Nodes(grammar: grammar).open(to: inbound.requester, in: room).map {
            DiscoItems.Item(jid: inbound.room, node: $0)
        }
    }

    /// What the node of conversations tells (rule mix-0.0.1 O-02).
    public func news(of rooms: [DiscoItems.Item], without gone: [JID], from domain: String) -> [Template] {
        let items = rooms.map { ItemWriter.conversation($0).element(in: NS.pubsubEvent) }
        let retracted = gone.map { Element("retract", NS.pubsubEvent, ["id": $0.description]) }
        let event = Element("event", NS.pubsubEvent) {
            Element("items", NS.pubsubEvent, ["node": NS.mixNodeConversations]) { items + retracted }
        }
        return [
            Template(.message) { writer in
                writer.attribute("from", domain)
                writer.element(event)
            }
        ]
    }
}

extension MIXDialect.Family {
    /// Whoever asks without the node of today is one of the drafts' clients.
    fileprivate func nodes(of speaker: Speaker) -> Grammar {
        speaker.grammar.isDraft || !spoken.contains(where: \.isDraft) ? speaker.grammar : draft
    }
}
