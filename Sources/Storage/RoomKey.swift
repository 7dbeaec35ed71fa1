// How a room is found in the store: its name, and the number it got when it was created.

/// The name of a room: the service it belongs to and its localpart there.
public struct RoomKey: Hashable, Sendable, CustomStringConvertible {
    /// The name of the service (configuration: `services[].name`), not one of its domains.
    public var service: String
    /// The localpart of the room's address, prepared (RFC 7622 §3.3).
    public var name: String

    /// A key from its two parts; both are taken as they are.
    public init(service: String, name: String) {
        self.service = service
        self.name = name
    }

    /// `service/name`, for logs.
    public var description: String { "\(service)/\(name)" }
}

/// The number of a stored room. Given at creation, never given again: after a room is destroyed nothing is found
/// under its number, even when a room of the same name is created.
public struct RoomNumber: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// 1 or more.
    public var rawValue: Int64

    /// A number as the store gave it.
    public init(rawValue: Int64) { self.rawValue = rawValue }

    /// The bare number, for logs.
    public var description: String { "\(rawValue)" }
}
