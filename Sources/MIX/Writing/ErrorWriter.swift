// Refusals, as the documents of MIX name them.

import DialectKit
import Rooms
import XML
import XMPP

/// Writes errors (XEP-0369 §5; the errors that the matrices name).
struct ErrorWriter {
    let inbound: Inbound
    let room: Room
    /// What the sender speaks.
    let grammar: Grammar

    /// The error that a refusal is; nil where silence is the answer.
    func answer(_ refusal: Refusal) -> Stanza? {
        let stanza = inbound.stanza
        // who takes no part is not told of it with every presence (T-22); who has no nick yet can get one, if it
        // sends presence itself
        let isTold = stanza.kind != .presence || (refusal == .nickRequired && inbound.speaksItself)
        guard stanza.isAnswerable, isTold else { return nil }
        var error = error(refusal)
        if error.by == nil { error.by = inbound.room }
        var answer = stanza.error(error)
        if let echo = echo(of: refusal) { answer.payload.insert(echo, at: 0) }
        return answer
    }

    private func error(_ refusal: Refusal) -> StanzaError {
        switch refusal {
        case .membersOnly, .notSeated: StanzaError(.forbidden)
        case .lastOwner: StanzaError(.notAcceptable, type: .modify, text: "A channel has an owner.")
        case .privateMessagesForbidden: StanzaError(.notAllowed)
        case .notAllowed where inbound.stanza.payload.first?.name == "join": StanzaError(.notAcceptable)
        case .presenceRequired where inbound.stanza.kind == .iq: StanzaError(.notAcceptable)
        case .creationNotOffered, .creationForbidden: StanzaError(.forbidden)
        case .roomMissing where inbound.stanza.payload.first?.name == "create": StanzaError(.forbidden)
        // the name is kept for those who owned the channel (MIXC-089)
        case .gone where inbound.stanza.payload.first?.name == "create": StanzaError(.conflict)
        case .gone(let alternate?): StanzaError(.gone, detail: "xmpp:\(alternate.uriEncoded)?join")
        case .gone(nil): StanzaError(.itemNotFound)
        case .full: StanzaError(.resourceConstraint, type: .wait)
        default: StanzaError(refusing: refusal)
        }
    }

    /// What is repeated: the nodes that could not be subscribed to (MIX2-128), and the nick but in 0.2.1 (MIX1-084,
    /// MIX2-164).
    private func echo(of refusal: Refusal) -> Element? {
        guard let request = inbound.stanza.payload.first else { return nil }
        switch (request.name, request.namespace, refusal) {
        case ("join", _, .nodeMissing): return failed(request, isMissing: true)
        case ("join", _, .nodeClosed): return failed(request, isMissing: false)
        case ("register", NS.mix0, _): return grammar == .v021 ? nil : request
        default: return nil
        }
    }

    /// The nodes for which the reason is the same.
    private func failed(_ join: Element, isMissing: Bool) -> Element {
        let nodes = Nodes(grammar: join.namespace == NS.mix0 ? .undetermined : .current)
        let failed = join.children.filter { child in
            guard child.name == "subscribe", let node = child["node"] else { return false }
            let topic = nodes.topic(of: node, in: room)
            return (topic.isEmpty || !room.hasNode(topic)) == isMissing
        }
        return Element("join", join.namespace) { failed }
    }
}
