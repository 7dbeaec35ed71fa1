// Affiliation, which lasts, and role, which ends with the visit (XEP-0045 §5).

/// What somebody is to a room, by bare JID or domain; survives visits and restarts. Higher is more.
public enum Affiliation: UInt8, Sendable, CaseIterable, Comparable {
    case outcast = 0
    case none = 1
    case member = 2
    case admin = 3
    case owner = 4

    /// The token of XEP-0045 §5.2.
    public var token: String {
        switch self {
        case .outcast: "outcast"
        case .none: "none"
        case .member: "member"
        case .admin: "admin"
        case .owner: "owner"
        }
    }

    /// Reads the token of XEP-0045 §5.2; nil for any other word.
    public init?(token: String) {
        guard let match = Self.allCases.first(where: { $0.token == token }) else { return nil }
        self = match
    }

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// What somebody may do during this visit; belongs to the participant, not to one of its seats. Higher is more.
public enum Role: UInt8, Sendable, CaseIterable, Comparable {
    case none = 0
    case visitor = 1
    case participant = 2
    case moderator = 3

    /// The token of XEP-0045 §5.1.
    public var token: String {
        switch self {
        case .none: "none"
        case .visitor: "visitor"
        case .participant: "participant"
        case .moderator: "moderator"
        }
    }

    /// Reads the token of XEP-0045 §5.1; nil for any other word.
    public init?(token: String) {
        guard let match = Self.allCases.first(where: { $0.token == token }) else { return nil }
        self = match
    }

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
