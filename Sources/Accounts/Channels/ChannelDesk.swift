// What a client asks of its account about channels: to join one and to leave one (XEP-0405 §2.7, §2.8; rule X-21).

import Host
import Rooms
import XML
import XMPP

/// Answers the requests by which clients join and leave channels through their server.
enum ChannelDesk {
    /// The namespaces of XEP-0405, today's first; each is answered in kind.
    static let namespaces = [NS.mixPAM, "urn:xmpp:mix:pam:1", "urn:xmpp:mix:pam:0"]
    /// In which a `join` and a `leave` may stand: documents and clients differ (MIXC O-03).
    private static let inner = [NS.mixCore, NS.mixCore0, NS.mix0, NS.mixAnonymous, NS.mixMisc]

    static func register(in table: inout AccountTable) {
        for namespace in namespaces {
            for name in ["join", "leave"] {
                table.on(
                    .set, "client-\(name)", namespace, from: .owner, feature: namespace, hostFeature: namespace
                ) { request, account, shard in
                    answer(request, in: account, on: shard) { () throws(StanzaError) in
                        let asked = try element(name, in: request.element)
                        let channel = try channel(of: request.element, account)
                        pass(asked, to: channel, request, .wrapped(in: namespace), account, on: shard)
                    }
                }
            }
        }
        // documents say that the account tells it, and there are clients that look at its server (MIXC-300)
        table.offer(feature: NS.mixPAMArchive, hostFeature: NS.mixPAMArchive)
        for name in ["join", "leave"] {
            table.on(.set, name, NS.mix0, from: .owner) { request, account, shard in
                answer(request, in: account, on: shard) { () throws(StanzaError) in
                    let channel = try channel(of: request.element, account)
                    let asked = request.element.replacingAttribute("channel", with: nil)
                    pass(asked, to: channel, request, .plain, account, on: shard)
                }
            }
        }
    }

    /// Whether an element is a request of this desk, which only the account itself may make.
    static func serves(_ element: Element) -> Bool {
        namespaces.contains(element.namespace)
            || element.namespace == NS.mix0 && ["join", "leave"].contains(element.name)
    }

    private static func answer(
        _ request: AccountTable.Request, in account: AccountLoop, on shard: isolated Shard,
        _ work: () throws(StanzaError) -> Void
    ) {
        do throws(StanzaError) {
            try work()
        } catch {
            account.refuse(request.envelope, error)
        }
    }

    /// The one element that is meant for the channel.
    private static func element(_ name: String, in wrapper: Element) throws(StanzaError) -> Element {
        let elements = Array(wrapper.children)
        guard elements.count == 1, elements[0].name == name, inner.contains(elements[0].namespace) else {
            throw StanzaError(.badRequest, text: "There is to be one <\(name)/> in it.")
        }
        return elements[0]
    }

    private static func channel(of element: Element, _ account: AccountLoop) throws(StanzaError) -> JID {
        guard let text = element["channel"], let channel = try? JID(text), channel.isBare, channel.local != nil else {
            throw StanzaError(.badRequest, text: "“channel” is to be the address of a channel.")
        }
        guard !account.state.blocklist.blocks(channel) else { throw Blocklist.refusal }
        let (most, open) = (account.setup.limits.channelRequests, account.state.requests.count)
        guard open < most else {
            throw StanzaError(.resourceConstraint, type: .wait, text: "At most \(most) requests at a time.")
        }
        return channel
    }

    /// Sends a request on in the account's name, as it is and under its id.
    private static func pass(
        _ element: Element, to channel: JID, _ request: AccountTable.Request, _ form: ChannelRequests.Form,
        _ account: AccountLoop, on shard: isolated Shard
    ) {
        let asker = request.envelope.from
        // whoever asks without a wrapper pins its draft; in the wrapper it speaks as it does inside
        let dialect =
            form == .plain ? Tongue.draft2 : Tongue.of(namespace: element.namespace) ?? Tongue.current
        let client = (request: request.envelope, form: form)
        guard element.name == "join" else {
            account.hear(dialect, from: asker, to: channel, on: shard)
            return account.ask(
                channel, element, id: request.stanza.id, kind: .leave, client: client, on: shard)
        }
        guard account.state.contacts.hasRoom(for: channel) else {
            return account.refuse(
                request.envelope, StanzaError(.resourceConstraint, type: .wait, text: "The roster is full."))
        }
        account.hear(dialect, from: asker, to: channel, on: shard)
        let sharesPresence = JoinAnswer.sharesPresence(element) ?? true
        let listeners = account.listeners(joining: channel, in: dialect, sharesPresence: sharesPresence)
        let dialects = Dictionary(listeners.map { ($0.address, $0.dialect) }) { first, _ in first }
        account.ask(
            channel, element, id: request.stanza.id,
            kind: .join(dialect, sharesPresence: sharesPresence, listeners: dialects), client: client, listeners,
            on: shard)
    }
}

extension AccountLoop {
    /// The resources that will hear of a channel which the account joins: every client of MIX, the one that asks among
    /// them whether it is available or not.
    fileprivate func listeners(joining address: JID, in dialect: DialectID, sharesPresence: Bool) -> [ListeningClient] {
        let isDraft = Tongue.isDraft(dialect)
        return state.resources.compactMap { resource in
            guard isConnected(resource.port), resource.isAvailable || resource.spokenTo.contains(address),
                let spoken = resource.tongue(
                    isDraft: isDraft, isRemembered: state.contacts.remembers(resource.marks))
            else { return nil }
            let follows = sharesPresence && resource.isAvailable && spoken != Tongue.draft1
            return ListeningClient(resource.jid, at: resource.port, dialect: spoken, showsPresence: follows)
        }
    }
}
