// What a client lists of itself when it is asked, and the hash of that in its presence (XEP-0030, XEP-0115).

import Streams
import XML
import XMPP

/// A client's answer to the question what it can.
struct ClientFeatures: Sendable {
    private let info: DiscoInfo
    private let capabilities: Capabilities

    /// - Parameter features: the namespaces it lists.
    init(_ features: [String]) {
        info = DiscoInfo(
            identities: [DiscoInfo.Identity(category: "client", type: "pc", name: "Broom")], features: features)
        capabilities = Capabilities(
            hash: CapabilitiesHash.name, node: "urn:example:client", ver: CapabilitiesHash.ver(of: info) ?? "")
    }

    /// The hash of the answer.
    var ver: String { capabilities.ver }

    /// The presence by which others learn of it.
    var presence: Stanza { .presence(payload: [capabilities.element]) }

    /// The answer to the question that the client's own server asks for that hash; nil if this is another stanza.
    func answer(to element: Element, of login: Login) -> Stanza? {
        guard let question = try? Stanza(reading: element), question.kind == .iq, question.type == .get,
            let asked = question.child("query", NS.discoInfo), asked["node"] == capabilities.discoNode,
            [nil, login.bare, login.domain].contains(element["from"])
        else { return nil }
        var answer = info
        answer.node = capabilities.discoNode
        var stanza = question.result([answer.element])
        stanza.from = nil
        return stanza
    }
}
