// The client's side of a stream, without I/O: STARTTLS, SCRAM-SHA-256, binding, then stanzas (RFC 6120).

import XML
import XMPP

/// What one client does with the bytes it gets. Confined to whoever carries its bytes.
final class ClientMachine {
    /// What is to be done for the client.
    enum Output: Sendable {
        case send([UInt8])
        case startTLS
        /// Bound, and available unless the client says nothing of its own accord.
        case online
        case stanza(Element)
        /// Presence of the client's own account, or what it answers by itself: nothing a scenario is told of.
        case aside(Element)
        case ended(String)
    }

    private enum Phase { case features, proceed, challenge, success, bind, resume, online, ended }

    let login: Login
    private let manner: Manner
    /// What it can, where its presence says so.
    private let features: ClientFeatures?
    /// The session, and how to go on with it.
    let managed: ManagedStream
    private let parser = StreamParser()
    private var phase = Phase.features
    private var isSecure: Bool
    private var scram: ScramExchange?
    private var isAuthenticated = false

    /// - Parameters:
    ///   - managed: a session to go on with, or nothing yet.
    ///   - isSecure: TLS is up already, or is not to be had here.
    init(_ login: Login, _ manner: Manner, _ managed: ManagedStream, isSecure: Bool) {
        self.login = login
        self.manner = manner
        features = if case .capable(let features) = manner { ClientFeatures(features) } else { nil }
        self.managed = managed
        self.isSecure = isSecure
    }

    // MARK: Inputs

    func opened() -> [Output] { [.send(header)] }

    func secured() -> [Output] {
        isSecure = true
        parser.restart()
        phase = .features
        return [.send(header)]
    }

    func received(_ bytes: [UInt8]) -> [Output] {
        var output: [Output] = []
        do throws(XMLFault) {
            try parser.feed(bytes) { token in output += take(token) }
        } catch {
            output.append(.ended("the server sends what is no XML: \(error)"))
        }
        return output
    }

    private var header: [UInt8] {
        let text =
            "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'"
            + " version='1.0' to='\(login.domain)' xml:lang='en'>"
        return Array(text.utf8)
    }

    // MARK: Tokens

    private func take(_ token: StreamToken) -> [Output] {
        switch token {
        case .opened: []
        case .closed: end("the server closed the stream")
        case .stanza(let element): first(element)
        }
    }

    private func end(_ reason: String) -> [Output] {
        guard phase != .ended else { return [] }
        phase = .ended
        return [.ended(reason)]
    }

    private func first(_ element: Element) -> [Output] {
        switch element.namespace {
        case NS.client: stanza(element)
        case NS.streamManagement: manage(element)
        default: negotiate(element)
        }
    }

    /// XEP-0198: every question is answered at once.
    private func manage(_ element: Element) -> [Output] {
        switch (element.name, phase) {
        case ("enabled", .online):
            managed.begin(element["id"] ?? "")
            return []
        case ("r", .online): return [.send(managed.acknowledgement)]
        case ("a", .online): return []
        case ("resumed", .resume):
            phase = .online
            return [.online]
        default: return end("not resumed: \(element)")
        }
    }

    private func negotiate(_ element: Element) -> [Output] {
        switch (element.name, phase) {
        case ("features", .features): return features(element)
        case ("proceed", .proceed): return [.startTLS]
        case ("challenge", .challenge):
            guard let answer = scram?.answer(toChallenge: element.text) else { return end("SCRAM failed") }
            phase = .success
            return [.send(Array("<response xmlns='\(NS.sasl)'>\(answer)</response>".utf8))]
        case ("success", .success):
            guard scram?.isProof(element.text) == true else { return end("the server does not know the password") }
            isAuthenticated = true
            parser.restart()
            phase = .features
            return [.send(header)]
        default: return end("<\(element.name)> \(element)")
        }
    }

    private func features(_ features: Element) -> [Output] {
        if isAuthenticated {
            if let resumption = managed.resumption {
                phase = .resume
                return [.send(resumption)]
            }
            phase = .bind
            let request =
                "<iq type='set' id='bind'><bind xmlns='\(NS.bind)'><resource>\(login.resource)</resource></bind></iq>"
            return [.send(Array(request.utf8))]
        }
        if !isSecure {
            guard features.child("starttls", NS.tls) != nil else { return end("no STARTTLS is offered") }
            phase = .proceed
            return [.send(Array("<starttls xmlns='\(NS.tls)'/>".utf8))]
        }
        let exchange = ScramExchange(login)
        let first = exchange.first()
        scram = exchange
        phase = .challenge
        return [.send(Array("<auth xmlns='\(NS.sasl)' mechanism='SCRAM-SHA-256'>\(first)</auth>".utf8))]
    }

    private func stanza(_ element: Element) -> [Output] {
        managed.count()
        switch phase {
        case .bind:
            guard element["id"] == "bind", element["type"] == "result" else { return end("not bound: \(element)") }
            phase = .online
            return (manner == .plain ? [] : [.send((features?.presence ?? .presence()).bytes)]) + [.online]
        case .online:
            if manner != .plain, element.name == "presence", let from = element["from"],
                from.hasPrefix("\(login.bare)/")
            {
                return [.aside(element)]
            }
            if let answer = ownAnswer(to: element) { return [.send(answer), .aside(element)] }
            return [.stanza(element)]
        default: return end("too early: \(element)")
        }
    }

    /// What the client answers without being told to: a ping of its server, and the question what it can.
    private func ownAnswer(to element: Element) -> [UInt8]? {
        if element.child("ping", NS.ping) != nil, element["from"] == login.domain, let id = element["id"] {
            return Array("<iq type='result' to='\(login.domain)' id='\(id)'/>".utf8)
        }
        return features?.answer(to: element, of: login)?.bytes
    }
}
