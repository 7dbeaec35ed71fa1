// The channels of an account: what rooms tell of them, what the account asks of them, and what they answer.

import Host
import Logging
import Rooms
import Storage
import XML
import XMPP

extension AccountLoop {
    // MARK: What rooms of this server tell

    /// A room tells what became of the account in it: done already, and to be kept here too.
    func take(_ notice: ChannelNotice, on shard: isolated Shard) {
        if case .spoke(let resource, let dialect) = notice.kind {
            return take(dialect, spokenBy: resource, in: notice.channel, on: shard)
        }
        guard existence == .present else {
            if existence == .unreadable {
                shard.house.log.error("an account that cannot be read does not learn of its channel")
            }
            return
        }
        switch notice.kind {
        case .joined(let id, let dialect, let sharesPresence):
            let listeners = state.requests.listeners(of: notice.channel)
            begin(notice, as: id.text, on: shard)
            join(notice.channel, as: id.text, dialect, sharesPresence: sharesPresence, listeners, on: shard)
        case .left:
            for change in state.stays.end(in: notice.channel, at: notice.seq) { write(change) }
            leave(notice.channel)
        case .spoke: break  // taken above, whether the account can be read or not
        }
    }

    /// What is said in a room of this server from now on is part of the account's archive.
    private func begin(_ notice: ChannelNotice, as participant: String, on shard: isolated Shard) {
        guard case .rooms? = shard.house.domains[notice.channel.domain] else { return }
        let limit = setup.storage.channelStays
        for change in state.stays.begin(in: notice.channel, as: participant, at: notice.seq, limit: limit) {
            write(change)
        }
    }

    /// The account takes part in a channel: that stands on its roster from now on, and its clients are there.
    ///
    /// - Parameter listeners: the resources that the channel lets hear of it already.
    private func join(
        _ address: JID, as participant: String?, _ dialect: DialectID, sharesPresence: Bool,
        _ listeners: [JID: DialectID], on shard: isolated Shard
    ) {
        let clients = state.contacts.channel(address)?.clients ?? []
        let channel = Channel(participant, dialect: dialect, clients: clients)
        do throws(StorageFault) {
            follow(try state.contacts.join(address, channel, sharesPresence: sharesPresence), in: address)
        } catch {
            // what cannot be kept is not begun: the client that joined without asking here is told by the channel
            shard.house.log.notice("a roster is full: the account leaves a channel", metadata: ["fault": "\(error)"])
            return route(leaving(address, dialect, on: shard))
        }
        for (full, dialect) in listeners where state[full]?.channels[address] == nil {
            state[full]?.channels[address] = Attendance(dialect: dialect, isShown: false)
        }
        for resource in state.resources where resource.spokenTo.contains(address) { remember(resource, in: address) }
        attendAll(refreshes: false, on: shard)
    }

    /// A client that speaks a draft, and whose features do not say so, is known again (rule X-15).
    func remember(_ resource: Resource, in address: JID) {
        guard let spoken = resource.tongue, Tongue.isDraft(spoken), resource.client.tongue == nil else { return }
        let limit = setup.limits.clientsPerChannel
        for change in state.contacts.remember(resource.mark, in: address, limit: limit) { write(change) }
    }

    /// It takes part no more, and the channel has nobody of it any more.
    private func leave(_ address: JID) {
        for full in state.resources.map(\.jid) {
            state[full]?.channels[address] = nil
            state[full]?.spokenTo.remove(address)
        }
        if let outcome = state.contacts.leave(address) { follow(outcome, in: address) }
    }

    /// Stores what changed, and tells those who hear of the roster.
    private func follow(_ outcome: Contacts.Outcome, in address: JID) {
        for change in outcome.writes { write(change) }
        if let push = outcome.push { RosterDesk.push(push, to: self) }
    }

    // MARK: What the account asks

    /// Asks a channel in the account's name (XEP-0405 §2.7, §2.8). The answer comes to the account, as its own change
    /// of the roster does.
    func ask(
        _ address: JID, _ element: Element, id: String? = nil, kind: ChannelRequests.Kind,
        client: (request: Envelope, form: ChannelRequests.Form), _ listeners: [ListeningClient] = [],
        on shard: isolated Shard
    ) {
        let id = id ?? RandomWord.of(shard.house.randomBytes(Self.idLetters))
        open(address, id: id, kind: kind, client: client, on: shard)
        let request = Stanza.iq(type: .set, id: id, from: jid, to: address, payload: [element])
        outbox.add(.route(Envelope(request, from: jid, to: address, listeners: listeners)))
    }

