// What an account asks of its roster, and how its resources hear of changes.

import Host
import Storage
import XML
import XMPP

/// Answers roster requests of an account's own resources (RFC 6121 §2).
enum RosterDesk {
    static func register(in table: inout AccountTable) {
        table.on(.get, "query", NS.roster, from: .owner) { request, account, _ in get(request, account) }
        table.on(.set, "query", NS.roster, from: .owner) { request, account, _ in set(request, account) }
    }

    private static func get(_ request: AccountTable.Request, _ account: AccountLoop) {
        account.state[request.envelope.from]?.isInterested = true
        let query = Element("query", NS.roster) { account.state.contacts.items.map(item) }
        account.reply(request.stanza.result([query]), to: request.envelope)
    }

    private static func set(_ request: AccountTable.Request, _ account: AccountLoop) {
        let envelope = request.envelope
        let items = request.element.children.filter { $0.is("item", NS.roster) }
        guard items.count == 1, let item = items.first, let text = item["jid"], let contact = try? JID(text).bare else {
            return account.refuse(envelope, StanzaError(.badRequest))
        }
        guard contact != account.jid else { return account.refuse(envelope, StanzaError(.notAllowed)) }
        if item["subscription"] == "remove" { return remove(contact, request, account) }
        let groups = item.children.filter { $0.is("group", NS.roster) }.map(\.text)
        guard Set(groups).count == groups.count else { return account.refuse(envelope, StanzaError(.badRequest)) }
        guard groups.allSatisfy({ !$0.isEmpty && $0.utf8.count <= 1_023 }), (item["name"]?.utf8.count ?? 0) <= 1_023
        else { return account.refuse(envelope, StanzaError(.notAcceptable)) }
        var record = account.state.contacts[contact] ?? RosterRecord(jid: contact.description)
        record.name = item["name"]
        record.groups = groups
        account.state.contacts.set(record, for: contact)
        account.write(.roster(record))
        push(Self.item(record), to: account)
        account.reply(request.stanza.result([]), to: envelope)
    }

    private static func remove(_ contact: JID, _ request: AccountTable.Request, _ account: AccountLoop) {
        guard account.state.contacts.remove(contact) else {
            return account.refuse(request.envelope, StanzaError(.itemNotFound))
        }
        account.write(.rosterRemoval(contact.description))
        push(Element("item", NS.roster, ["jid": contact.description, "subscription": "remove"]), to: account)
        account.reply(request.stanza.result([]), to: request.envelope)
    }

    /// A push to every resource that asked for the roster (RFC 6121 §2.1.6).
    static func push(_ item: Element, to account: AccountLoop) {
        let version = account.state.contacts.version
        for resource in account.state.resources where resource.isInterested {
            let push = Stanza(
                kind: .iq, type: .set, id: "roster-\(version)", from: nil, to: resource.jid,
                payload: [Element("query", NS.roster) { item }])
            account.pass(push.bytes, to: resource)
        }
    }

    private static func item(_ record: RosterRecord) -> Element {
        Element(
            "item", NS.roster,
            [
                "jid": record.jid, "name": record.name, "subscription": Subscription(record.subscription).token,
                "ask": record.ask ? "subscribe" : nil, "approved": record.approved ? "true" : nil,
            ]
        ) {
            for group in record.groups { Element("group", NS.roster) { group } }
        }
    }
}

/// Who sees whose presence (RFC 6121 §2.1.2.5), as the store numbers it.
enum Subscription: UInt8 {
    case none = 0
    case to = 1
    case from = 2
    case both = 3

    init(_ number: UInt8) { self = Subscription(rawValue: number) ?? .none }

    var token: String {
        switch self {
        case .none: "none"
        case .to: "to"
        case .from: "from"
        case .both: "both"
        }
    }
}
