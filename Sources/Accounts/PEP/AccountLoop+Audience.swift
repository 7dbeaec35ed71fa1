// Who hears of an account's nodes: presences that come and go, questions to clients, and the notifications.

import DialectKit
import Host
import Storage
import XML
import XMPP

extension AccountLoop {
    /// Begins the id of a question to a client; its hash follows.
    private static let question = "caps-"

    /// Undirected presence of an own resource, or presence of somebody else.
    ///
    /// - Parameter hasJustCome: false of the answer to a question who is there.
    func notice(_ presence: Stanza, from resource: JID, hasJustCome: Bool = true, on shard: isolated Shard) {
        guard resource.bare == jid || state.contacts.isSubscriber(resource.bare) else { return }
        guard !state.blocklist.blocks(resource) else { return }
        let step = state.audience.heard(
            presence, from: resource, hasJustCome: hasJustCome, most: setup.limits.listenersPerAccount,
            known: { hall.capabilities[$0]?.interests })
        take(step, for: resource, on: shard)
    }

    private func take(_ step: PEPAudience.Step, for resource: JID, on shard: isolated Shard) {
        switch step {
        case .nothing: break
        case .ask(let capabilities):
            let query = DiscoInfo(node: capabilities.discoNode)
            deliver(
                Stanza.iq(
                    type: .get, id: Self.question + capabilities.ver, from: jid, to: resource,
                    payload: [query.element]))
        case .welcome:
            let name = name
            outbox.add(
                .work { shard in shard.accountHall?.known(name)?.post(.newcomer(resource), on: shard) })
        }
    }

    /// An answer to the account itself: to its question what a client can.
    func learn(_ envelope: Envelope, on shard: isolated Shard) {
        let stanza = envelope.stanza
        guard let listener = state.audience.listeners[envelope.from], listener.interests == nil,
            stanza.id == Self.question + listener.capabilities.ver
        else { return }
        let info = stanza.type == .result ? stanza.payload.first.flatMap(DiscoInfo.init(reading:)) : nil
        let traits = info.map { hall.capabilities.take($0, for: listener.capabilities) }
        take(state.audience.learned(traits?.interests ?? [], of: envelope.from), for: envelope.from, on: shard)
        recognise(envelope.from, by: traits, on: shard)
    }

    /// Sends somebody who has come online the last items of the nodes they want to hear of (XEP-0163 §4.3.4).
    func sendLastItems(to resource: JID, on shard: isolated Shard) {
        let reader = reader(for: resource)
        let interests = state.audience.listeners[resource]?.interests ?? []
        let nodes = interests.sorted().filter { node in
            guard let configuration = state.nodes[node] else { return false }
            return configuration.lastItem == .onSubscriptionAndPresence && configuration.refusal(to: reader) == nil
        }
        guard !nodes.isEmpty else { return }
        let name = name
        ask(on: shard, { store, done in store.lastItems(of: name, nodes: nodes, done) }) { found, account, shard in
            guard case .success(let records) = found, account.state.audience.listeners[resource] != nil else { return }
            for record in records {
                guard let configuration = account.state.nodes[record.node], !configuration.hasExpired(record, shard),
                    let item = PubSubItem(record, in: configuration)
                else { continue }
                let news = PEPNodes.News(node: record.node, event: .published(item), configuration: configuration)
                let delay = Delay(Moment(milliseconds: record.time), from: account.jid)
                account.deliver(account.message(news, to: resource, more: [delay.element]))
            }
        }
    }

    /// Tells everybody who wants to hear of a node and may, and is not blocked (XEP-0163 §4.3.3).
    func spread(_ news: [PEPNodes.News]) {
        for news in news {
            for resource in state.audience.listeners(to: news.node) {
                guard news.configuration.refusal(to: reader(for: resource)) == nil,
                    !state.blocklist.blocks(resource)
                else { continue }
                deliver(message(news, to: resource))
            }
        }
    }

    private func message(_ news: PEPNodes.News, to resource: JID, more: [Element] = []) -> Stanza {
        let type: StanzaType = news.configuration.notification == .headline ? .headline : .normal
        return Stanza.message(
            type: type, from: jid, to: resource, payload: [news.event.element(about: news.node)] + more)
    }

    /// Straight to an own resource that is there, through the router to anybody else.
    private func deliver(_ stanza: Stanza) {
        guard let to = stanza.to else { return }
        if to.bare != jid {
            route(stanza)
        } else if let resource = resource(to), resource.isAvailable {
            tell(Template(stanza), to: resource)
        }
    }

    /// What somebody is to the account, as far as access to its nodes depends on it.
    func reader(for asker: JID) -> NodeReader {
        if asker.bare == jid { return .owner }
        guard let contact = state.contacts[asker.bare] else { return .stranger }
        return .contact(groups: contact.groups, seesPresence: state.contacts.isSubscriber(asker.bare))
    }
}

extension NodeConfiguration {
    /// Whether an item is not shown any more.
    func hasExpired(_ record: ItemRecord, _ shard: isolated Shard) -> Bool {
        guard let itemExpiry else { return false }
        return (shard.loop.now.milliseconds - record.time) / 1_000 > itemExpiry
    }
}

extension PubSubItem {
    /// An item as it is shown; nil if its bytes cannot be read.
    init?(_ record: ItemRecord, in configuration: NodeConfiguration) {
        guard let payload = try? Element(parsing: record.payload, in: "") else { return nil }
        self.init(id: record.id, payload: configuration.deliversPayloads ? payload : nil)
    }
}
