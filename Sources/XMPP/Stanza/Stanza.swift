// A message, presence or IQ stanza: the header typed, the payload carried as it came.
public import XML

/// A stanza (RFC 6120 §8): its header as types, its children as they came.
///
/// Inside the server every stanza stands in `jabber:client`, whichever kind of stream it came from.
public struct Stanza: Sendable, Equatable {
    /// The three kinds of stanza (RFC 6120 §8.2).
    public enum Kind: String, Sendable, CaseIterable {
        /// Push (RFC 6120 §8.2.1).
        case message
        /// Publish and subscribe to availability (RFC 6120 §8.2.2).
        case presence
        /// Request and response (RFC 6120 §8.2.3).
        case iq
    }

    /// Message, presence or IQ: the element's name.
    public var kind: Kind
    /// What the stanza is for; always one that belongs to `kind`.
    public var type: StanzaType
    /// Chosen by the sender and echoed in replies (RFC 6120 §8.1.3). An IQ always has one.
    public var id: String?
    /// Who sent it; a client may leave it out (RFC 6120 §8.1.2).
    public var from: JID?
    /// Who is meant; nil for the sender's own account, or for presence everybody subscribed (RFC 6120 §8.1.1).
    public var to: JID?
    /// The language of texts in it that do not say their own (RFC 6120 §8.1.5).
    public var language: String?
    /// The child elements, in order.
    public var payload: [Element]

    /// Makes a stanza. `type` must be one that belongs to `kind`; an IQ must have an `id`.
    public init(
        kind: Kind, type: StanzaType, id: String? = nil, from: JID? = nil, to: JID? = nil, language: String? = nil,
        payload: [Element] = []
    ) {
        precondition(type.belongs(to: kind), "a stanza's type must be one of its kind")
        precondition(kind != .iq || id != nil, "an iq must have an id")
        self.kind = kind
        self.type = type
        self.id = id
        self.from = from
        self.to = to
        self.language = language
        self.payload = payload
    }

    /// The first child with this name and namespace.
    public func child(_ name: String, _ namespace: String) -> Element? {
        payload.first { $0.is(name, namespace) }
    }

    /// A message; `normal` unless said otherwise (RFC 6121 §5.2.2).
    public static func message(
        type: StanzaType = .normal, id: String? = nil, from: JID? = nil, to: JID? = nil, language: String? = nil,
        payload: [Element] = []
    ) -> Stanza {
        Stanza(kind: .message, type: type, id: id, from: from, to: to, language: language, payload: payload)
    }

    /// A presence; `available` unless said otherwise (RFC 6121 §4.7.1).
    public static func presence(
        type: StanzaType = .available, id: String? = nil, from: JID? = nil, to: JID? = nil, language: String? = nil,
        payload: [Element] = []
    ) -> Stanza {
        Stanza(kind: .presence, type: type, id: id, from: from, to: to, language: language, payload: payload)
    }

    /// An IQ (RFC 6120 §8.2.3); a request carries exactly one payload element.
    public static func iq(
        type: StanzaType, id: String, from: JID? = nil, to: JID? = nil, language: String? = nil,
        payload: [Element] = []
    ) -> Stanza {
        Stanza(kind: .iq, type: type, id: id, from: from, to: to, language: language, payload: payload)
    }
}
