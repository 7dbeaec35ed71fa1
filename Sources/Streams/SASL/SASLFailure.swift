// Why an authentication failed, as the client is told (RFC 6120 §6.5).

public import XML
import XMPP

/// A SASL failure. It ends the attempt, not the stream.
public struct SASLFailure: Error, Sendable, Equatable {
    /// The defined conditions (RFC 6120 §6.5).
    public enum Condition: String, Sendable, CaseIterable {
        /// The client gave up (§6.5.1).
        case aborted
        /// The account is disabled for the time being (§6.5.2).
        case accountDisabled = "account-disabled"
        /// The credentials were right, once (§6.5.3).
        case credentialsExpired = "credentials-expired"
        /// The mechanism is available in TLS only (§6.5.4).
        case encryptionRequired = "encryption-required"
        /// The data is not base64 (§6.5.5).
        case incorrectEncoding = "incorrect-encoding"
        /// The authorization identity is malformed, or is somebody else (§6.5.6).
        case invalidAuthzid = "invalid-authzid"
        /// The mechanism was not offered (§6.5.7).
        case invalidMechanism = "invalid-mechanism"
        /// The data is not what the mechanism asks for (§6.5.8).
        case malformedRequest = "malformed-request"
        /// The mechanism is weaker than this account allows (§6.5.9).
        case mechanismTooWeak = "mechanism-too-weak"
        /// The credentials are wrong, or there is no such account: it is not said which (§6.5.10).
        case notAuthorized = "not-authorized"
        /// The server cannot tell just now (§6.5.11).
        case temporaryAuthFailure = "temporary-auth-failure"
    }

    /// The condition.
    public let condition: Condition
    /// An explanation for people. Never says whether an account exists.
    public let text: String?

    /// A failure with an optional explanation.
    public init(_ condition: Condition, _ text: String? = nil) {
        self.condition = condition
        self.text = text
    }

    /// `<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>` with the condition.
    public var element: Element {
        Element("failure", NS.sasl) {
            Element(condition.rawValue, NS.sasl)
            if let text { Element("text", NS.sasl, language: "en") { text } }
        }
    }
}
