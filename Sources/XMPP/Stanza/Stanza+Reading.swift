// Reads stanzas from elements.
public import XML

extension Stanza {
    /// Room for the children of an ordinary stanza, so that reading it allocates for them once.
    private static let usualChildren = 6

    /// Reads a stanza from the element that a stream carried.
    ///
    /// The element's namespace is that of a client, a server or an accepted component stream; children in the same
    /// namespace are moved to `jabber:client` (RFC 6120 §4.8.3). Text between the children is dropped.
    ///
    /// - Throws: ``StanzaFault``; the rules are those of RFC 6120 §8.1 and §8.2.3.
    public init(reading element: Element) throws(StanzaFault) {
        guard let kind = Kind(rawValue: element.name) else { throw .notAStanza }
        let namespace = element.namespace
        let isNative = namespace == NS.client
        guard isNative || namespace == NS.server || namespace == NS.component else { throw .notAStanza }

        self.kind = kind
        switch kind {
        case .message: type = .ofMessage(element["type"])
        case .presence: type = try .ofPresence(element["type"])
        case .iq: type = try .ofIQ(element["type"])
        }
        id = element["id"]
        from = try Self.address(.from, of: element)
        to = try Self.address(.to, of: element)
        language = element.language
        payload = []
        payload.reserveCapacity(Self.usualChildren)
        for child in element.children { payload.append(isNative ? child : child.movedToClient(from: namespace)) }
        if kind == .iq { try checkRequestRules() }
    }

    /// RFC 6120 §8.2.3: an IQ has an id; a request one child, a result at most one.
    private func checkRequestRules() throws(StanzaFault) {
        guard id != nil else { throw .noID }
        switch type {
        case .get, .set:
            guard payload.count == 1 else { throw .badPayload }
        case .result:
            guard payload.count <= 1 else { throw .badPayload }
        default:
            break
        }
    }

    private static func address(
        _ attribute: StanzaFault.Address, of element: Element
    ) throws(StanzaFault) -> JID? {
        guard let text = element[attribute.rawValue] else { return nil }
        do throws(JIDFault) {
            return try JID(text)
        } catch {
            throw .badAddress(attribute, error)
        }
    }
}

extension Element {
    /// The same element in `jabber:client`, if it stands in the content namespace `content`; else itself.
    ///
    /// Written for a stream of that namespace it names no namespace, so it may be read again as of another.
    fileprivate func movedToClient(from content: String) -> Element {
        guard namespace == content else { return self }
        let bytes = bytes(in: content)
        // It was accepted once: bounds that its own size implies refuse nothing of it.
        let room = 2 * bytes.count
        var limits = XMLLimits()
        (limits.stanzaBytes, limits.attributeBytes, limits.depth) = (room, room, room)
        (limits.childrenPerElement, limits.attributesPerElement) = (room, room)
        return (try? Element(parsing: bytes, in: NS.client, limits: limits)) ?? self
    }
}
