// What a stanza is for: the values of its type attribute, for all three kinds.

/// The meaning of a stanza's `type` attribute (RFC 6120 §8.2.3, RFC 6121 §4.7.1 and §5.2.2).
public enum StanzaType: String, Sendable, CaseIterable {
    /// A single message outside a conversation: a message without a type.
    case normal
    /// A message in a one-to-one conversation.
    case chat
    /// A message of a room.
    case groupchat
    /// An alert or other message to which nobody answers.
    case headline
    /// Something went wrong with a stanza sent before; belongs to every kind.
    case error
    /// The sender is available: a presence without a type.
    case available
    /// The sender is no longer available.
    case unavailable
    /// A request for somebody's current presence.
    case probe
    /// A wish to receive somebody's presence.
    case subscribe
    /// The wish is granted.
    case subscribed
    /// The sender no longer wants to receive presence.
    case unsubscribe
    /// The wish is refused, or the grant withdrawn.
    case unsubscribed
    /// An IQ that asks.
    case get
    /// An IQ that changes.
    case set
    /// An IQ that answers.
    case result

    /// Whether stanzas of this kind can have this type.
    public func belongs(to kind: Stanza.Kind) -> Bool {
        switch self {
        case .error: true
        case .normal, .chat, .groupchat, .headline: kind == .message
        case .get, .set, .result: kind == .iq
        case .available, .unavailable, .probe, .subscribe, .subscribed, .unsubscribe, .unsubscribed: kind == .presence
        }
    }

    /// The value on the wire; nil where the attribute is left out.
    public var attribute: String? {
        self == .normal || self == .available ? nil : rawValue
    }

    /// Reads the attribute of a message: what is unknown is a normal message (RFC 6121 §5.2.2).
    static func ofMessage(_ attribute: String?) -> StanzaType {
        guard let attribute, let type = StanzaType(rawValue: attribute), type.belongs(to: .message)
        else { return .normal }
        return type
    }

    /// Reads the attribute of a presence (RFC 6121 §4.7.1): none is available, which has no name on the wire.
    static func ofPresence(_ attribute: String?) throws(StanzaFault) -> StanzaType {
        guard let attribute else { return .available }
        guard let type = StanzaType(rawValue: attribute), type != .available, type.belongs(to: .presence)
        else { throw .badType(attribute) }
        return type
    }

    /// Reads the attribute of an IQ (RFC 6120 §8.2.3): it is required.
    static func ofIQ(_ attribute: String?) throws(StanzaFault) -> StanzaType {
        guard let attribute, let type = StanzaType(rawValue: attribute), type.belongs(to: .iq)
        else { throw .badType(attribute) }
        return type
    }
}
