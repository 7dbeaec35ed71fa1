// What the server's own domain is and can.

import Streams
import XMPP

/// Identity, features and capabilities of the domain accounts live in (XEP-0030, XEP-0115).
struct HostInfo {
    private let info: DiscoInfo

    init(_ setup: AccountsSetup, _ accounts: AccountTable) {
        info = DiscoInfo(
            identities: [DiscoInfo.Identity(category: "server", type: "im", name: setup.version.name)],
            features: accounts.hostFeatures + [NS.version, NS.time, NS.last, NS.caps]
                + (setup.isRegistrationOpen ? [NS.register] : []))
    }

    /// What is answered about a node: the domain itself, or its capabilities (XEP-0115 §6.2); nil of any other.
    func answer(about node: String?) -> DiscoInfo? {
        var answer = info
        if let node {
            guard node == capabilities?.discoNode else { return nil }
            answer.node = node
        }
        return answer
    }

    /// What clients are told with the features of their stream (XEP-0115 §6.3).
    var capabilities: Capabilities? {
        CapabilitiesHash.ver(of: info).map {
            Capabilities(hash: CapabilitiesHash.name, node: "urn:x-parlance:server", ver: $0)
        }
    }
}
