// The counters of one session under stream management: what was acknowledged, what is to be asked and told (XEP-0198).

import XML
import XMPP

/// One session's side of stream management. Begins with `<enable/>` and outlives connections.
public struct StreamManagement: Sendable, Equatable {
    /// How the session can be resumed; nil: its stanzas are acknowledged, and that is all.
    public let resumption: Resumption?
    /// What the client has not acknowledged.
    public private(set) var unacknowledged: UnacknowledgedStanzas
    /// Whether the client was asked and has not answered.
    private var isAsked = false
    /// The client asked, and waits for the stanzas up to this number.
    private var askedAt: UInt64?

    public init(_ resumption: Resumption?, unacknowledged: UnacknowledgedStanzas = UnacknowledgedStanzas()) {
        self.resumption = resumption
        self.unacknowledged = unacknowledged
    }

    // MARK: What the client is sent

    /// A stanza goes out, or waits for a connection to go out on.
    public mutating func sent(_ stanza: SentStanza) { unacknowledged.append(stanza) }

    /// `<r/>`, where there is something to ask about and no answer is awaited: at most one is on its way, and none is
    /// needed for what is acknowledged already. To be taken once for everything written in one go.
    public mutating func takeRequest() -> [UInt8]? {
        guard !isAsked, !unacknowledged.isEmpty else { return nil }
        isAsked = true
        return ManagementElement.request
    }

    /// `<r/>` whether needed or not, to hear whether somebody is there.
    public mutating func probe() -> [UInt8] {
        isAsked = true
        return ManagementElement.request
    }

    /// The client says what it handled; more than it was sent is the end of the stream (§6).
    public mutating func acknowledged(_ h: UInt32) throws(StreamError) {
        isAsked = false
        guard !unacknowledged.acknowledge(h) else { return }
        let sent = unacknowledged.sent
        throw StreamError(
            .undefinedCondition, "you acknowledged \(h) stanzas, but were sent \(sent)",
            application: Element(
                "handled-count-too-high", NS.streamManagement, ["h": String(h), "send-count": String(sent)]))
    }

    // MARK: What the client sent

    /// The client asks what was handled. Answered at once where everything was; otherwise as soon as all it has sent so
    /// far has had its effect, but see ``overdue(_:)``.
    ///
    /// - Returns: the answer, if it is due now.
    public mutating func requested(_ ledger: InboundLedger) -> [UInt8]? {
        askedAt = askedAt ?? ledger.last
        return settled(ledger)
    }

    /// Some stanza had its effect.
    ///
    /// - Returns: the answer to `<r/>`, if that was what it waited for.
    public mutating func settled(_ ledger: InboundLedger) -> [UInt8]? {
        guard let asked = askedAt, ledger.settled >= asked else { return nil }
        return overdue(ledger)
    }

    /// The answer that a client has waited for long enough, whatever was handled: it must not be withheld (§4).
    public mutating func overdue(_ ledger: InboundLedger) -> [UInt8]? {
        guard askedAt != nil else { return nil }
        askedAt = nil
        return ManagementElement.acknowledgement(ledger.handled)
    }

    /// Whether the client waits for an answer.
    public var owesAnswer: Bool { askedAt != nil }

    // MARK: Another connection

    /// The session goes on elsewhere: nothing asked on the former connection is answered on the next.
    public mutating func moved() {
        isAsked = false
        askedAt = nil
    }
}
