// One account: its resources, its roster, and what is delivered to whom (RFC 6121 §8).

import DequeModule
import DialectKit
import Host
import Logging
import Storage
import XML
import XMPP

/// The confined owner of one account on its shard.
final class AccountLoop {
    /// One connected resource.
    struct Resource {
        let jid: JID
        let hole: AddressHole
        let port: Port
        /// Its last undirected available presence; nil: connected, not available.
        var presence: Template?
        /// RFC 6121 §4.7.2.3.
        var priority = 0
    }

    /// A client that waits for its resource: for the account to be read, or for whoever has the resource to go.
    private struct Opening {
        let jid: JID
        let port: Port
        let done: @Sendable (StanzaError?) -> Void
    }

    private enum Phase { case loading, present, missing, unreadable }

    let jid: JID
    let setup: AccountsSetup
    private var phase = Phase.loading
    private var isLoaded = false
    private var resources: [Resource] = []
    private var waiting: Deque<Envelope> = []
    private var openings: [Opening] = []
    var interested: Set<JID> = []

    init(_ jid: JID, _ setup: AccountsSetup) {
        self.jid = jid
        self.setup = setup
    }

    var name: String { jid.local ?? "" }
    var isQuiet: Bool { waiting.isEmpty && openings.isEmpty }

    // MARK: Being there

    /// Asks the store whether the account exists; its mail waits meanwhile.
    func load(on shard: isolated Shard) {
        let (home, name) = (shard.house.shards[shard.index], name)
        shard.house.store.account(named: name) { found in
            home.loop.execute {
                home.assumeIsolated { shard in shard.accountHall?.known(name)?.loaded(found, on: shard) }
            }
        }
    }

    private func loaded(_ found: Result<AccountRecord?, StorageFault>, on shard: isolated Shard) {
        guard !isLoaded else { return }
        isLoaded = true
        if phase == .loading {
            switch found {
            case .success(.some): phase = .present
            case .success(nil): phase = .missing
            case .failure(let fault):
                phase = .unreadable
                shard.house.log.error("an account cannot be read", metadata: ["reason": "\(fault)"])
            }
        }
        let opened = openings
        openings = []
        for opening in opened { open(opening, on: shard) }
        while let envelope = waiting.popFirst() { deliver(envelope, on: shard) }
        letGoIfIdle(on: shard)
    }

    private func letGoIfIdle(on shard: isolated Shard) {
        if isLoaded, resources.isEmpty, isQuiet { shard.accountHall?.letGo(self) }
    }

    /// A client wants a resource. `done` is told when it has it, or why not.
    func open(
        _ full: JID, at port: Port, on shard: isolated Shard, _ done: @escaping @Sendable (StanzaError?) -> Void
    ) {
        open(Opening(jid: full, port: port, done: done), on: shard)
        letGoIfIdle(on: shard)
    }

    private func open(_ opening: Opening, on shard: isolated Shard) {
        guard isLoaded else { return openings.append(opening) }
        switch phase {
        case .loading, .present: break
        case .missing: return opening.done(StanzaError(.notAuthorized))
        case .unreadable: return opening.done(StanzaError(.internalServerError, type: .wait))
        }
        if let index = resources.firstIndex(where: { $0.jid == opening.jid }) {
            return replace(resources.remove(at: index), for: opening, on: shard)
        }
        guard resources.count < setup.limits.resourcesPerAccount else {
            return opening.done(StanzaError(.resourceConstraint, type: .wait))
        }
        resources.append(Resource(jid: opening.jid, hole: AddressHole(opening.jid), port: opening.port))
        opening.done(nil)
    }

    /// Another client that has the resource gives way (RFC 6120 §7.7.2.2), and is gone before its successor may speak:
    /// a tick after it went, its farewells are on their way to every room, ahead of whatever follows.
    private func replace(_ former: Resource, for opening: Opening, on shard: isolated Shard) {
        openings.append(opening)
        interested.remove(former.jid)
        if former.presence != nil {
            tellOthers(Stanza.presence(type: .unavailable, from: former.jid), except: former.jid, on: shard)
        }
        let (home, name, port) = (shard.index, name, opening.port)
        shard.ask(Int(former.port.shard)) { shard in
            (shard.outlet(at: former.port) as? ClientConnection)?.replaced(on: shard)
            shard.ask(shard.index) { shard in
                shard.ask(home) { home in home.accountHall?.known(name)?.admit(port, on: home) }
            }
        }
    }

    /// Nobody stands in the way of this client any more.
    private func admit(_ port: Port, on shard: isolated Shard) {
        guard let index = openings.firstIndex(where: { $0.port == port }) else { return }
        open(openings.remove(at: index), on: shard)
        letGoIfIdle(on: shard)
    }

    /// A client is gone, or no longer wants the resource it asked for.
    func close(_ full: JID, at port: Port, _ farewell: Stanza, on shard: isolated Shard) {
        openings.removeAll { $0.port == port }
        if let index = resources.firstIndex(where: { $0.jid == full && $0.port == port }) {
            let resource = resources.remove(at: index)
            interested.remove(full)
            if resource.presence != nil { tellOthers(farewell, except: full, on: shard) }
        }
        letGoIfIdle(on: shard)
    }

