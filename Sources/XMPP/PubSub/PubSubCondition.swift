// The error conditions of publish-subscribe, each with the stanza error it comes in.
public import XML

/// An application-specific condition of publish-subscribe (XEP-0060 §13), as far as Parlance says it.
public enum PubSubCondition: Sendable, Hashable {
    /// The asker is not on the whitelist of the node.
    case closedNode
    /// The asker is in none of the roster groups that may read the node.
    case notInRosterGroup
    /// The node is for those who see the owner's presence.
    case presenceSubscriptionRequired
    /// The node is configured otherwise than the publisher demands (XEP-0060 §7.1.5).
    case preconditionNotMet
    /// An item has not exactly one payload, or not of the node's namespace.
    case invalidPayload
    /// An item without a payload, and the node delivers payloads.
    case payloadRequired
    /// An item larger than is stored.
    case payloadTooBig
    /// No item, or one without an id.
    case itemRequired
    /// No node is named.
    case nodeIDRequired
    /// Options that no node can have.
    case invalidOptions
    /// What is asked for is not offered: a feature by its name behind `pubsub#`.
    case unsupported(String)

    /// The element that stands beside the condition of the stanza error.
    public var element: Element {
        if case .unsupported(let feature) = self {
            return Element("unsupported", NS.pubsubErrors, ["feature": feature])
        }
        return Element(name, NS.pubsubErrors)
    }

    private var name: String {
        switch self {
        case .closedNode: "closed-node"
        case .notInRosterGroup: "not-in-roster-group"
        case .presenceSubscriptionRequired: "presence-subscription-required"
        case .preconditionNotMet: "precondition-not-met"
        case .invalidPayload: "invalid-payload"
        case .payloadRequired: "payload-required"
        case .payloadTooBig: "payload-too-big"
        case .itemRequired: "item-required"
        case .nodeIDRequired: "nodeid-required"
        case .invalidOptions: "invalid-options"
        case .unsupported: "unsupported"
        }
    }

    fileprivate var condition: StanzaError.Condition {
        switch self {
        case .closedNode: .notAllowed
        case .notInRosterGroup, .presenceSubscriptionRequired: .notAuthorized
        case .preconditionNotMet: .conflict
        case .payloadTooBig: .notAcceptable
        case .unsupported: .featureNotImplemented
        case .invalidPayload, .payloadRequired, .itemRequired, .nodeIDRequired, .invalidOptions: .badRequest
        }
    }
}

extension StanzaError {
    /// The error that carries a condition of publish-subscribe.
    public init(_ condition: PubSubCondition) {
        self.init(condition.condition, application: [condition.element])
    }
}
