// Requests to a room: one handler for each (type, namespace, name), from which disco features follow (law 11).

public import Rooms
public import XML
public import XMPP

/// An IQ request addressed to a room itself.
public struct Request: Sendable {
    public let inbound: Inbound
    /// The one child of the IQ.
    public let element: Element
    /// The features of the table that serves this request.
    public let features: [String]

    init(_ inbound: Inbound, _ element: Element, features: [String]) {
        self.inbound = inbound
        self.element = element
        self.features = features
    }
}

/// One handler for each kind of request; a duplicate is a programmer's error and stops the start.
public struct HandlerTable: Sendable {
    /// What answers a request: an intent, or the error to send.
    public typealias Handler = @Sendable (Request, Room) throws(StanzaError) -> Intent

    private struct Key: Hashable {
        let type: StanzaType
        let name: String
        let namespace: String
    }

    private var handlers: [Key: Handler] = [:]
    /// What disco#info says because of the handlers here, in order of registration.
    public private(set) var features: [String] = []

    public init() {}

    /// - Parameter feature: what disco#info says when this is served; nil: nothing.
    public mutating func on(
        _ type: StanzaType, _ name: String, _ namespace: String, feature: String? = nil, _ handler: @escaping Handler
    ) {
        let key = Key(type: type, name: name, namespace: namespace)
        precondition(handlers[key] == nil, "two handlers for \(type) \(namespace) \(name)")
        handlers[key] = handler
        if let feature, !features.contains(feature) { features.append(feature) }
    }

    /// Answers a request to a room.
    ///
    /// - Throws: `service-unavailable` where nobody answers this kind (MUC-168).
    public func answer(_ inbound: Inbound, in room: Room) throws(StanzaError) -> Intent {
        guard inbound.stanza.type == .get || inbound.stanza.type == .set else { return .ignore }
        guard let element = inbound.stanza.payload.first else { throw StanzaError(.badRequest) }
        let key = Key(type: inbound.stanza.type, name: element.name, namespace: element.namespace)
        guard let handler = handlers[key] else {
            throw StanzaError(room.isThere(for: inbound) ? .serviceUnavailable : .itemNotFound)
        }
        return try handler(Request(inbound, element, features: features), room)
    }
}
