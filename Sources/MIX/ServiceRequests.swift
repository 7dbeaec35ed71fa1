// What is asked of the service itself: channels to be made and ended, nicks to be kept, news of new channels.

import DialectKit
import Rooms
import XML
import XMPP

/// Understands requests to the domain of channels (XEP-0369 §7.3, XEP-0407 §3; MIX1-047, MIX1-080).
enum ServiceRequests {
    /// Which room answers; nil: nothing of MIX.
    static func serve(_ element: Element, _ asker: ServiceAsker) -> ServiceIntent? {
        let stanza = asker.stanza
        let cores = [NS.mixCore, NS.mixCore0, NS.mix0]
        switch (stanza.type, element.name) {
        case (.set, "create") where cores.contains(element.namespace):
            guard let wish = element["channel"], !wish.isEmpty else { return .room(nil) }
            guard let name = name(wish, asker) else { return .reply(stanza.error(StanzaError(.jidMalformed))) }
            return .room(name)
        case (.set, "destroy") where cores.contains(element.namespace):
            guard let wish = element["channel"], !wish.isEmpty else {
                return .reply(stanza.error(StanzaError(.badRequest)))
            }
            guard let name = name(wish, asker) else { return .reply(stanza.error(StanzaError(.itemNotFound))) }
            return .room(name)
        case (.set, "register") where [NS.mix0, NS.mixMisc].contains(element.namespace): return .ownRoom
        case (_, "pubsub") where element.namespace == NS.pubsub:
            let node = element.firstChild?["node"]
            guard let node, node == NS.mixNodeConversations || node == Nodes.channels else {
                return .reply(stanza.error(StanzaError(.itemNotFound)))
            }
            guard stanza.type == .get, element.firstChild?.name == "items" else { return .ownRoom }
            return .rooms(Grammar.v001.id) { rooms in
                let answer = Element("pubsub", NS.pubsub) {
                    Element("items", NS.pubsub, ["node": node]) {
                        rooms.map { ItemWriter.conversation($0).element(in: NS.pubsub) }
                    }
                }
                return stanza.result([answer])
            }
        case (_, "pubsub") where element.namespace == NS.pubsubOwner:
            return .reply(stanza.error(StanzaError(.itemNotFound)))
        case (.set, "query") where element.namespace == NS.mam:
            return .reply(stanza.error(StanzaError(.serviceUnavailable)))
        default: return nil
        }
    }

    /// The local part that a channel is named by: alone, or as a whole address here (rule mix-0.2.1 O-23).
    private static func name(_ wish: String, _ asker: ServiceAsker) -> String? {
        if wish.utf8.contains(UInt8(ascii: "@")) {
            guard let jid = try? JID(wish), jid.isBare, jid.domain == asker.domain, let local = jid.local,
                ProxyName.split(local).participant == nil
            else { return nil }
            return local
        }
        guard let jid = try? JID(local: wish, domain: asker.domain, resource: nil), let local = jid.local,
            ProxyName.split(local).participant == nil
        else { return nil }
        return local
    }

    /// Whether the request went to the service, and not to the room itself.
    static func isToService(_ speaker: Speaker) -> Bool { speaker.inbound.stanza.to?.local == nil }

    // MARK: Channels

    /// A channel with the defaults, owned by whoever made it, who takes no part by that (MIXC-085 … MIXC-090).
    static func create(_ speaker: Speaker, _ element: Element) throws(StanzaError) -> Intent {
        guard isToService(speaker) else { throw StanzaError(.serviceUnavailable) }
        let inbound = speaker.inbound
        let isAdHoc = element["channel"]?.isEmpty ?? true
        var commands: [Command] = [
            .found(by: inbound.requester, with: isAdHoc ? [.isAdHoc: .flag(true), .isPublic: .flag(false)] : [:])
        ]
        if let form = element.child("x", NS.dataForms).flatMap(DataForm.init(reading:)) {
            commands += try ConfigurationReader(speaker: speaker, topic: .configuration, node: "").founding(form)
        }
        let name = isAdHoc ? inbound.room.local : element["channel"]
        let answer = Element("create", element.namespace, ["channel": name])
        return .change(commands, answer: Intent.Answer(inbound.stanza.result([answer])))
    }

