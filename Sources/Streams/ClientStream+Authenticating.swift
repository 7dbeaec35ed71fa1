// Login: SASL as RFC 6120 §6 carries it, and registration before it (XEP-0077).

import XML
import XMPP

extension ClientStream {
    /// Random bytes in the server's part of a SCRAM nonce: 144 bits, 24 characters of base64.
    private static let nonceBytes = 18

    /// The mechanisms a client may use on this connection as it is now, preferred first.
    var mechanisms: [SASLMechanism] {
        guard isPrivate || configuration.encryption != .required else { return [] }
        return SASLMechanism.all.filter { mechanism in
            switch mechanism {
            case .scram(_, binding: true): !bindings.isEmpty
            case .scram(_, binding: false): true
            case .plain: isPrivate
            }
        }
    }

    /// The channel bindings of the TLS session.
    var bindings: [ChannelBinding] { tls?.bindings ?? [] }

    /// Whether a client may ask for an account now: only where nobody can listen, for it will send a password.
    var canRegister: Bool { configuration.registration && isPrivate }

    /// A first-level element of a client that is not authenticated.
    func negotiate(_ element: Element) {
        switch (element.name, element.namespace) {
        case ("starttls", NS.tls): startTLS()
        case ("auth", NS.sasl): begin(element)
        case ("abort", NS.sasl): refuse(SASLFailure(.aborted))
        case ("response", NS.sasl): refuse(SASLFailure(.malformedRequest))
        default: receiveUnauthenticated(element)
        }
    }

    private func begin(_ auth: Element) {
        let mechanism = auth["mechanism"].flatMap { SASLMechanism(name: $0) }
        let offered = mechanisms
        guard let mechanism, offered.contains(mechanism) else {
            let needsTLS = offered.isEmpty || mechanism == .plain && !isPrivate
            return refuse(SASLFailure(needsTLS ? .encryptionRequired : .invalidMechanism))
        }
        let context = SASLContext(domain: configuration.domain, bindings: bindings, decoys: configuration.decoys)
        let exchange = SASLExchange(mechanism, in: context, nonce: Base64.encode(entropy(Self.nonceBytes)))
        // All our mechanisms begin with the client: without an initial response it is asked for by an empty challenge.
        guard !auth.text.isEmpty else { return perform(.challenge([]), in: exchange) }
        receive(auth, in: exchange)
    }

    /// A first-level element during an exchange.
    func respond(_ element: Element, in exchange: SASLExchange) {
        switch (element.name, element.namespace) {
        case ("response", NS.sasl): receive(element, in: exchange)
        case ("abort", NS.sasl): refuse(SASLFailure(.aborted))
        case ("auth", NS.sasl): begin(element)
        default: receiveUnauthenticated(element)
        }
    }

    /// Feeds the data of `<auth/>` or `<response/>` to the exchange.
    private func receive(_ element: Element, in exchange: SASLExchange) {
        let text = element.text
        // A single equals sign is data of no length (RFC 6120 §6.4.2).
        guard let data = text == "=" ? [] : Base64.decode(text.utf8) else {
            return refuse(SASLFailure(.incorrectEncoding))
        }
        guard data.count <= configuration.limits.saslMessageBytes else {
            return refuse(SASLFailure(.malformedRequest, "over the limit saslMessageBytes"))
        }
        var exchange = exchange
        let step = exchange.received(data)
        perform(step, in: exchange)
    }

    private func perform(_ step: SASLStep, in exchange: SASLExchange) {
        switch step {
        case .challenge(let data):
            state = .challenging(exchange)
            send(Element("challenge", NS.sasl) { Base64.encode(data) })
        case .findCredentials(let username):
            state = .verifying(exchange)
            actions.append(.findCredentials(username: username))
        case .derive(let derivation):
            state = .verifying(exchange)
            actions.append(.derive(derivation))
        case .succeeded(let account, let data):
            self.account = account
            actions.append(.authenticated(account))
            send(Element("success", NS.sasl) { Base64.encode(data ?? []) })
            restart(as: .opening)
        case .failed(let failure):
            refuse(failure)
        }
    }

    /// Ends the attempt, and with the last one that is allowed the stream (RFC 6120 §6.4.5).
    private func refuse(_ failure: SASLFailure) {
        failedLogins += 1
        state = .negotiating
        send(failure.element)
        if failedLogins >= configuration.limits.failedLogins {
            fail(StreamError(.policyViolation, "too many failed logins"))
        }
    }

    /// The answer to `.findCredentials`: nil where there is no such account. Ignored if the stream has ended meanwhile.
    public func found(_ credentials: Credentials?) -> [StreamAction] {
        guard case .verifying(var exchange) = state else { return [] }
        let step = exchange.found(credentials)
        perform(step, in: exchange)
        return settled()
    }

    /// The answer to `.derive`. Ignored if the stream has ended meanwhile.
    public func derived(_ keys: ScramKeys) -> [StreamAction] {
        guard case .verifying(var exchange) = state else { return [] }
        let step = exchange.derived(keys)
        perform(step, in: exchange)
        return settled()
    }

    /// The answer to `.findCredentials` or `.derive` when it cannot be had: the login fails for this reason. What is
    /// said must not depend on whether the account exists.
    public func authenticationFailed(_ failure: SASLFailure = SASLFailure(.temporaryAuthFailure)) -> [StreamAction] {
        guard case .verifying = state else { return [] }
        refuse(failure)
        return settled()
    }

    /// Anything but negotiation: only a registration request is let through, where the owner allows it.
    private func receiveUnauthenticated(_ element: Element) {
        guard canRegister, element.is("iq", NS.client),
            element.child("query", NS.register) != nil, var request = try? Stanza(reading: element),
            request.type == .get || request.type == .set
        else { return reject(element) }
        request.from = nil
        actions.append(.preAuthStanza(request))
    }
}
