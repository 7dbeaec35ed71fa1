// A client's side of SCRAM-SHA-256, without channel binding (RFC 5802 §3, RFC 7677).

import Crypto
import CryptoExtras
import Foundation

/// One login by SCRAM-SHA-256; messages in base64 as SASL carries them.
struct ScramExchange {
    private let login: Login
    private var serverSignature: Data?

    init(_ login: Login) { self.login = login }

    private var bare: String { "n=\(login.local),r=\(login.nonce)" }

    /// client-first-message.
    func first() -> String { Data("n,,\(bare)".utf8).base64EncodedString() }

    /// client-final-message; nil where the challenge is none.
    mutating func answer(toChallenge challenge: String) -> String? {
        guard let data = Data(base64Encoded: challenge), let text = String(data: data, encoding: .utf8) else {
            return nil
        }
        let fields = text.split(separator: ",").map { String($0.dropFirst(2)) }
        guard fields.count >= 3, fields[0].hasPrefix(login.nonce), let salt = Data(base64Encoded: fields[1]),
            let iterations = Int(fields[2]),
            let salted = try? KDF.Insecure.PBKDF2.deriveKey(
                from: Array(login.password.utf8), salt: salt, using: .sha256, outputByteCount: 32,
                unsafeUncheckedRounds: iterations)
        else { return nil }
        let withoutProof = "c=biws,r=\(fields[0])"
        let signed = "\(bare),\(text),\(withoutProof)"
        let clientKey = Self.code("Client Key", salted)
        let signature = Self.code(signed, SymmetricKey(data: SHA256.hash(data: clientKey)))
        let proof = Data(zip(clientKey, signature).map { $0 ^ $1 })
        serverSignature = Self.code(signed, SymmetricKey(data: Self.code("Server Key", salted)))
        return Data("\(withoutProof),p=\(proof.base64EncodedString())".utf8).base64EncodedString()
    }

    /// Whether the server's last message proves that it knows the password's keys.
    func isProof(_ message: String) -> Bool {
        guard let data = Data(base64Encoded: message), let serverSignature else { return false }
        return data == Data("v=\(serverSignature.base64EncodedString())".utf8)
    }

    private static func code(_ text: String, _ key: SymmetricKey) -> Data {
        Data(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key))
    }
}
