// Subscriptions to presence, as an account sends and receives them (RFC 6121 §3).

import DialectKit
import Host
import Storage
import XML
import XMPP

extension AccountLoop {
    /// A subscription stanza of an own resource.
    func send(_ envelope: Envelope, on shard: isolated Shard) {
        guard existence == .present else { return }
        guard let verb = Subscription.Verb(envelope.stanza.type), let contact = envelope.stanza.to?.bare else {
            return reply(envelope.stanza.error(StanzaError(.badRequest)), to: envelope)
        }
        guard contact != jid else { return }
        let isReached = shard.reaches(contact) || state.contacts.channel(contact) != nil
        guard verb != .subscribe || isReached else {
            return reply(envelope.stanza.error(StanzaError(.remoteServerNotFound)), to: envelope)
        }
        do throws(StorageFault) {
            let outcome = try state.contacts.sending(verb, to: contact)
            if outcome.passes { route(envelope.stanza.between(jid, and: contact)) }
            follow(outcome, contact, on: shard)
        } catch {
            reply(envelope.stanza.error(StanzaError(.resourceConstraint, type: .wait)), to: envelope)
        }
    }

    /// A subscription stanza or a probe from somebody, to this account or one of its resources: that is the same
    /// (RFC 6121 §3.1.3). Whether the account exists cannot be told from what is answered.
    func heed(_ envelope: Envelope, on shard: isolated Shard) {
        let contact = envelope.from.bare
        guard contact != jid else { return }
        guard let verb = Subscription.Verb(envelope.stanza.type) else { return answerProbe(envelope) }
        guard existence == .present else { return }
        do throws(StorageFault) {
            let stanza = envelope.stanza.between(contact, and: jid)
            let outcome = try state.contacts.receiving(verb, from: contact, stanza.bytes)
            if outcome.passes {
                let readers = verb == .subscribe ? available : interested
                for resource in readers { pass(stanza.bytes, to: resource) }
            }
            follow(outcome, contact, on: shard)
        } catch {
            reply(envelope.stanza.error(StanzaError(.resourceConstraint, type: .wait)), to: envelope)
        }
    }

    /// Does what follows from a change of the contacts, in the order of RFC 6121: the contact is answered, the own
    /// resources are told, and the contact sees what it may see from now on.
    func follow(_ outcome: Contacts.Outcome, _ contact: JID, on shard: isolated Shard) {
        for change in outcome.writes { write(change) }
        for verb in outcome.answers { route(Stanza.presence(type: verb.type, from: jid, to: contact)) }
        if let push = outcome.push { RosterDesk.push(push, to: self) }
        if state.contacts.channel(contact) != nil { return show(to: contact, outcome.shows, on: shard) }
        guard let disclosure = outcome.shows, shard.reaches(contact) else { return }
        for resource in available {
            switch disclosure {
            case .available: if let presence = resource.presence { route(presence.addressed(to: contact)) }
            case .unavailable: route(Stanza.presence(type: .unavailable, from: resource.jid, to: contact))
            }
        }
    }

    /// Those that asked for the roster, and hear of its changes (RFC 6121 §2.2).
    var interested: [Resource] { state.resources.filter { $0.isInterested && isConnected($0.port) } }
}

extension Subscription.Verb {
    /// Nil for a stanza that is about no subscription.
    init?(_ type: StanzaType) { self.init(rawValue: type.rawValue) }

    var type: StanzaType {
        switch self {
        case .subscribe: .subscribe
        case .subscribed: .subscribed
        case .unsubscribe: .unsubscribe
        case .unsubscribed: .unsubscribed
        }
    }
}

extension Stanza {
    /// The same, from one bare JID to another (RFC 6121 §3.1.2).
    fileprivate func between(_ sender: JID, and receiver: JID) -> Stanza {
        var stanza = self
        stanza.from = sender
        stanza.to = receiver
        return stanza
    }

    /// The same, to somebody.
    func addressed(to receiver: JID) -> Stanza {
        var stanza = self
        stanza.to = receiver
        return stanza
    }
}

extension Shard {
    /// Whether anything can be sent to an address.
    func reaches(_ address: JID) -> Bool { house.domains[address.domain] != nil }
}
