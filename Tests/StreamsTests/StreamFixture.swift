// Streams to test with, and a way to read what they want done.

import Testing
import XML
import XMPP

@testable import Streams

/// The opening tag of a well-behaved client.
let opening = openingTag()

/// An opening tag with these attributes of its own.
func openingTag(
    _ attributes: String = "to='example.org' version='1.0'",
    xmlns: String = "xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'"
) -> String {
    "<?xml version='1.0'?><stream:stream \(attributes) \(xmlns)>"
}

let saslNamespace = "urn:ietf:params:xml:ns:xmpp-sasl"
let streamErrorNamespace = "urn:ietf:params:xml:ns:xmpp-streams"
let bindNamespace = "urn:ietf:params:xml:ns:xmpp-bind"
let tlsNamespace = "urn:ietf:params:xml:ns:xmpp-tls"

/// What is said when a stream ends with an error.
func ending(_ condition: String, _ text: String? = nil) -> [String] {
    let text = text.map { "<text xmlns='\(streamErrorNamespace)' xml:lang='en'>\($0)</text>" } ?? ""
    return [
        "<stream:error><\(condition) xmlns='\(streamErrorNamespace)'/>\(text)</stream:error>", "</stream:stream>",
        "[close]",
    ]
}

/// A SASL failure without explanation.
func failure(_ condition: String) -> String {
    "<failure xmlns='\(saslNamespace)'><\(condition)/></failure>"
}

/// A SASL element with data.
func sasl(_ name: String, _ data: String, mechanism: String? = nil) -> String {
    let mechanism = mechanism.map { " mechanism='\($0)'" } ?? ""
    return "<\(name) xmlns='\(saslNamespace)'\(mechanism)>\(data)</\(name)>"
}

/// The initial response of PLAIN.
func plainMessage(_ user: String, _ password: String, authorization: String = "") -> String {
    Base64.encode(Array("\(authorization)\0\(user)\0\(password)".utf8))
}

/// Actions as text: what is sent as it is, stream headers short, the rest in brackets.
func told(_ actions: [StreamAction]) -> [String] {
    actions.map { action in
        switch action {
        case .send(let bytes):
            let text = String(decoding: bytes, as: UTF8.self)
            return text.hasPrefix("<?xml version='1.0'?><stream:stream ") && text.hasSuffix(">") ? "[header]" : text
        case .startTLS: return "[start TLS]"
        case .findCredentials(let username): return "[find \(username)]"
        case .derive(let derivation): return "[derive \(derivation.hash.rawValue) \(derivation.iterations)]"
        case .authenticated(let jid): return "[authenticated \(jid)]"
        case .bind(let resource): return "[bind \(resource ?? "any")]"
        case .preAuthStanza(let stanza): return "[before login] " + String(decoding: stanza.bytes, as: UTF8.self)
        case .stanza(let stanza): return "[stanza] " + String(decoding: stanza.bytes, as: UTF8.self)
        case .malformedStanza: return "[malformed]"
        case .answered(let bytes): return String(decoding: bytes, as: UTF8.self)
        case .enableManagement(let resume, let seconds):
            return "[enable\(resume ? " resumption" : "")\(seconds.map { " \($0) s" } ?? "")]"
        case .acknowledgementRequested: return "[asked]"
        case .acknowledged(let h): return "[acknowledged \(h)]"
        case .resume(let id, let h): return "[resume \(id) from \(h)]"
        case .close: return "[close]"
        }
    }
}

/// An account of the tests: romeo, with few iterations because tests are many.
enum Romeo {
    static let password = "wherefore art thou"
    static let iterations = 7
    static let jid = "romeo@example.org"

    static func credentials() throws -> Credentials {
        var next: UInt8 = 100
        let prepared = try #require(Password(password))
        return try .derive(prepared, iterations: iterations) { count in
            next += 1
            return Array(repeating: next, count: count)
        }
    }
}

extension TLSFacts {
    /// TLS 1.3 without data for channel binding.
    static let bare = TLSFacts(version: .tls13)
    /// TLS 1.3 with both kinds of channel binding.
    static let binding = TLSFacts(
        version: .tls13, applicationProtocol: "xmpp-client", exporter: Array(repeating: 0xE0, count: 32),
        serverEndPoint: Array(repeating: 0x5E, count: 32))
}

extension ClientStream {
    /// A stream at example.org whose random bytes count upwards, one value a request.
    static func sample(
        encryption: ClientStreamConfiguration.Encryption = .required, plainOnLoopback: Bool = false,
        isLoopback: Bool = false, registration: Bool = false, limits: StreamLimits = StreamLimits(), seed: UInt8 = 0
    ) -> ClientStream {
        var next = seed
        return ClientStream(
            ClientStreamConfiguration(
                domain: "example.org", encryption: encryption, plainOnLoopback: plainOnLoopback,
                registration: registration,
                decoys: DecoyCredentials(secret: Array(repeating: 9, count: 32), iterations: Romeo.iterations),
                limits: limits),
            isLoopback: isLoopback
        ) { count in
            next &+= 1
            return Array(repeating: next, count: count)
        }
    }

    /// A sample that runs in TLS from the start and has had its headers exchanged.
    static func secure(
        _ tls: TLSFacts = .bare, registration: Bool = false, limits: StreamLimits = StreamLimits(), seed: UInt8 = 0
    ) -> ClientStream {
        let stream = sample(registration: registration, limits: limits, seed: seed)
        _ = stream.secured(tls)
        _ = stream.hears(opening)
        return stream
    }

    /// A sample whose client has logged in as romeo and opened the stream anew.
    static func authenticated(limits: StreamLimits = StreamLimits()) throws -> ClientStream {
        let stream = secure(limits: limits)
        _ = try stream.logIn()
        _ = stream.hears(opening)
        return stream
    }

    /// A sample whose client is romeo@example.org/balcony.
    static func bound(header: String = opening, limits: StreamLimits = StreamLimits()) throws -> ClientStream {
        let stream = secure(limits: limits)
        _ = try stream.logIn()
        _ = stream.hears(header)
        _ = stream.hears(bindRequest("balcony"))
        _ = stream.bound(try JID("romeo@example.org/balcony"))
        return stream
    }

    /// Feeds text and reads the answer.
    func hears(_ text: String) -> [String] { told(received(Array(text.utf8))) }

    /// Logs romeo in by PLAIN and returns what was said at the end.
    func logIn(password: String = Romeo.password) throws -> [String] {
        _ = hears(sasl("auth", plainMessage("romeo", password), mechanism: "PLAIN"))
        return told(derivation(found(try Romeo.credentials())))
    }

    /// Does the work of the `.derive` that was asked for.
    func derivation(_ actions: [StreamAction]) -> [StreamAction] {
        guard case .derive(let derivation)? = actions.last, let keys = try? derivation.keys() else { return actions }
        return derived(keys)
    }
}

/// A request to bind a resource.
func bindRequest(_ resource: String?, id: String = "b1") -> String {
    let resource = resource.map { "<resource>\($0)</resource>" } ?? ""
    return "<iq type='set' id='\(id)'><bind xmlns='\(bindNamespace)'>\(resource)</bind></iq>"
}
