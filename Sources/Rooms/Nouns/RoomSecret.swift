// The 32 random bytes from which a room makes the ids that nobody else can compute.

import Crypto
public import XMPP

/// A room's own secret: made at creation, durable, gone with the room.
///
/// P is an HMAC of the bare JID (rule X-04); A is made by an ``ArchiveKey`` (rule X-06).
public struct RoomSecret: Sendable, Equatable {
    /// How many bytes a secret has.
    public static let length = 32

    /// The secret itself, for the snapshot and the `room` row; never for a stanza or a log line.
    public let bytes: [UInt8]
    private let key: SymmetricKey
    private let archive: ArchiveKey

    /// - Parameter bytes: `RoomSecret.length` unpredictable bytes.
    public init(_ bytes: [UInt8]) {
        precondition(bytes.count == Self.length, "a room secret has \(Self.length) bytes")
        self.bytes = bytes
        key = SymmetricKey(data: bytes)
        archive = ArchiveKey(secret: bytes)
    }

    public static func == (left: Self, right: Self) -> Bool { left.bytes == right.bytes }

    /// The stable id of `jid`'s bare form in this room.
    ///
    /// - Parameter attempt: 0; 1 for the later of two bare JIDs whose ids collide.
    public func participantID(of jid: JID, attempt: Int = 0) -> ParticipantID {
        let code = HMAC<SHA256>.authenticationCode(for: Array(jid.bare.description.utf8), using: key)
        let text = Base32.encode(code)
        return ParticipantID(String(text.utf8.dropFirst(16 * attempt).prefix(16)) ?? text)
    }

    /// The archive id of the event with this sequence number: 26 characters.
    public func archiveID(of seq: UInt64) -> String { archive.id(of: seq) }

    /// The sequence number behind an archive id of this room; nil for an id made elsewhere.
    public func seq(of archiveID: String) -> UInt64? { archive.seq(of: archiveID) }
}
