// What a stream parser reports: the header, stanzas, the end.

/// A piece of an XMPP stream (RFC 6120 §4.2).
public enum StreamToken: Sendable, Equatable {
    /// The stream header.
    case opened(StreamHeader)
    /// A complete first-level element.
    case stanza(Element)
    /// The closing stream tag. Whatever follows it is ignored.
    case closed
}

/// The start tag of a stream (RFC 6120 §4.7).
public struct StreamHeader: Sendable, Equatable {
    /// The header as an element without content.
    let element: Element
    /// The default namespace it declares, in which stanzas without `xmlns` are; empty if none.
    public let defaultNamespace: String

    /// The local name, `stream` in a correct header.
    public var name: String { element.name }

    /// The namespace of the tag itself.
    public var namespace: String { element.namespace }

    /// All attributes; namespace declarations are none.
    public var attributes: [Element.Attribute] { element.attributes }

    /// The language tag in `xml:lang`, the default for stanzas (RFC 6120 §4.7.4).
    public var language: String? { element.language }

    /// The value of the attribute of this name that has no prefix.
    public subscript(_ attribute: String) -> String? { element[attribute] }
}