    /// The end of a channel, wherever it is asked for: some clients ask the channel itself (MIXC-091).
    static func destroy(_ speaker: Speaker, _ element: Element) throws(StanzaError) -> Intent {
        let inbound = speaker.inbound
        guard speaker.room.state != .absent else { throw StanzaError(.itemNotFound) }
        return .change(
            [.destroy(Destruction(), by: inbound.requester)],
            answer: Intent.Answer(inbound.stanza.result()))
    }

    // MARK: Nicks

    /// A nick that nobody else gets in any channel; at a channel it is only that channel's (rule mix-0.0.1 O-13).
    static func register(_ speaker: Speaker, _ element: Element) throws(StanzaError) -> Intent {
        guard isToService(speaker) else { return try NickReader(speaker: speaker, element: element).read() }
        let (inbound, namespace) = (speaker.inbound, element.namespace)
        let wish = element.child("nick", namespace)?.text ?? ""
        let shown = wish.isEmpty ? "" : Nickname.prepare(wish)
        guard let shown else { throw StanzaError(.notAcceptable, type: .modify) }
        let (request, jid) = (inbound.stanza, inbound.from.bare)
        return .change(
            making(speaker) + [.register(nick: shown, by: Requester(jid: jid))],
            answer: Intent.Answer { _, room in
                let nick = room.affiliations.entries[jid]?.nick ?? ""
                return request.result([Element("register", namespace) { Element("nick", namespace) { nick } }])
            })
    }

    /// The service's own room is made when it is first needed.
    private static func making(_ speaker: Speaker) -> [Command] {
        guard speaker.room.state == .absent else { return [] }
        let keeper = Requester(jid: speaker.inbound.room.domainOnly, isOperator: true)
        return [
            .found(by: keeper, with: [.registration: .choice("open")]),
            .library(.make(node: NS.mixNodeConversations, by: keeper)),
        ]
    }

    // MARK: New channels

    /// Subscribing to news of channels (rule mix-0.0.1 O-02).
    static func conversations(_ speaker: Speaker, _ element: Element) throws(StanzaError) -> Intent {
        let inbound = speaker.inbound
        guard let verb = element.firstChild, let node = verb["node"] else { throw StanzaError(.nodeIDRequired) }
        switch (inbound.stanza.type, verb.name) {
        case (.set, "subscribe"), (.set, "unsubscribe"):
            guard let jid = verb["jid"].flatMap({ try? JID($0) }), jid.bare == inbound.from.bare else {
                throw StanzaError(.badRequest, text: "Whoever subscribes does so for itself.")
            }
            let adds = verb.name == "subscribe"
            let topic = speaker.room.library[NS.mixNodeConversations]?.topic ?? .own(0)
            let grammar = Grammar.v001
            var commands = making(speaker)
            commands.append(
                .membership(
                    .subscribe(
                        inbound.from.bare, add: adds ? topic : [], remove: adds ? [] : topic, dialect: grammar.id,
                        domain: inbound.domain)))
            if adds {
                let address = inbound.isFromElsewhere ? inbound.from.bare : inbound.from
                commands.append(
                    .membership(
                        .listen(address, dialect: grammar.id, domain: inbound.domain, showsPresence: true)))
            }
            let state = adds ? "subscribed" : "none"
            let answer = Element("pubsub", NS.pubsub) {
                Element(
                    "subscription", NS.pubsub, ["node": node, "jid": jid.description, "subscription": state])
            }
            return .change(commands, answer: Intent.Answer(inbound.stanza.result([answer])))
        default: throw StanzaError(.notAllowed)
        }
    }
}
