// TLS under client streams (RFC 6120 §5).

import Testing

@testable import Streams

struct ClientStreamSecuringTests {
    private let starttls = "<starttls xmlns='\(tlsNamespace)'/>"
    private let proceed = ["<proceed xmlns='\(tlsNamespace)'/>", "[start TLS]"]

    /// IM-030, IM-044, IM-049: proceed, handshake, a new stream.
    @Test func startsTLS() {
        let stream = ClientStream.sample()
        _ = stream.hears(opening)
        #expect(stream.hears(starttls) == proceed)
        #expect(stream.secured(.bare).isEmpty)
        let said = stream.hears(opening)
        #expect(said.first == "[header]")
        #expect(said.last?.contains("starttls") == false)
        #expect(said.last?.contains("PLAIN") == true)
    }

    /// IM-044: what comes behind `<starttls/>` in the clear was perhaps put there by somebody else: it is never
    /// acted upon, neither as part of the old stream nor of the new one.
    @Test(arguments: [
        "<auth xmlns='\(saslNamespace)' mechanism='PLAIN'>AGEAYg==</auth>", "</stream:stream>", opening, "<!-- -->",
        "<presence", "\u{16}\u{03}\u{01}", " ",
    ])
    func dropsInjectedBytes(injected: String) {
        for isOneRead in [true, false] {
            let stream = ClientStream.sample()
            _ = stream.hears(opening)
            if isOneRead {
                #expect(stream.hears(starttls + injected) == proceed)
            } else {
                #expect(stream.hears(starttls) == proceed)
                #expect(stream.hears(injected).isEmpty)
            }
            #expect(stream.secured(.bare).isEmpty)
            let said = stream.hears(opening)
            #expect(said.count == 2)
            #expect(said.last?.hasPrefix("<stream:features><mechanisms") == true)
        }
    }

    /// IM-049: what was said before TLS is forgotten.
    @Test func forgetsTheOldStream() throws {
        let stream = ClientStream.sample()
        _ = stream.hears(openingTag("to='example.org' version='1.0' xml:lang='de'"))
        _ = stream.hears(starttls)
        _ = stream.secured(.bare)
        #expect(stream.language == nil)
        #expect(stream.hears(openingTag("to='example.net' version='1.0'")) == ["[header]"] + ending("host-unknown"))
    }

    /// On a direct TLS listener it is not offered, and asking for it is a failure.
    @Test func directTLS() {
        let stream = ClientStream.sample()
        #expect(stream.secured(.binding).isEmpty)
        #expect(stream.hears(opening).last?.contains("starttls") == false)
        #expect(
            stream.hears(starttls) == ["<failure xmlns='\(tlsNamespace)'/>", "</stream:stream>", "[close]"])
    }

    /// IM-044: TLS that is not offered fails, and the stream with it.
    @Test func notOffered() {
        let stream = ClientStream.sample(encryption: .unavailable)
        #expect(stream.hears(opening).last?.contains("starttls") == false)
        #expect(
            stream.hears(starttls) == ["<failure xmlns='\(tlsNamespace)'/>", "</stream:stream>", "[close]"])
    }

    struct Offer: Sendable {
        let encryption: ClientStreamConfiguration.Encryption
        let plainOnLoopback, isLoopback: Bool
        let tls: TLSFacts?
        let expected: [String]
    }

    private static let scram = ["SCRAM-SHA-256", "SCRAM-SHA-1"]
    private static let plus = ["SCRAM-SHA-256-PLUS", "SCRAM-SHA-1-PLUS"]

    /// IM-045, IM-052, IM-057: what is offered where. PLAIN only where nobody can listen: in TLS, or on loopback where
    /// the configuration says so.
    @Test(arguments: [
        Offer(encryption: .required, plainOnLoopback: false, isLoopback: true, tls: nil, expected: ["required"]),
        Offer(encryption: .required, plainOnLoopback: true, isLoopback: false, tls: nil, expected: ["required"]),
        Offer(
            encryption: .required, plainOnLoopback: true, isLoopback: true, tls: nil,
            expected: ["starttls"] + scram + ["PLAIN"]),
        Offer(
            encryption: .offered, plainOnLoopback: false, isLoopback: true, tls: nil, expected: ["starttls"] + scram),
        Offer(
            encryption: .offered, plainOnLoopback: true, isLoopback: false, tls: nil, expected: ["starttls"] + scram),
        Offer(
            encryption: .unavailable, plainOnLoopback: true, isLoopback: true, tls: nil, expected: scram + ["PLAIN"]),
        Offer(encryption: .unavailable, plainOnLoopback: false, isLoopback: false, tls: nil, expected: scram),
        Offer(
            encryption: .required, plainOnLoopback: false, isLoopback: false, tls: .bare, expected: scram + ["PLAIN"]),
        Offer(
            encryption: .offered, plainOnLoopback: false, isLoopback: false, tls: .binding,
            expected: plus + scram + ["PLAIN", "tls-exporter", "tls-server-end-point"]),
        Offer(
            encryption: .required, plainOnLoopback: false, isLoopback: false,
            tls: TLSFacts(version: .tls12, serverEndPoint: [1]),
            expected: plus + scram + ["PLAIN", "tls-server-end-point"]),
    ])
    func offers(offer: Offer) {
        let stream = ClientStream.sample(
            encryption: offer.encryption, plainOnLoopback: offer.plainOnLoopback, isLoopback: offer.isLoopback)
        if let tls = offer.tls { _ = stream.secured(tls) }
        let features = stream.hears(opening).last ?? ""
        var offered = features.matches(of: /<mechanism>([^<]*)</).map { String($0.1) }
        offered += features.matches(of: /<channel-binding type='([^']*)'/).map { String($0.1) }
        if features.contains("<required/>") {
            offered.insert("required", at: 0)
        } else if features.contains("<starttls") {
            offered.insert("starttls", at: 0)
        }
        #expect(offered == offer.expected)
    }

    /// `secured` means nothing once the client has been let in.
    @Test func onlyOnce() throws {
        let stream = try ClientStream.bound()
        #expect(stream.secured(.binding).isEmpty)
        #expect(stream.tls == .bare)
    }
}
