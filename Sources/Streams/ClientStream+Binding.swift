// Resource binding: how an authenticated client gets its full JID (RFC 6120 §7).

import XML
public import XMPP

extension ClientStream {
    /// A first-level element of a client that is authenticated and has no resource yet.
    func expectBinding(_ element: Element) {
        guard element.is("iq", NS.client), let bind = element.child("bind", NS.bind) else { return reject(element) }
        let request: Stanza
        do throws(StanzaFault) {
            request = try Stanza(reading: element)
        } catch {
            return actions.append(.malformedStanza(element, error))
        }
        guard request.type == .set else { return reject(element) }
        let wished = bind.child("resource", NS.bind)?.text ?? ""
        guard !wished.isEmpty else { return ask(for: nil, request) }
        guard let resource = try? account?.with(resource: wished).resource else {
            return refuse(request, StanzaError(.badRequest))
        }
        ask(for: resource, request)
    }

    private func ask(for resource: String?, _ request: Stanza) {
        state = .binding(request)
        actions.append(.bind(resource: resource))
    }

    /// The answer to `.bind`: the client's full JID from now on. Ignored if the stream has ended meanwhile.
    public func bound(_ jid: JID) -> [StreamAction] {
        guard case .binding(let request) = state else { return [] }
        state = .bound(jid)
        let bind = Element("bind", NS.bind) { Element("jid", NS.bind) { jid.description } }
        send(request.result([bind]).bytes)
        return settled()
    }

    /// The answer to `.bind` when the client cannot have the resource. It may ask for another one, a few times.
    public func bindRefused(_ error: StanzaError) -> [StreamAction] {
        guard case .binding(let request) = state else { return [] }
        refuse(request, error)
        return settled()
    }

    private func refuse(_ request: Stanza, _ error: StanzaError) {
        refusedBindings += 1
        state = .negotiating
        send(request.error(error).bytes)
        if refusedBindings >= configuration.limits.refusedBindings {
            fail(StreamError(.policyViolation, "too many refused bindings"))
        }
    }
}
