// Why bytes from a peer are not acceptable as the XML of XMPP.

/// Why parsing stopped. All are fatal to a stream (RFC 6120 §4.9.1.1).
public enum XMLFault: Error, Sendable, Equatable {
    /// The bytes are not well-formed, namespace-well-formed XML, or there is text between stanzas
    /// (`not-well-formed`, RFC 6120 §4.9.3.13).
    case notWellFormed
    /// A comment, processing instruction, document type, or reference to an entity other than the five predefined
    /// (`restricted-xml`, RFC 6120 §4.9.3.18 and §11.1).
    case restricted
    /// A prefix that no declaration in force binds (`bad-namespace-prefix`, RFC 6120 §4.9.3.2).
    case undefinedPrefix
    /// The named limit was passed (`policy-violation`, RFC 6120 §4.9.3.14).
    case tooLarge(XMLLimits.Name)
    /// The stream is not UTF-8 or says so (`unsupported-encoding`, RFC 6120 §4.9.3.22).
    case unsupportedEncoding
}
