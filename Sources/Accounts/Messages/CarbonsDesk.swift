// Whether a client wants copies (XEP-0280 §4, §5).

import Host
import XMPP

/// Switches copies on and off for the resource that asks.
enum CarbonsDesk {
    static func register(in table: inout AccountTable) {
        for (name, wants) in [("enable", true), ("disable", false)] {
            table.on(.set, name, NS.carbons, from: .owner, feature: NS.carbons, hostFeature: NS.carbons) {
                request, account, _ in
                account.state[request.envelope.from]?.hasCarbons = wants
                account.reply(request.stanza.result([]), to: request.envelope)
            }
        }
        table.offer(feature: NS.carbonsRules, hostFeature: NS.carbonsRules)
        table.offer(hostFeature: "msgoffline")
    }
}
