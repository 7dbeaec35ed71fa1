// The condition that ends a stream for good (RFC 6120 §4.9).

public import XML
import XMPP

/// A stream error: sent once, and then the stream is closed.
public struct StreamError: Error, Sendable, Equatable {
    /// The defined conditions (RFC 6120 §4.9.3).
    public enum Condition: String, Sendable, CaseIterable {
        /// XML that cannot be processed; one of the more exact conditions is better (§4.9.3.1).
        case badFormat = "bad-format"
        /// A prefix that is not declared or not supported (§4.9.3.2).
        case badNamespacePrefix = "bad-namespace-prefix"
        /// A newer stream takes the place of this one (§4.9.3.3).
        case conflict
        /// The peer has not been heard of for too long (§4.9.3.4).
        case connectionTimeout = "connection-timeout"
        /// The host is no longer served here (§4.9.3.5).
        case hostGone = "host-gone"
        /// The host is not served here (§4.9.3.6).
        case hostUnknown = "host-unknown"
        /// An address is missing or is none (§4.9.3.7).
        case improperAddressing = "improper-addressing"
        /// The server is in a state in which it cannot serve the stream (§4.9.3.8).
        case internalServerError = "internal-server-error"
        /// A 'from' that is not the peer's own (§4.9.3.9).
        case invalidFrom = "invalid-from"
        /// The stream or its content is in the wrong namespace (§4.9.3.10).
        case invalidNamespace = "invalid-namespace"
        /// XML that a validating server found invalid (§4.9.3.11).
        case invalidXML = "invalid-xml"
        /// Something only an authenticated, or bound, peer may send (§4.9.3.12).
        case notAuthorized = "not-authorized"
        /// XML that is none (§4.9.3.13).
        case notWellFormed = "not-well-formed"
        /// A limit or another rule of this server was broken (§4.9.3.14).
        case policyViolation = "policy-violation"
        /// A server that is needed to serve the stream cannot be reached (§4.9.3.15).
        case remoteConnectionFailed = "remote-connection-failed"
        /// The stream must begin anew, its features or keys having changed (§4.9.3.16).
        case reset
        /// The server has no means left for the stream (§4.9.3.17).
        case resourceConstraint = "resource-constraint"
        /// XML that has no place in XMPP: comments, instructions, document types, entities (§4.9.3.18).
        case restrictedXML = "restricted-xml"
        /// The peer is sent to another host (§4.9.3.19).
        case seeOtherHost = "see-other-host"
        /// The server is going down (§4.9.3.20).
        case systemShutdown = "system-shutdown"
        /// Something else, which an application-specific condition tells (§4.9.3.21).
        case undefinedCondition = "undefined-condition"
        /// Not UTF-8 (§4.9.3.22).
        case unsupportedEncoding = "unsupported-encoding"
        /// A mandatory feature is not supported by the peer (§4.9.3.23).
        case unsupportedFeature = "unsupported-feature"
        /// A first-level element that is no stanza and is not understood (§4.9.3.24).
        case unsupportedStanzaType = "unsupported-stanza-type"
        /// A version of XMPP below 1.0 (§4.9.3.25).
        case unsupportedVersion = "unsupported-version"
    }

    /// The condition.
    public var condition: Condition
    /// An explanation for people, in English.
    public var text: String?
    /// Where to go, with see-other-host (RFC 6120 §4.9.3.19): a host, with a port after a colon if need be.
    public var otherHost: String?
    /// An application-specific condition (RFC 6120 §4.9.4).
    public var application: Element?

    /// A stream error.
    public init(
        _ condition: Condition, _ text: String? = nil, otherHost: String? = nil, application: Element? = nil
    ) {
        self.condition = condition
        self.text = text
        self.otherHost = otherHost
        self.application = application
    }

    /// The error that answers XML we cannot take (RFC 6120 §4.9.3, §11).
    public init(answering fault: XMLFault) {
        switch fault {
        case .notWellFormed: self.init(.notWellFormed)
        case .restricted: self.init(.restrictedXML)
        case .undefinedPrefix: self.init(.badNamespacePrefix)
        case .unsupportedEncoding: self.init(.unsupportedEncoding)
        case .tooLarge(let limit): self.init(.policyViolation, "over the limit \(limit.rawValue)")
        }
    }

    /// `<stream:error/>` as it goes over the wire, inside a stream whose content namespace is `content`.
    func bytes(in content: String) -> [UInt8] {
        var writer = XMLWriter(in: content)
        writer.open(condition.rawValue, NS.streams)
        if condition == .seeOtherHost, let otherHost { writer.text(otherHost) }
        writer.close()
        if let text {
            writer.open("text", NS.streams)
            writer.language("en")
            writer.text(text)
            writer.close()
        }
        if let application { writer.element(application) }
        return Array("<stream:error>".utf8) + writer.finish() + Array("</stream:error>".utf8)
    }
}
