// Answers to stanzas.
public import XML

extension Stanza {
    /// Whether an error or a result may be sent in answer: never to an error or a result, so that two entities
    /// cannot answer each other for ever (RFC 6120 §8.3.1 and §8.2.3).
    public var isAnswerable: Bool {
        type != .error && type != .result
    }

    /// The IQ result that answers this request (RFC 6120 §8.2.3): addresses swapped, id kept.
    public func result(_ payload: [Element] = []) -> Stanza {
        precondition(kind == .iq, "only an iq has a result")
        return Stanza(kind: .iq, type: .result, id: id, from: to, to: from, payload: payload)
    }

    /// The error that answers this stanza (RFC 6120 §8.3.1): addresses swapped, id kept.
    /// Ask ``isAnswerable`` before sending one.
    ///
    /// - Parameter echoing: whether what was sent is repeated before the error, which the RFC leaves open.
    public func error(_ error: StanzaError, echoing: Bool = false) -> Stanza {
        let echo = echoing ? payload : []
        return Stanza(kind: kind, type: .error, id: id, from: to, to: from, payload: echo + [error.element])
    }

    /// The error an error stanza tells of; nil for any other stanza. One without an `error` child, as very old
    /// software sends, counts as `undefined-condition`.
    public var failure: StanzaError? {
        guard type == .error else { return nil }
        guard let element = child("error", NS.client) else { return StanzaError(.undefinedCondition) }
        return StanzaError(reading: element)
    }
}
