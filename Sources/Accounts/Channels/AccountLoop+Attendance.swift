// Which resources hear of which channels, and which channels have their presence (XEP-0405 §2.1, §2.9; rule X-15).

import DialectKit
import Host
import Rooms
import XMPP

extension AccountLoop {
    /// Brings one resource's part in the account's channels in line with what is known of it: where it begins to hear,
    /// where it hears no more, and where its presence goes. What a channel has already is not sent again.
    ///
    /// - Parameters:
    ///   - news: the presence that the resource has just sent to everybody.
    ///   - refreshes: whether channels of other servers are asked who is there, for one that begins to hear of them.
    func attend(_ full: JID, showing news: Stanza? = nil, refreshes: Bool = true, on shard: isolated Shard) {
        guard var resource = state[full], isConnected(resource.port), state.contacts.hasChannels else { return }
        let isRemembered = resource.spoken == nil && state.contacts.remembers(resource.marks)
        for (address, channel) in state.contacts.channels {
            let former = resource.channels[address]
            let isThere = resource.isAvailable || resource.spokenTo.contains(address)
            guard isThere, !state.blocklist.blocks(address),
                let dialect = resource.tongue(isDraft: channel.isDraft, isRemembered: isRemembered)
            else {
                if let former { part(from: address, former, resource.jid) }
                resource.channels[address] = nil
                continue
            }
            let attendance = Attendance(
                dialect: dialect, isShown: isShown(resource, to: address, in: dialect, former?.isShown ?? false))
            if former?.dialect != dialect { listen(resource, to: address, attendance, former, on: shard) }
            show(resource, to: address, attendance, former, news)
            if former == nil, refreshes, shard.house.domains[address.domain] == nil { refresh(address) }
            resource.channels[address] = attendance
        }
        state[full] = resource
    }

    /// Does so for every resource.
    func attendAll(refreshes: Bool = true, on shard: isolated Shard) {
        for full in state.resources.map(\.jid) { attend(full, refreshes: refreshes, on: shard) }
    }

    /// Whether a channel is to have the presence of a resource. Clients of the first draft publish theirs themselves,
    /// and what a channel has of them it keeps.
    private func isShown(_ resource: Resource, to address: JID, in dialect: DialectID, _ wasShown: Bool) -> Bool {
        guard dialect != Tongue.draft1 else { return wasShown }
        return resource.isAvailable && state.contacts.isSubscriber(address)
    }

    private func listen(
        _ resource: Resource, to address: JID, _ attendance: Attendance, _ former: Attendance?, on shard: isolated Shard
    ) {
        let (full, dialect) = (resource.jid, attendance.dialect)
        if former == nil {
            let listener = ListeningClient(
                full, at: resource.port, dialect: dialect, showsPresence: attendance.isShown)
            outbox.add(.work { shard in shard.listen(listener, to: address) })
        }
        // one that spoke for itself hears already, perhaps as one that had not shown yet what it is
        if former != nil || dialect != Tongue.undetermined {
            outbox.add(.work { shard in shard.tune(full, to: address, in: dialect) })
        }
    }

    private func show(
        _ resource: Resource, to address: JID, _ attendance: Attendance, _ former: Attendance?, _ news: Stanza?
    ) {
        switch (former?.isShown ?? false, attendance.isShown) {
        case (false, true):
            if let presence = resource.presence { route(presence.addressed(to: address)) }
        case (true, true):
            if let news, attendance.dialect != Tongue.draft1 { route(news.addressed(to: address)) }
        case (true, false): route(Stanza.presence(type: .unavailable, from: resource.jid, to: address))
        case (false, false): break
        }
    }

    /// Asks a channel for the presence of everybody in it (XEP-0405 §2.9.3).
    private func refresh(_ address: JID) { route(Stanza.presence(from: jid, to: address)) }

    /// A channel may see more of the account's presence, or no more.
    func show(to address: JID, _ disclosure: Contacts.Outcome.Disclosure?, on shard: isolated Shard) {
        if disclosure == .available {
            // whoever asks again perhaps misses what it was sent
            for full in state.resources.map(\.jid) { state[full]?.channels[address]?.isShown = false }
        }
        attendAll(on: shard)
    }

    // MARK: Going

