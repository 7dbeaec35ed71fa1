// The content that RFC 6121 defines for messages and presences.
import XML

extension Stanza {
    /// How available somebody is (RFC 6121 §4.7.2.1).
    public enum Show: String, Sendable {
        /// Temporarily away.
        case away
        /// Actively interested in chatting.
        case chat
        /// Do not disturb.
        case dnd
        /// Away for an extended period.
        case xa
    }

    /// The text of a message (RFC 6121 §5.2.3): of several in different languages, the one without `xml:lang`,
    /// else the first.
    public var body: String? { preferredText("body") }

    /// The subject of a message (RFC 6121 §5.2.4), chosen like ``body``; empty when it is there without text.
    public var subject: String? { preferredText("subject") }

    /// The conversation a message belongs to (RFC 6121 §5.2.5).
    public var thread: String? { child("thread", NS.client)?.text }

    /// How available the sender is; nil for plainly available and for values the RFC does not know.
    public var show: Show? { child("show", NS.client).flatMap { Show(rawValue: $0.text) } }

    /// The words that go with a presence (RFC 6121 §4.7.2.2), chosen like ``body``.
    public var status: String? { preferredText("status") }

    /// The priority of the sending resource, −128 to 127; 0 when it is not given or is no such number
    /// (RFC 6121 §4.7.2.3).
    public var priority: Int8 {
        guard let text = child("priority", NS.client)?.text else { return 0 }
        return Int8(text.trimmedOfXMLSpace) ?? 0
    }

    private func preferredText(_ name: String) -> String? {
        var first: Element?
        for element in payload where element.is(name, NS.client) {
            if element.language == nil { return element.text }
            if first == nil { first = element }
        }
        return first?.text
    }
}

extension StringProtocol {
    /// The text without the white space of XML at its ends.
    var trimmedOfXMLSpace: String {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r" || $0 == "\r\n" }
        guard let start = firstIndex(where: { !isSpace($0) }), let end = lastIndex(where: { !isSpace($0) })
        else { return "" }
        return String(self[start...end])
    }
}
