// The names by which a room tells its people, seats, dialects and itself apart.

/// The stable id **P** of somebody in one room: 16 characters of `[a-z2-7]` (rule X-04).
///
/// It is the MUC occupant-id, the MIX participant id and the proxy local part alike, and the same bare JID always gets
/// the same one in a room.
public struct ParticipantID: Hashable, Sendable, CustomStringConvertible {
    /// The 16 characters.
    public let text: String

    public init(_ text: String) { self.text = text }

    public var description: String { text }
}

/// One place where a participant listens, numbered by its room; never durable and never reused in one run.
public struct SeatID: Hashable, Sendable, Comparable {
    public let number: UInt64

    public init(_ number: UInt64) { self.number = number }

    public static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}

/// The name of a way of speaking to a room: "muc", "groupchat", "mix" … as in the configuration.
public struct DialectID: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    public init(_ text: String) { self.text = text }

    public var description: String { text }
}

/// Which room: the service that holds it, and its local part, which is the same under every domain of the service.
public struct RoomName: Hashable, Sendable, CustomStringConvertible {
    /// The configured name of the service, for example "main".
    public let service: String
    /// The prepared local part of the room's address.
    public let local: String

    public init(service: String, local: String) {
        self.service = service
        self.local = local
    }

    public var description: String { "\(service)/\(local)" }
}
