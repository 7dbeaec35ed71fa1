// The hash functions of the SCRAM family we speak, and what SCRAM computes with them (RFC 5802 §2.2).

import Crypto
import CryptoExtras

/// A hash function of SCRAM: SHA-1 (RFC 5802) or SHA-256 (RFC 7677).
public enum ScramHash: String, Sendable, Hashable, CaseIterable {
    /// SHA-1, 20 bytes: broken for signatures, sound in HMAC and so in SCRAM.
    case sha1 = "SHA-1"
    /// SHA-256, 32 bytes.
    case sha256 = "SHA-256"

    /// Length of a digest, in bytes.
    public var byteCount: Int {
        switch self {
        case .sha1: 20
        case .sha256: 32
        }
    }

    /// H(data).
    func digest(_ data: [UInt8]) -> [UInt8] {
        switch self {
        case .sha1: Array(Insecure.SHA1.hash(data: data))
        case .sha256: Array(SHA256.hash(data: data))
        }
    }

    /// HMAC(key, data).
    func authenticate(_ data: [UInt8], key: [UInt8]) -> [UInt8] {
        let key = SymmetricKey(data: key)
        return switch self {
        case .sha1: Array(HMAC<Insecure.SHA1>.authenticationCode(for: data, using: key))
        case .sha256: Array(HMAC<SHA256>.authenticationCode(for: data, using: key))
        }
    }

    /// Hi(password, salt, iterations): PBKDF2 with this hash, as long as its digest. Nil where PBKDF2 refuses.
    func stretch(_ password: [UInt8], salt: [UInt8], iterations: Int) -> [UInt8]? {
        let function: KDF.Insecure.PBKDF2.HashFunction =
            switch self {
            case .sha1: .insecureSHA1
            case .sha256: .sha256
            }
        // "Unchecked" because the library's own minimum is above what stored SCRAM keys have.
        let key = try? KDF.Insecure.PBKDF2.deriveKey(
            from: password, salt: salt, using: function, outputByteCount: byteCount, unsafeUncheckedRounds: iterations)
        return key?.withUnsafeBytes { Array($0) }
    }
}
