// Channels that are there before a play begins, and people who have joined them, each in its own generation of MIX.

import XML
import XMPP

extension Play {
    /// What `setup channel … with jids=` stands for.
    private static let visibilities = [
        "visible": "jid-mandatory-visible", "maybe": "jid-optionally-visible", "hidden": "jid-hidden",
    ]
    /// Options that stand in the information node, not in the configuration (XEP-0369 §4.7.4).
    private static let information: Set<String> = ["Name", "Description", "Contact"]

    // MARK: Making

    /// Creates a channel (XEP-0369 §7.3.2) and publishes what is to be different of it (XEP-0406 §3).
    func make(_ setup: SetupChannel, _ at: Int) async throws {
        let create = "<create xmlns='\(NS.mixCore)' channel='\(setup.channel)'/>"
        _ = try await demand(create, to: "{mix}", as: setup.owner, "make the channel", at)
        let fields = setup.fields.map { field -> (name: String, values: [String]) in
            if field.name == "jids" { return ("JID Visibility", field.values.map { Self.visibilities[$0] ?? $0 }) }
            let words = ([field.name] + field.values).map { $0.replacing("_", with: " ") }
            return (words[0], Array(words[1...]))
        }
        let isInformation = { (field: (name: String, values: [String])) in Self.information.contains(field.name) }
        try await publish(fields.filter { !isInformation($0) }, NS.mixAdmin, NS.mixNodeConfig, setup, at)
        try await publish(fields.filter(isInformation), NS.mixCore, NS.mixNodeInfo, setup, at)
        forgetArrived()
    }

    private func publish(
        _ fields: [(name: String, values: [String])], _ formType: String, _ node: String, _ setup: SetupChannel,
        _ at: Int
    ) async throws {
        guard !fields.isEmpty else { return }
        let written = ([(name: "FORM_TYPE", values: [formType])] + fields).map { field in
            "<field var='\(field.name)'>\(field.values.map { "<value>\($0)</value>" }.joined())</field>"
        }
        let item = "<item><x xmlns='\(NS.dataForms)' type='submit'>\(written.joined())</x></item>"
        let request = "<pubsub xmlns='\(NS.pubsub)'><publish node='\(node)'>\(item)</publish></pubsub>"
        _ = try await demand(request, to: "\(setup.channel)@{mix}", as: setup.owner, "configure the channel", at)
    }

    // MARK: Joining

    /// Joins, gets its nick and shows of which draft it is, in the ways of its generation.
    func join(_ setup: SetupJoin, _ at: Int) async throws {
        guard let part = cast[setup.who]?.part else { return }
        let nodes = setup.nodes.map { "<subscribe node='\($0)'/>" }.joined()
        let nick = "<nick>\(setup.nick)</nick>"
        switch part.dialect {
        case .muc, .groupchat: throw fault(at, "\(setup.who) speaks no MIX: setup enter")
        case .mix: try await join(setup, "<join xmlns='\(NS.mixCore)'>\(nodes)\(nick)</join>", NS.mixPAM, at)
        case .mixCore0: try await join(setup, "<join xmlns='\(NS.mixCore0)'>\(nodes)\(nick)</join>", Self.pam0, at)
        case .mix021, .mix001, .mix0:
            let channel = "\(setup.channel)@{mix}"
            let join = "<join xmlns='\(NS.mix0)'>\(nodes)</join>"
            _ = try await demand(join, to: channel, as: setup.who, "join", at)
            let told =
                if part.dialect == .mix021 {
                    try await demand(
                        "<query xmlns='\(NS.mix0)'>\(nick)</query>", to: channel, as: setup.who, "take the nick", at)
                } else {
                    try await demand(
                        "<register xmlns='\(NS.mix0)'>\(nick)</register>", to: "{mix}", as: setup.who,
                        "register the nick", at)
                }
            guard told.firstChild?.child("nick", NS.mix0)?.text == setup.nick else {
                throw fault(at, "\(setup.who) is not called \(setup.nick): \(told)")
            }
            if part.dialect == .mix001 { try await comeOnline(setup, at) }
        }
        forgetArrived()
    }

    /// The namespace of MIX-PAM that goes with `core:0`.
    private static let pam0 = "urn:xmpp:mix:pam:0"

    /// Through the own server (XEP-0405 §2.7); somebody at another server is joined by that server.
    private func join(_ setup: SetupJoin, _ join: String, _ pam: String, _ at: Int) async throws {
        let channel = "\(setup.channel)@{mix}"
        if cast[setup.who]?.part.start == .afar {
            _ = try await demand(join, to: channel, as: setup.who, isFromAccount: true, "join", at)
        } else {
            let request = "<client-join xmlns='\(pam)' channel='\(channel)'>\(join)</client-join>"
            _ = try await demand(request, to: "{\(setup.who).bare}", as: setup.who, "join", at)
        }
    }

    /// MIX 0.0.1 §5.1.3: a presence is published. That is also what tells 0.0.1 from 0.2.1.
    private func comeOnline(_ setup: SetupJoin, _ at: Int) async throws {
        let item = "<item><presence xmlns='\(NS.client)'/></item>"
        let request = "<pubsub xmlns='\(NS.pubsub)'><publish node='\(NS.mixNodePresence)'>\(item)</publish></pubsub>"
        _ = try await demand(request, to: "\(setup.channel)@{mix}", as: setup.who, "come online", at)
    }

    // MARK: Asking

    /// Sends a request that must be granted.
    ///
    /// - Returns: the result.
    private func demand(
        _ payload: String, to address: String, as who: String, isFromAccount: Bool = false, _ what: String, _ at: Int
    ) async throws -> Element {
        let from = sender(who, bare: isFromAccount)
        let told = try await exchange("<iq type='set' id='setup'\(from) to='\(address)'>\(payload)</iq>", as: who, at)
        guard let result = told.first(where: { $0.name == "iq" && $0["id"] == "setup" && $0["type"] == "result" })
        else { throw fault(at, "\(who) could not \(what): \(told)") }
        return result
    }
}
