// Presence of an account's resources: to whom it is shown, and what a newcomer is shown (RFC 6121 §4).

import DialectKit
import Host
import Storage
import XML
import XMPP

extension AccountLoop {
    /// Undirected presence of an own resource (RFC 6121 §4.2, §4.4, §4.5).
    func show(_ envelope: Envelope, on shard: isolated Shard) {
        let stanza = envelope.stanza
        guard var resource = state[envelope.from] else { return }
        switch stanza.type {
        case .available:
            guard let priority = priority(of: stanza) else {
                return reply(stanza.error(StanzaError(.badRequest)), to: envelope)
            }
            let isFirst = !resource.isAvailable
            resource.presence = stanza
            resource.priority = priority
            state[resource.jid] = resource
            announce(stanza, on: shard)
            if isFirst { welcome(resource, on: shard) }
            notice(stanza, from: resource.jid, on: shard)
            hear(capabilitiesIn: stanza)
            attend(resource.jid, showing: stanza, on: shard)
        case .unavailable:
            dismiss(&resource, with: stanza)
            resource.directed = [:]
            let wasAvailable = resource.isAvailable
            resource.presence = nil
            state[resource.jid] = resource
            state.audience.forget(resource.jid)
            guard wasAvailable else { return }
            announce(stanza, on: shard)
        default: break
        }
    }

    /// A resource has shown its presence to somebody in particular, or no more.
    func note(directed stanza: Stanza) {
        guard let from = stanza.from, let to = stanza.to else { return }
        state[from]?.directed[to] = stanza.type == .available ? stanza : nil
    }

    /// −128 … 127, 0 where it is not said; nil: what is said is no priority (RFC 6121 §4.7.2.3).
    private func priority(of stanza: Stanza) -> Int? {
        guard let text = stanza.child("priority", NS.client)?.text else { return 0 }
        return Int8(text.drop(while: \.isWhitespace)).map(Int.init)
    }

    /// Tells everybody who is to know of the presence of a resource: the account's available resources, and the
    /// contacts that may see it.
    func announce(_ stanza: Stanza, on shard: isolated Shard) {
        let template = Template(stanza)
        for resource in available where stanza.type == .available || resource.jid != stanza.from {
            tell(template, to: resource)
        }
        for contact in state.contacts.subscribers where isOpen(to: contact, on: shard) {
            route(stanza.addressed(to: contact))
        }
    }

    /// Whether the account's presence may go to a contact, and with it that somebody is there: the contact can be
    /// reached and is not blocked (XEP-0191 §3.3).
    private func isOpen(to contact: JID, on shard: isolated Shard) -> Bool {
        shard.reaches(contact) && !state.blocklist.blocks(contact)
    }

    /// What a resource that has just become available is told: who is there, and who waits for an answer
    /// (RFC 6121 §4.2.2, §4.2.3, §3.1.3).
    private func welcome(_ newcomer: Resource, on shard: isolated Shard) {
        for other in available where other.jid != newcomer.jid {
            if let presence = other.presence { tell(Template(presence), to: newcomer) }
        }
        for contact in state.contacts.watched where isOpen(to: contact, on: shard) {
            route(Stanza.presence(type: .probe, from: newcomer.jid, to: contact))
        }
        // whoever has not answered a request is asked again, in case it was lost (RFC 6121 §3.1.2)
        for contact in state.contacts.asked where isOpen(to: contact, on: shard) {
            route(Stanza.presence(type: .subscribe, from: jid, to: contact))
        }
        for (contact, request) in state.contacts.requests where !state.blocklist.blocks(contact) {
            pass(request.stanza, to: newcomer)
        }
    }

    /// Somebody asks for the account's presence (RFC 6121 §4.3.2). Whoever was shown that of one resource is shown it
    /// again; strangers learn that they are no subscribers, and the same of accounts that do not exist.
    func answerProbe(_ envelope: Envelope) {
        let asker = envelope.from
        guard existence == .present || existence == .missing else { return }
        guard existence == .present, state.contacts.isSubscriber(asker.bare) else {
            let shown = state.resources.compactMap { $0.directed[asker] ?? $0.directed[asker.bare] }
            for presence in shown { route(presence.addressed(to: asker)) }
            guard shown.isEmpty else { return }
            return route(Stanza.presence(type: .unsubscribed, from: jid, to: asker.bare))
        }
        let isChannel = state.contacts.channel(asker.bare) != nil
        let shown = available.filter { !isChannel || $0.channels[asker.bare]?.isShown == true }.compactMap(\.presence)
        if shown.isEmpty { return route(Stanza.presence(type: .unavailable, from: jid, to: asker)) }
        for presence in shown { route(presence.addressed(to: asker)) }
    }
}
