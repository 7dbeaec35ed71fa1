// Discovery of an account by itself, and whether it is there.

import Host
import XML
import XMPP

/// Answers service discovery and pings at an account's bare JID (XEP-0030, XEP-0199).
enum AccountDisco {
    static func register(in table: inout AccountTable) {
        table.on(.get, "query", NS.discoInfo, from: .owner, feature: NS.discoInfo, hostFeature: NS.discoInfo) {
            request, account, _ in
            guard request.element["node"] == nil else {
                return account.refuse(request.envelope, StanzaError(.itemNotFound))
            }
            let info = DiscoInfo(
                node: nil, identities: [DiscoInfo.Identity(category: "account", type: "registered")],
                features: account.table.features)
            account.reply(request.stanza.result([info.element]), to: request.envelope)
        }
        table.on(.get, "query", NS.discoItems, from: .owner, feature: NS.discoItems, hostFeature: NS.discoItems) {
            request, account, _ in
            guard request.element["node"] == nil else {
                return account.refuse(request.envelope, StanzaError(.itemNotFound))
            }
            account.reply(request.stanza.result([DiscoItems(node: nil, items: []).element]), to: request.envelope)
        }
        table.on(.get, "ping", NS.ping, from: .owner, feature: NS.ping, hostFeature: NS.ping) { request, account, _ in
            account.reply(request.stanza.result([]), to: request.envelope)
        }
    }
}
