// What an account asks of its roster, and how its resources hear of changes.

import Host
import Storage
import XML
import XMPP

/// Answers roster requests of an account's own resources (RFC 6121 §2).
enum RosterDesk {
    static func register(in table: inout AccountTable) {
        table.on(.get, "query", NS.roster, from: .owner) { request, account, _ in get(request, account) }
        table.on(.set, "query", NS.roster, from: .owner) { request, account, shard in set(request, account, on: shard) }
    }

    /// A client that has this version of the roster is told nothing, and hears of the changes from now on
    /// (RFC 6121 §2.6.3). The version does not tell whether it has the entries with what makes them channels: one that
    /// begins to want that is told everything (MIXC-323).
    private static func get(_ request: AccountTable.Request, _ account: AccountLoop) {
        let (contacts, full) = (account.state.contacts, request.envelope.from)
        let annotates = request.element.child("annotate", NS.mixRoster) != nil
        let isNews = annotates && account.state[full]?.wantsAnnotations == false && contacts.hasChannels
        account.state[full]?.isInterested = true
        account.state[full]?.wantsAnnotations = annotates
        let isKnown = request.element["ver"] == contacts.token && !isNews
        let query = Element("query", NS.roster, ["ver": contacts.token]) {
            contacts.items.map { item($0, annotates: annotates) }
        }
        account.reply(request.stanza.result(isKnown ? [] : [query]), to: request.envelope)
    }

    private static func set(_ request: AccountTable.Request, _ account: AccountLoop, on shard: isolated Shard) {
        let envelope = request.envelope
        let items = request.element.children.filter { $0.is("item", NS.roster) }
        guard items.count == 1, let item = items.first, let text = item["jid"], let contact = try? JID(text).bare else {
            return account.refuse(envelope, StanzaError(.badRequest))
        }
        guard contact != account.jid else { return account.refuse(envelope, StanzaError(.notAllowed)) }
        let outcome: Contacts.Outcome
        if item["subscription"] == "remove", account.state.contacts.channel(contact) != nil {
            account.strike(channel: contact, on: shard)
            return account.reply(request.stanza.result([]), to: envelope)
        }
        if item["subscription"] == "remove" {
            guard let removed = account.state.contacts.remove(contact) else {
                return account.refuse(envelope, StanzaError(.itemNotFound))
            }
            outcome = removed
        } else {
            do throws(StanzaError) {
                let groups = try groups(of: item, account.setup.limits)
                let name = item["name"].flatMap { $0.isEmpty ? nil : $0 }
                outcome = try account.state.contacts.named(contact, name, groups)
            } catch {
                return account.refuse(envelope, error)
            }
        }
        account.follow(outcome, contact, on: shard)
        account.reply(request.stanza.result([]), to: envelope)
    }

    /// The groups of an item, whose name is short enough (RFC 6121 §2.3.3).
    private static func groups(of item: Element, _ limits: AccountLimits) throws(StanzaError) -> [String] {
        let groups = item.children.filter { $0.is("group", NS.roster) }.map(\.text)
        guard Set(groups).count == groups.count else { throw StanzaError(.badRequest) }
        guard groups.allSatisfy({ !$0.isEmpty && $0.utf8.count <= limits.rosterNameBytes }),
            (item["name"]?.utf8.count ?? 0) <= limits.rosterNameBytes
        else { throw StanzaError(.notAcceptable) }
        guard groups.count <= limits.groupsPerContact else { throw StanzaError(.resourceConstraint, type: .wait) }
        return groups
    }

    /// Tells every resource that asked for the roster of a change (RFC 6121 §2.1.6).
    static func push(_ change: Contacts.Outcome.Change, to account: AccountLoop) {
        let contacts = account.state.contacts
        for resource in account.interested {
            let element =
                switch change {
                case .item(let record): item(record, annotates: resource.wantsAnnotations)
                case .removal(let jid): Element("item", NS.roster, ["jid": jid.description, "subscription": "remove"])
                }
            let query = Element("query", NS.roster, ["ver": contacts.token]) { element }
            let push = Stanza.iq(type: .set, id: "roster-\(contacts.version)", to: resource.jid, payload: [query])
            account.pass(push.bytes, to: resource)
        }
    }

    /// - Parameter annotates: says which entries are channels (XEP-0405 §2.10).
    private static func item(_ record: RosterRecord, annotates: Bool) -> Element {
        let id = annotates ? record.channel.flatMap(Channel.init(stored:))?.participant : nil
        return Element(
            "item", NS.roster,
            [
                "jid": record.jid, "name": record.name, "subscription": record.state.token,
                "ask": record.ask ? "subscribe" : nil, "approved": record.approved ? "true" : nil,
            ]
        ) {
            for group in record.groups { Element("group", NS.roster) { group } }
            if let id { Element("channel", NS.mixRoster, ["participant-id": id]) }
        }
    }
}

extension Contacts {
    /// `set`, with the fault as it is told.
    fileprivate mutating func named(
        _ contact: JID, _ name: String?, _ groups: [String]
    ) throws(StanzaError) -> Outcome {
        do throws(StorageFault) {
            return try set(contact, name: name, groups: groups)
        } catch {
            throw StanzaError(.resourceConstraint, type: .wait)
        }
    }
}
