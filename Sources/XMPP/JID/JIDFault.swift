// Why a text is not a JID.

/// Why a text is not a JID: which part, and what is wrong with it (RFC 7622 §3).
public enum JIDFault: Error, Sendable, Hashable {
    /// The whole text is longer than ``JID/maximumOctets``; nothing in it was looked at.
    case tooLong
    /// The part before `@` (RFC 7622 §3.3).
    case local(Reason)
    /// The part between `@` and `/` (RFC 7622 §3.2).
    case domain(Reason)
    /// The part after `/` (RFC 7622 §3.4).
    case resource(Reason)

    /// What is wrong with one part.
    public enum Reason: Error, Sendable, Hashable {
        /// The part is there but has no characters (left).
        case empty
        /// More than ``JID/maximumPartOctets`` octets.
        case tooLong
        /// This character is not allowed here, or not between these neighbours.
        case forbidden(Unicode.Scalar)
        /// Characters written right to left break the Bidi Rule (RFC 5893 §2).
        case direction
        /// Preparing the text again and again keeps changing it (RFC 8264 §7).
        case unstable
        /// Not a label of a domain name and not an IP address (RFC 5890 §2.3, RFC 3986 §3.2.2).
        case notADomain
    }
}

extension JIDFault.Reason {
    /// The reason a PRECIS profile gave, as the reason of a part.
    init(_ fault: PRECISFault) {
        switch fault {
        case .empty: self = .empty
        case .tooLong: self = .tooLong
        case .forbidden(let scalar): self = .forbidden(scalar)
        case .direction: self = .direction
        case .unstable: self = .unstable
        }
    }
}
