// The key from which an archive makes the ids of its messages.

import Crypto
import CryptoExtras

/// Makes the ids of one archive, a room's or an account's: one AES block over the message's number and zeros (rule
/// An id tells neither time nor position, and the archive turns it back into the number without an index.
public struct ArchiveKey: Sendable {
    private let blockKey: SymmetricKey

    /// The key that follows from an archive's secret.
    public init(secret: [UInt8]) {
        let derived = HMAC<SHA256>.authenticationCode(
            for: Array("parlance archive id".utf8), using: SymmetricKey(data: secret))
        blockKey = SymmetricKey(data: Array(derived.prefix(16)))
    }

    /// The id of the message with this number: 26 characters.
    public func id(of seq: UInt64) -> String {
        var block = [UInt8](repeating: 0, count: 16)
        for index in 0..<8 { block[index] = UInt8(truncatingIfNeeded: seq >> UInt64(8 * (7 - index))) }
        guard let sealed = try? AES._CBC.encrypt(block, using: blockKey, iv: Self.zero, noPadding: true) else {
            preconditionFailure("one AES block under a 128-bit key cannot fail")
        }
        return Base32.encode(sealed)
    }

    /// The number behind an id of this archive; nil for an id made elsewhere.
    public func seq(of id: String) -> UInt64? {
        guard id.utf8.count == 26, let sealed = Base32.decode(id), sealed.count == 16,
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
