// An XMPP address: localpart@domainpart/resourcepart, always in prepared form.

/// An XMPP address (RFC 7622), always in prepared form: two JIDs are equal when their texts are.
///
/// Held as one string and two offsets, so comparing and hashing are those of the string.
public struct JID: Sendable {
    /// The longest a localpart, domainpart or resourcepart may be, in octets of UTF-8 (RFC 7622 §3.1).
    public static let maximumPartOctets = 1023
    /// The longest a text read as a JID may be, in octets of UTF-8: three parts and two separators.
    /// Anything longer is refused before any work is done on it.
    public static let maximumOctets = 3 * maximumPartOctets + 2

    /// The whole address as it stands on the wire.
    public let description: String
    /// Octets of the localpart: 0 when there is none.
    let localEnd: UInt16
    /// Octets up to the end of the domainpart.
    let domainEnd: UInt16

    /// Takes a text that is known to be prepared; `localEnd` and `domainEnd` must fit it.
    init(prepared: String, localEnd: Int, domainEnd: Int) {
        description = prepared
        self.localEnd = UInt16(localEnd)
        self.domainEnd = UInt16(domainEnd)
    }

    /// The part before `@`; nil when there is none.
    public var local: String? { localEnd == 0 ? nil : octets(0, Int(localEnd)) }

    /// The part that names a host or a service, internationalized labels as U-labels (RFC 7622 §3.2).
    public var domain: String { octets(domainStart, Int(domainEnd)) }

    /// The part after `/`; nil when there is none.
    public var resource: String? { isBare ? nil : octets(Int(domainEnd) + 1, description.utf8.count) }

    /// Whether there is no resourcepart.
    public var isBare: Bool { Int(domainEnd) == description.utf8.count }

    /// The same address without its resourcepart.
    public var bare: JID {
        if isBare { return self }
        return JID(
            prepared: octets(0, Int(domainEnd)), localEnd: Int(localEnd), domainEnd: Int(domainEnd))
    }

    /// The domainpart alone, as an address.
    public var domainOnly: JID {
        if isBare, localEnd == 0 { return self }
        let domain = self.domain
        return JID(prepared: domain, localEnd: 0, domainEnd: domain.utf8.count)
    }

    /// The bare address with this resourcepart in place of its own, prepared by OpaqueString (RFC 7622 §3.4).
    ///
    /// - Throws: ``JIDFault/resource(_:)``, or ``JIDFault/tooLong``.
    public func with(resource: String) throws(JIDFault) -> JID {
        let part = try Self.preparedResource(resource)
        let end = Int(domainEnd)
        var text = ""
        text.reserveCapacity(end + 1 + part.utf8.count)
        text += description[..<index(end)]
        text += "/"
        text += part
        return JID(prepared: text, localEnd: Int(localEnd), domainEnd: end)
    }

    private var domainStart: Int { localEnd == 0 ? 0 : Int(localEnd) + 1 }

    private func index(_ offset: Int) -> String.Index {
        description.utf8.index(description.startIndex, offsetBy: offset)
    }

    private func octets(_ from: Int, _ to: Int) -> String {
        String(description[index(from)..<index(to)])
    }
}

// The offsets follow from the text: the first `/` and the first `@` before it can only be separators.
extension JID: Hashable {
    public static func == (left: JID, right: JID) -> Bool { left.description == right.description }

    public func hash(into hasher: inout Hasher) { hasher.combine(description) }
}

extension JID: Comparable {
    /// By the text of the whole address: an order for lists and tests, without a meaning of its own.
    public static func < (left: JID, right: JID) -> Bool { left.description < right.description }
}

extension JID: CustomStringConvertible {}
