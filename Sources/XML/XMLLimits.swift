// The bounds of what a peer may make the XML layer hold, each by name.

/// Bounds on what is accepted from a peer. Every one is inclusive: a value equal to the limit is accepted, one more
/// is refused with ``XMLFault/tooLarge(_:)``, which names it.
public struct XMLLimits: Sendable, Equatable {
    /// Which bound was passed.
    public enum Name: String, Sendable, Equatable {
        /// ``XMLLimits/stanzaBytes``.
        case stanzaBytes
        /// ``XMLLimits/headerBytes``.
        case headerBytes
        /// ``XMLLimits/depth``.
        case depth
        /// ``XMLLimits/attributesPerElement``.
        case attributesPerElement
        /// ``XMLLimits/attributeBytes``.
        case attributeBytes
        /// ``XMLLimits/childrenPerElement``.
        case childrenPerElement
    }

    /// Bytes of one stanza as sent, from its first `<` to its last `>`; default 262,144. The namespace names that a
    /// stanza makes a writer repeat (one prefix, declared once and used often) have the same bound in sum.
    public var stanzaBytes = 262_144
    /// Bytes of a stream header with the XML declaration before it; default 8,192.
    public var headerBytes = 8_192
    /// Elements open within one another, the stanza being the first; default 64.
    public var depth = 64
    /// Attributes of one element, its namespace declarations included; default 64. Holds for stream headers too.
    public var attributesPerElement = 64
    /// Bytes of one attribute's value, or of one namespace name, with references resolved; default 65,536.
    public var attributeBytes = 65_536
    /// Child elements directly in one element; default 10,000.
    public var childrenPerElement = 10_000

    /// Every limit at its default.
    public init() {}

    /// Every limit at its default.
    public static let `default` = XMLLimits()
}