    private static let idLetters = 20

    private func open(
        _ address: JID, id: String, kind: ChannelRequests.Kind,
        client: (request: Envelope, form: ChannelRequests.Form), on shard: isolated Shard
    ) {
        let deadline = shard.loop.now + .seconds(shard.house.limits.relaySeconds)
        state.requests.add(
            ChannelRequests.Open(channel: address, id: id, kind: kind, client: client, deadline: deadline))
        wakeForRequests(on: shard)
    }

    /// The owner strikes a channel off the roster: that is leaving it.
    func strike(channel address: JID, on shard: isolated Shard) {
        guard let channel = state.contacts.channel(address) else { return }
        leave(address)
        route(leaving(address, channel.dialect, on: shard))
    }

    /// The account is deleted: nobody of that name is to inherit its places.
    func leaveEverywhere(on shard: isolated Shard) {
        for (address, channel) in state.contacts.channels {
            shard.route(leaving(address, channel.dialect, on: shard))
        }
    }

    /// The account takes part no more, whatever the channel answers: nobody waits for that, and it changes nothing.
    private func leaving(_ address: JID, _ dialect: DialectID, on shard: isolated Shard) -> Stanza {
        let id = RandomWord.of(shard.house.randomBytes(Self.idLetters))
        return Stanza.iq(
            type: .set, id: id, from: jid, to: address, payload: [Element("leave", Tongue.namespace(of: dialect))])
    }

    // MARK: What channels answer

    /// An IQ that answers something the account asked of a channel.
    ///
    /// - Returns: whether it is one.
    func heed(answer envelope: Envelope, on shard: isolated Shard) -> Bool {
        let stanza = envelope.stanza
        guard !stanza.isAnswerable, !state.requests.isEmpty,
            let open = state.requests.answered(by: envelope.from, id: stanza.id, to: envelope.to)
        else { return false }
        // rooms of this server have told before
        if stanza.type == .result, shard.house.domains[open.channel.domain] == nil { settle(open, stanza, on: shard) }
        let (request, form) = open.client
        guard form != .direct else { return true }
        // of an error the error alone: some repeat with it what they were sent, or wrap it (MIXC-516)
        guard let error = stanza.failure else {
            reply(request.stanza.result(form.dressing(stanza.payload, as: open.kind)), to: request)
            return true
        }
        reply(request.stanza.error(error), to: request)
        return true
    }

    /// A channel of another server has done what was asked.
    private func settle(_ open: ChannelRequests.Open, _ answer: Stanza, on shard: isolated Shard) {
        switch open.kind {
        case .leave: leave(open.channel)
        case .join(let dialect, let sharesPresence, let listeners):
            let join = JoinAnswer(answer)
            self.join(
                open.channel, as: join.participant, dialect, sharesPresence: join.sharesPresence ?? sharesPresence,
                listeners, on: shard)
        }
    }

    /// Answers for channels that did not.
    func giveUpRequests(on shard: isolated Shard) {
        for open in state.requests.expire(at: shard.loop.now) {
            guard open.client.form != .direct else { continue }
            refuse(open.client.request, StanzaError(.remoteServerTimeout, type: .wait))
        }
        wakeForRequests(on: shard)
    }

    // MARK: Channels to which clients speak themselves

    /// An own resource has sent something that may be MIX (rule X-15). It is on its way.
    func note(_ venture: Venture, on shard: isolated Shard) {
        let (client, address) = (venture.client, venture.address)
        switch venture.sign {
        case .spoken(let dialect):
            hear(dialect, from: client, to: address.bare, on: shard)
            // channels of this server tell what came of it
            guard let request = venture.request, shard.house.domains[address.domain] == nil,
                state.requests.count < setup.limits.channelRequests
            else { return }
            open(address, id: request.id, kind: request.kind, client: venture.asker(of: request), on: shard)
        case .firstDraft where (state[client]?.spoken).map(Tongue.isDraft) ?? true:
            hear(Tongue.draft1, from: client, to: address.bare, on: shard)
        case .firstDraft, .unclear:
            guard let channel = state.contacts.channel(of: address), let known = state.contacts.channel(channel)
            else { return }
            hear(state[client]?.client.tongue ?? known.dialect, from: client, to: channel, on: shard)
        }
    }
}
