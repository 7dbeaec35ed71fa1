// The client's side of SCRAM, to prove the server's side with (RFC 5802 §3).

import Testing

@testable import Streams

/// A SCRAM client, able to lie where a test wants it to.
struct ScramClient {
    var hash: ScramHash
    var username: String
    var password: String
    var nonce = "clientnonce"
    /// The GS2 header up to the client-first-message-bare.
    var header = "n,,"
    /// Channel binding data that belongs to the header.
    var binding: [UInt8] = []

    /// The nonce of the final message, where it is not the one we were given.
    var wrongNonce: String?

    /// client-first-message-bare.
    var bare: String { "n=\(username),r=\(nonce)" }

    /// client-first-message.
    var first: String { header + bare }

    /// client-final-message for a server-first-message, and the server signature to expect.
    func final(_ challenge: String) throws -> (message: String, verifier: String) {
        let fields = challenge.split(separator: ",").map { String($0.dropFirst(2)) }
        let salt = try #require(Base64.decode(fields[1].utf8))
        let iterations = try #require(Int(fields[2]))
        let salted = try #require(hash.stretch(Array(password.utf8), salt: salt, iterations: iterations))
        let clientKey = hash.authenticate(Array("Client Key".utf8), key: salted)
        let serverKey = hash.authenticate(Array("Server Key".utf8), key: salted)
        let withoutProof = "c=\(Base64.encode(Array(header.utf8) + binding)),r=\(wrongNonce ?? fields[0])"
        let signed = Array("\(bare),\(challenge),\(withoutProof)".utf8)
        let signature = hash.authenticate(signed, key: hash.digest(clientKey))
        let proof = zip(clientKey, signature).map { $0 ^ $1 }
        return (
            "\(withoutProof),p=\(Base64.encode(proof))",
            "v=\(Base64.encode(hash.authenticate(signed, key: serverKey)))"
        )
    }
}
