// One item of a node, as requests, answers and notifications carry it.
public import XML

/// An item (XEP-0060 §4): an id and a payload.
public struct PubSubItem: Sendable, Equatable {
    /// Unique in its node; nil only where a publisher leaves it to the service.
    public var id: String?
    /// Who published it, where that is told.
    public var publisher: String?
    /// What it says; nil where only its coming is told.
    public var payload: Element?

    /// Makes an item.
    public init(id: String?, publisher: String? = nil, payload: Element?) {
        self.id = id
        self.publisher = publisher
        self.payload = payload
    }

    /// Reads an `item` element, of whatever namespace of publish-subscribe.
    ///
    /// - Throws: `invalid-payload` where there is more than one (XEP-0060 §7.1.3.6).
    public init(reading element: Element) throws(StanzaError) {
        var payloads = element.children.makeIterator()
        let payload = payloads.next()
        guard payloads.next() == nil else { throw StanzaError(.invalidPayload) }
        self.init(id: element["id"].flatMap { $0.isEmpty ? nil : $0 }, payload: payload)
    }

    /// The `item` element in `namespace`.
    public func element(in namespace: String) -> Element {
        Element("item", namespace, ["id": id, "publisher": publisher]) { payload }
    }
}
