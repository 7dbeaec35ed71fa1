// The 32 random bytes from which a room makes the ids that nobody else can compute.

import Crypto
import CryptoExtras
public import XMPP

/// A room's own secret: made at creation, durable, gone with the room.
///
/// P is an HMAC of the bare JID (rule X-04). A is one AES block over the room's sequence number and zeros (rule X-06):
/// it tells neither time nor position, and the room turns it back into the number without an index.
public struct RoomSecret: Sendable, Equatable {
    /// How many bytes a secret has.
    public static let length = 32

    /// The secret itself, for the snapshot and the `room` row; never for a stanza or a log line.
    public let bytes: [UInt8]
    private let key: SymmetricKey
    private let blockKey: SymmetricKey

    /// - Parameter bytes: `RoomSecret.length` unpredictable bytes.
    public init(_ bytes: [UInt8]) {
        precondition(bytes.count == Self.length, "a room secret has \(Self.length) bytes")
        self.bytes = bytes
        key = SymmetricKey(data: bytes)
        let derived = HMAC<SHA256>.authenticationCode(for: Array("parlance archive id".utf8), using: key)
        blockKey = SymmetricKey(data: Array(derived.prefix(16)))
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
    public func archiveID(of seq: UInt64) -> String {
        var block = [UInt8](repeating: 0, count: 16)
        for index in 0..<8 { block[index] = UInt8(truncatingIfNeeded: seq >> UInt64(8 * (7 - index))) }
        guard let sealed = try? AES._CBC.encrypt(block, using: blockKey, iv: Self.zero, noPadding: true) else {
            preconditionFailure("one AES block under a 128-bit key cannot fail")
        }
        return Base32.encode(sealed)
    }

    /// The sequence number behind an archive id of this room; nil for an id made elsewhere.
    public func seq(of archiveID: String) -> UInt64? {
        guard archiveID.utf8.count == 26, let sealed = Base32.decode(archiveID), sealed.count == 16,
            let opened = try? AES._CBC.decrypt(sealed, using: blockKey, iv: Self.zero, noPadding: true)
        else { return nil }
        let block = Array(opened)
        guard block.count == 16, block[8...].allSatisfy({ $0 == 0 }) else { return nil }
        return block[..<8].reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static var zero: AES._CBC.IV {
        guard let iv = try? AES._CBC.IV(ivBytes: [UInt8](repeating: 0, count: 16)) else {
            preconditionFailure("16 bytes are an IV")
        }
        return iv
    }
}