    /// A resource goes: first its presence, then what it hears. Of a client of the first draft nobody knows what it has
    /// published.
    func dismiss(_ resource: inout Resource, with farewell: Stanza) {
        for (address, attendance) in resource.channels.sorted(by: { $0.key < $1.key }) {
            part(from: address, attendance, resource.jid, with: farewell)
        }
        // it may hear of more than its account takes part in: what is for everybody, and of new channels
        let full = resource.jid
        for address in resource.spokenTo.subtracting(resource.channels.keys).sorted() {
            outbox.add(.work { shard in shard.deafen(full, to: address) })
        }
        resource.channels = [:]
        resource.spokenTo = []
    }

    private func part(from address: JID, _ attendance: Attendance, _ full: JID, with farewell: Stanza? = nil) {
        if attendance.isShown || attendance.dialect == Tongue.draft1 {
            let farewell = farewell ?? Stanza.presence(type: .unavailable, from: full)
            route(farewell.addressed(to: address))
        }
        outbox.add(.work { shard in shard.deafen(full, to: address) })
    }

    // MARK: What is known of clients

    /// An own resource tells in its presence what its client can. One that says nothing now is what it was.
    func hear(capabilitiesIn presence: Stanza) {
        guard let full = presence.from, let resource = state[full], let told = Capabilities(of: presence),
            told != resource.client.capabilities
        else { return }
        state[full]?.client = hall.capabilities[told].map { .known(told, $0) } ?? .asked(told)
        tellTongue(of: full)
    }

    /// A client has answered what it can, or has not.
    func recognise(_ full: JID, by traits: ClientTraits?, on shard: isolated Shard) {
        guard let told = state[full]?.client.capabilities else { return }
        state[full]?.client = traits.map { .known(told, $0) } ?? .obscure(told)
        tellTongue(of: full)
        attend(full, on: shard)
    }

    /// A resource has spoken MIX, to a channel of this server, of another, or to the account about it.
    ///
    /// - Returns: whether it is remembered to hear of the channel, so that this ends when it goes.
    @discardableResult
    func hear(_ dialect: DialectID, from full: JID, to address: JID, on shard: isolated Shard) -> Bool {
        guard var resource = state[full], isConnected(resource.port), Tongue.isMIX(dialect) else { return false }
        // not yet told apart says less than any other
        if dialect != Tongue.undetermined || resource.tongue == nil { resource.tongue = dialect }
        if resource.spokenTo.count < setup.limits.channelsPerClient { resource.spokenTo.insert(address) }
        state[full] = resource
        remember(resource, in: address)
        tellTongue(of: full)
        attend(full, on: shard)
        return state[full].map { $0.spokenTo.contains(address) || $0.channels[address] != nil } ?? false
    }

    /// A room of this server has given a resource a place. Whoever has gone meanwhile, or has too many, is not to keep
    /// it: nobody would take it away, and the room would stay in memory for it.
    func take(_ dialect: DialectID, spokenBy full: JID, in address: JID, on shard: isolated Shard) {
        guard existence == .present, let resource = state[full], isConnected(resource.port) else {
            return outbox.add(.work { shard in shard.deafen(full, to: address) })
        }
        // one that a join of the account put there has said nothing itself
        guard state.requests.listeners(of: address)[full] != dialect else { return }
        guard !hear(dialect, from: full, to: address, on: shard) else { return }
        outbox.add(.work { shard in shard.deafen(full, to: address) })
        let most = setup.limits.channelsPerClient
        let error = StanzaError(.resourceConstraint, type: .wait, text: "At most \(most) channels at a time.")
        tell(Template(Stanza.message(from: full, to: address).error(error)), to: resource)
    }

    /// The session learns what its client speaks: channels in which it has no place yet answer it in that.
    private func tellTongue(of full: JID) {
        guard let resource = state[full], let tongue = resource.spoken else { return }
        let port = resource.port
        let tell = { @Sendable (home: isolated Shard) -> Void in
            (home.outlet(at: port) as? Session)?.tongue = tongue
        }
        outbox.add(
            .work { shard in
                if Int(port.shard) == shard.index { tell(shard) } else { shard.ask(Int(port.shard), tell) }
            })
    }
}
