// What somebody who joined a room wants to hear of, node by node.

/// The nodes of a room as a set: what a participant subscribed to, and what a seat is told (XEP-0369 §4.7).
///
/// A dialect that knows no subscriptions has seats which want everything.
public struct Topics: OptionSet, Hashable, Sendable {
    public let rawValue: UInt64

    public init(rawValue: UInt64) { self.rawValue = rawValue }

    public static let messages = Topics(rawValue: 1)
    public static let participants = Topics(rawValue: 1 << 1)
    public static let presence = Topics(rawValue: 1 << 2)
    public static let information = Topics(rawValue: 1 << 3)
    public static let subject = Topics(rawValue: 1 << 4)
    /// Which participant has which real address (XEP-0404 §2.5).
    public static let addresses = Topics(rawValue: 1 << 5)
    public static let configuration = Topics(rawValue: 1 << 6)
    /// Owners, administrators and rights, which 0.2.1 keeps apart from the rest of the configuration.
    public static let access = Topics(rawValue: 1 << 7)
    public static let allowed = Topics(rawValue: 1 << 8)
    public static let banned = Topics(rawValue: 1 << 9)
    public static let avatarData = Topics(rawValue: 1 << 10)
    public static let avatarMetadata = Topics(rawValue: 1 << 11)

    /// Title, members and outcasts, which 0.2.1 has in its configuration node.
    public static let lists = Topics(rawValue: 1 << 12)

    public static let avatar: Topics = [.avatarData, .avatarMetadata]
    /// The nodes that documents define.
    public static let standard = Topics(rawValue: (1 << 13) - 1)
    /// What seats want whose dialect knows no subscriptions.
    public static let everything = Topics(rawValue: .max)

    /// How many nodes of its own a room may have.
    public static let ownNodes = 16
    private static let firstOwn = 16

    /// The node of its own that a room made in this place, 0 … `ownNodes` - 1.
    public static func own(_ place: Int) -> Topics { Topics(rawValue: 1 << UInt64(firstOwn + place)) }

    /// The single nodes in it, in the order of the declarations.
    public var each: [Topics] {
        (0..<UInt64(Self.firstOwn + Self.ownNodes)).map { Topics(rawValue: 1 << $0) }.filter { contains($0) }
    }
}
