// Joining, leaving, and other nodes: the requests of a membership.

import DialectKit
import Rooms
import XML
import XMPP

/// Understands `<join/>`, `<leave/>` and `<update-subscription/>` (XEP-0369 §7.1; MIX1-060, MIX2-120).
struct JoinReader {
    let speaker: Speaker
    let element: Element

    private var inbound: Inbound { speaker.inbound }
    private var room: Room { speaker.room }
    private var namespace: String { element.namespace }

    func join() throws(StanzaError) -> Intent {
        let grammar = joining
        let names = children("subscribe").compactMap { $0["node"] }
        let nodes = Nodes(grammar: grammar)
        let asked = names.map { nodes.topic(of: $0, in: room) }
        let form = element.child("x", NS.dataForms).flatMap(DataForm.init(reading:))
        let former = room.enrolments[jid: inbound.from]?.preferences ?? Preferences()
        let preferences = try form.map { form throws(StanzaError) in
            try PreferenceForm(grammar: grammar).take(form, over: former)
        }
        let wish = Command.Joining(
            address: inbound.from, domain: inbound.domain, dialect: grammar.id, asked: asked,
            nick: children("nick").first.flatMap { $0.text.isEmpty ? nil : $0.text }, assignsNick: grammar.isDraft,
            preferences: preferences, invitation: try Self.invitation(in: element), listeners: listeners(grammar))
        let answer = JoinAnswer(
            request: inbound.stanza, element: element, names: names, asked: asked,
            grammar: speaker.family.meaning(of: grammar),
            domain: inbound.domain, showsPreferences: form != nil)
        return .change([.membership(.join(wish))], answer: Intent.Answer(saying: answer.stanza))
    }

    /// Which draft a client of `urn:xmpp:mix:0` speaks is seen from what it asks for (rule X-03).
    private var joining: Grammar {
        let grammar = speaker.grammar(of: namespace)
        guard grammar == .undetermined else { return grammar }
        let names = children("subscribe").compactMap { $0["node"] }
        return names.contains(NS.mixNodeJIDMap) || element["channel"] != nil ? speaker.family.pinned(.v021) : grammar
    }

    /// A client that asks for itself listens from now on; an account of this server says for which of its clients it
    /// asks; any other server listens for its own (rule X-15).
    private func listeners(_ grammar: Grammar) -> [Command.Joining.Listening] {
        if !inbound.listeners.isEmpty { return inbound.listeners }
        if inbound.from.isBare {
            return inbound.isFromElsewhere
                ? [.init(address: inbound.from, dialect: grammar.id, showsPresence: false)] : []
        }
        return [.init(address: inbound.from, dialect: grammar.id, showsPresence: false)]
    }

    /// The invitation that somebody joins with, if it does.
    ///
    /// - Throws: `forbidden`: it is none.
    static func invitation(in element: Element) throws(StanzaError) -> ChannelInvitation? {
        let found = element.child("invitation", NS.mixMisc) ?? element.child("invitation", NS.mix0)
        guard let invitation = found else { return nil }
        func text(_ name: String) -> String? {
            (invitation.child(name, invitation.namespace)?.text).flatMap { $0.isEmpty ? nil : $0 }
        }
        guard let inviter = text("inviter").flatMap({ try? JID($0) }),
            let invitee = text("invitee").flatMap({ try? JID($0) }), let token = text("token")
        else { throw StanzaError(.forbidden) }
        return ChannelInvitation(inviter: inviter, invitee: invitee, token: token)
    }

    /// Children in the namespace of the request, or in that of the core where the request came in another
    /// (rule mix-current O-03).
    private func children(_ name: String) -> [Element] {
        element.children.filter { child in
            child.name == name
                && (child.namespace == namespace || child.namespace == NS.mixCore || child.namespace == NS.mixCore0)
        }
    }

    func leave() -> Intent {
        let answer = inbound.stanza.result([Element("leave", namespace)])
        return .change([.membership(.leave(inbound.from.bare))], answer: Intent.Answer(answer))
    }

    /// Whoever takes no part has nothing to change here. Of what cannot be had nothing is said, unless it is all.
    func update() throws(StanzaError) -> Intent {
        guard speaker.isMember else { throw StanzaError(.forbidden) }
        let nodes = Nodes(grammar: speaker.grammar(of: namespace))
        var (added, removed, done) = (Topics(), Topics(), [Element]())
        var reason: StanzaError?
        for wish in children("subscribe") {
            let topic = nodes.topic(of: wish["node"] ?? "", in: room)
            if topic.isEmpty || !room.hasNode(topic) {
                reason = reason ?? StanzaError(.itemNotFound)
            } else if !room.permissions.mayHear(topic, inbound.requester) {
                reason = reason ?? StanzaError(.forbidden)
            } else {
                added.formUnion(topic)
                done.append(wish)
            }
        }
        for wish in children("unsubscribe") {
            let topic = nodes.topic(of: wish["node"] ?? "", in: room)
            if topic.isEmpty {
                reason = reason ?? StanzaError(.itemNotFound)
            } else {
                removed.formUnion(topic)
                done.append(wish)
            }
        }
        guard !done.isEmpty else { throw reason ?? StanzaError(.badRequest) }
        let result = Element("update-subscription", namespace, ["jid": inbound.from.bare.description]) { done }
        return .change(
            [
                .membership(
                    .subscribe(
                        inbound.from.bare, add: added, remove: removed, dialect: speaker.grammar.id,
                        domain: inbound.domain))
            ], answer: Intent.Answer(inbound.stanza.result([result])))
    }
}

/// What somebody is answered who has joined.
struct JoinAnswer: Sendable {
    let request: Stanza
    let element: Element
    let names: [String]
    let asked: [Topics]
    let grammar: Grammar
    let domain: String
    let showsPreferences: Bool

    /// The participant's id, address and nick, and the nodes that were granted (rule X-09).
    func stanza(_ events: [Event], _ room: Room) -> Stanza {
        guard let from = request.from, let member = room.enrolments[jid: from] else { return request.result() }
        let reader = ChannelReader(room, grammar, domain: domain, seesAll: false)
        let granted = zip(names, asked).filter { !$0.1.isEmpty && member.topics.contains($0.1) && room.hasNode($0.1) }
        let namespace = element.namespace
        let isOpen = grammar.prefersRealAddresses && reader.sees(member.id)
        let jid = isOpen ? member.jid.description : reader.proxy(member.id)
        let saysNick = !grammar.isDraft || element.child("nick", namespace) != nil
        let join = Element("join", namespace, ["id": grammar.isDraft ? nil : member.id.text, "jid": jid]) {
            for (name, _) in granted { Element("subscribe", namespace, ["node": name]) }
            if saysNick, let nick = member.nick { Element("nick", namespace) { nick } }
            if showsPreferences { PreferenceForm(grammar: grammar).form(.result, member.preferences).element }
        }
        return request.result([join])
    }
}
