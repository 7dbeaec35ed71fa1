// When a stanza was first sent, on one that comes late.
public import XML

/// A note that a stanza was delayed (XEP-0203, and XEP-0091 of old).
public struct Delay: Sendable, Equatable {
    /// When the stanza was sent originally.
    public var stamp: Moment
    /// Who delayed it: a room, a server.
    public var from: JID?
    /// Why, in words.
    public var reason: String?

    /// Makes a note.
    public init(_ stamp: Moment, from: JID? = nil, reason: String? = nil) {
        self.stamp = stamp
        self.from = from
        self.reason = reason
    }

    /// Reads a `delay` element or the `x` of `jabber:x:delay`; nil if it is neither or the time cannot be read.
    /// A `from` that is no address is left out.
    public init?(reading element: Element) {
        let stamp: Moment?
        if element.is("delay", NS.delay) {
            stamp = element["stamp"].flatMap(Moment.init(xep0082:))
        } else if element.is("x", NS.legacyDelay) {
            stamp = element["stamp"].flatMap(Moment.init(legacyStamp:))
        } else {
            return nil
        }
        guard let stamp else { return nil }
        let reason = element.text.trimmedOfXMLSpace
        self.init(stamp, from: element["from"].flatMap { try? JID($0) }, reason: reason.isEmpty ? nil : reason)
    }

    /// The `delay` element (XEP-0203).
    public var element: Element {
        Element("delay", NS.delay, ["from": from?.description, "stamp": stamp.xep0082]) { reason }
    }

    /// The `x` element of `jabber:x:delay`, which groupchat 1.0 clients know (XEP-0091).
    public var legacyElement: Element {
        Element("x", NS.legacyDelay, ["from": from?.description, "stamp": stamp.legacyStamp]) { reason }
    }
}
