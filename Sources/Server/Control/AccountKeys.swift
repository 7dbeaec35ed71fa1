// What of a password goes to a store or over the control socket: keys derived from it, never the password.

import Accounts
import Foundation
import Storage
import Streams

/// The SCRAM keys of one password, as JSON.
public struct AccountKeys: Codable, Sendable, Equatable {
    /// The keys for one hash.
    struct Set: Codable, Sendable, Equatable {
        let salt: Data
        let iterations: Int
        let storedKey: Data
        let serverKey: Data

        init(_ record: ScramRecord) {
            salt = Data(record.salt)
            iterations = record.iterations
            storedKey = Data(record.storedKey)
            serverKey = Data(record.serverKey)
        }

        var record: ScramRecord {
            ScramRecord(
                salt: Array(salt), iterations: iterations, storedKey: Array(storedKey), serverKey: Array(serverKey))
        }
    }

    let sha1: Set
    let sha256: Set

    /// Derives the keys of a password. Takes two milliseconds.
    init(_ password: Password) throws(OperatorFault) {
        guard let credentials = Storage.Credentials(password, entropy: Chance.bytes) else {
            throw .failed("no keys could be derived from the password: try again")
        }
        sha1 = Set(credentials.sha1)
        sha256 = Set(credentials.sha256)
    }

    /// Derives the keys of a password as it was typed.
    ///
    /// - Throws: `OperatorFault` for one that cannot be a password (RFC 8265 §4.2).
    public init(typed text: String, for configuration: ServerConfiguration) throws(OperatorFault) {
        try self.init(typed: text, limit: configuration.limits.account.passwordBytes)
    }

    /// - Parameter limit: bytes a password may have.
    init(typed text: String, limit: Int) throws(OperatorFault) {
        if text.isEmpty { throw .misuse("the password is empty: give one") }
        if text.utf8.count > limit { throw .misuse("the password is longer than \(limit) bytes: give a shorter one") }
        guard let password = Password(text) else {
            throw .misuse("the password has characters that no password may have: choose another")
        }
        try self.init(password)
    }

    var credentials: Storage.Credentials { Storage.Credentials(sha1: sha1.record, sha256: sha256.record) }
}
