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

    /// The opaque resource by which others know the client with this full JID: 8 characters (rule X-05).
    public func mask(of address: JID) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Array("resource \(address)".utf8), using: key)
        return String(Base32.encode(code.prefix(5)).prefix(8))
    }

    /// An invitation's token as text: what is in it, and what proves that it comes from here.
    func token(_ token: InvitationToken, from inviter: JID, to invitee: JID) -> String {
        let content = Self.bytes(token.number) + Self.bytes(UInt64(bitPattern: token.until.milliseconds))
        return Base32.encode(content + proof(of: content, inviter, invitee))
    }

    /// The token behind a text that was made here for these two; nil for any other.
    func read(_ text: String, from inviter: JID, to invitee: JID) -> InvitationToken? {
        guard let bytes = Base32.decode(text), bytes.count == 32 else { return nil }
        let content = Array(bytes.prefix(16))
        guard proof(of: content, inviter, invitee) == Array(bytes.suffix(16)) else { return nil }
        let number = content.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let until = content.suffix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return InvitationToken(number: number, until: Moment(milliseconds: Int64(bitPattern: until)))
    }

    private func proof(of content: [UInt8], _ inviter: JID, _ invitee: JID) -> [UInt8] {
        let text = content + Array("invitation \(inviter) \(invitee)".utf8)
        return Array(HMAC<SHA256>.authenticationCode(for: text, using: key).prefix(16))
    }

    private static func bytes(_ number: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * (7 - $0))) }
    }
}
