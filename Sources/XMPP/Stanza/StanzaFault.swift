// Why an element is not an acceptable stanza, and what its sender is told.
public import XML

/// Why an element cannot be read as a stanza.
public enum StanzaFault: Error, Sendable, Equatable {
    /// The attribute that holds an address.
    public enum Address: String, Sendable {
        /// The sender's.
        case from
        /// The recipient's.
        case to
    }

    /// Not `message`, `presence` or `iq` in a content namespace: on a stream this is `unsupported-stanza-type`
    /// (RFC 6120 §4.9.3.24).
    case notAStanza
    /// A type that this kind of stanza does not have, or an IQ without one (RFC 6120 §8.2.3, RFC 6121 §4.7.1).
    case badType(String?)
    /// An address that is not a JID (RFC 6120 §8.3.3.8).
    case badAddress(Address, JIDFault)
    /// An IQ without an id (RFC 6120 §8.2.3 rule 1).
    case noID
    /// An IQ request with no child or with several, or a result with several (RFC 6120 §8.2.3 rules 5 and 6).
    case badPayload

    /// What the sender is told: `jid-malformed` for an address, `bad-request` for everything else.
    public var error: StanzaError {
        switch self {
        case .notAStanza: StanzaError(.badRequest)
        case .badType: StanzaError(.badRequest, text: "This type does not exist for this kind of stanza")
        case .badAddress(let attribute, _):
            StanzaError(.jidMalformed, text: "The '\(attribute.rawValue)' attribute is not an address")
        case .noID: StanzaError(.badRequest, text: "An iq must have an id")
        case .badPayload: StanzaError(.badRequest, text: "An iq request must have exactly one child element")
        }
    }

    /// The error stanza that answers `element`, without addresses but for a usable `to`, which becomes its `from`:
    /// whole, or without a resource that is none, so that the client knows which room is meant.
    ///
    /// Nil where there must be no answer: to an error, to a result (RFC 6120 §8.3.1), to what is no stanza, and to
    /// an IQ without an id, for which no well-formed answer exists.
    public func answer(to element: Element) -> Stanza? {
        guard let kind = Stanza.Kind(rawValue: element.name), self != .notAStanza,
            element["type"] != StanzaType.error.rawValue, element["type"] != StanzaType.result.rawValue
        else { return nil }
        let id = element["id"]
        if kind == .iq, id == nil { return nil }
        let addressed = element["to"].flatMap { to in
            (try? JID(to)) ?? to.firstIndex(of: "/").flatMap { try? JID(String(to[..<$0])) }
        }
        return Stanza(kind: kind, type: .error, id: id, from: addressed, payload: [error.element])
    }
}