    /// The account was deleted from the store.
    func vanish(on shard: isolated Shard) {
        phase = .missing
        letGoIfIdle(on: shard)
    }

    // MARK: Mail

    func receive(_ envelope: Envelope, on shard: isolated Shard) {
        if !isLoaded, waiting.count < setup.limits.accountMailbox {
            waiting.append(envelope)
            return
        }
        deliver(envelope, on: shard)
        letGoIfIdle(on: shard)
    }

    private func deliver(_ envelope: Envelope, on shard: isolated Shard) {
        if isRosterOfSomebodyElse(envelope) { return refuse(envelope, StanzaError(.forbidden), on: shard) }
        guard isLoaded, phase != .unreadable else {
            return refuse(envelope, StanzaError(.resourceConstraint, type: .wait), on: shard)
        }
        if phase != .present { return refuse(envelope, StanzaError(.serviceUnavailable), on: shard) }
        if envelope.from.bare == jid, envelope.to == jid {
            own(envelope, on: shard)
        } else if envelope.to.resource != nil {
            toResource(envelope, on: shard)
        } else {
            toAccount(envelope, on: shard)
        }
    }

    /// RFC 6121 §2.1.5, §2.3.3: the same for accounts that do not exist.
    private func isRosterOfSomebodyElse(_ envelope: Envelope) -> Bool {
        envelope.stanza.kind == .iq && envelope.to.isBare && envelope.from.bare != jid
            && envelope.stanza.isAnswerable && envelope.stanza.child("query", NS.roster) != nil
    }

    /// Refuses what can be refused; whether the account exists cannot be told from it.
    func refuse(_ envelope: Envelope, _ error: StanzaError, on shard: isolated Shard) {
        if envelope.stanza.isAnswerable, envelope.stanza.kind != .presence, envelope.stanza.type != .headline {
            shard.reply(envelope.stanza.error(error), to: envelope)
        }
        shard.complete(envelope)
    }

    // MARK: From the account itself

    private func own(_ envelope: Envelope, on shard: isolated Shard) {
        switch envelope.stanza.kind {
        case .presence: ownPresence(envelope, on: shard)
        case .message: toAccount(envelope, on: shard)
        case .iq: RosterDesk(self).receive(envelope, on: shard)
        }
    }

    /// RFC 6121 §4.2, §4.4, §4.5; subscriptions to oneself and probes of oneself mean nothing.
    private func ownPresence(_ envelope: Envelope, on shard: isolated Shard) {
        defer { shard.complete(envelope) }
        guard let index = resources.firstIndex(where: { $0.jid == envelope.from }) else { return }
        switch envelope.stanza.type {
        case .available:
            guard let priority = priority(of: envelope.stanza) else {
                return shard.reply(envelope.stanza.error(StanzaError(.badRequest)), to: envelope)
            }
            let isFirst = resources[index].presence == nil
            resources[index].presence = Template(envelope.stanza)
            resources[index].priority = priority
            tellOthers(envelope.stanza, except: nil, on: shard)
            guard isFirst else { return }
            let newcomer = resources[index]
            let others = resources.filter { $0.jid != newcomer.jid }.compactMap(\.presence)
            if !others.isEmpty { shard.tell(others, to: newcomer.hole, at: newcomer.port) }
        case .unavailable:
            guard resources[index].presence != nil else { return }
            resources[index].presence = nil
            tellOthers(envelope.stanza, except: envelope.from, on: shard)
        default: break
        }
    }

    /// −128 … 127, 0 where it is not said; nil: what is said is no priority (RFC 6121 §4.7.2.3).
    private func priority(of stanza: Stanza) -> Int? {
        guard let text = stanza.child("priority", NS.client)?.text else { return 0 }
        return Int8(text.drop(while: \.isWhitespace)).map(Int.init)
    }

    /// Tells the account's available resources of one another.
    private func tellOthers(_ stanza: Stanza, except: JID?, on shard: isolated Shard) {
        let template = Template(stanza)
        for resource in resources where resource.presence != nil && resource.jid != except {
            shard.tell([template], to: resource.hole, at: resource.port)
        }
    }

    // MARK: For the desks

    /// The outlets of resources that asked for the roster.
    var interestedResources: [(jid: JID, port: Port)] {
        resources.filter { interested.contains($0.jid) }.map { ($0.jid, $0.port) }
    }

    var ports: [Port] { resources.map(\.port) }

    /// The resource of a full JID, connected and perhaps not available.
    func resource(_ full: JID) -> Resource? { resources.first { $0.jid == full } }

    /// Those to which messages for the account go: available, and not of negative priority (RFC 6121 §8.5.2.1).
    var ready: [Resource] { resources.filter { $0.presence != nil && $0.priority >= 0 } }

    /// Those to which presence for the account goes.
    var available: [Resource] { resources.filter { $0.presence != nil } }
}
