// The rows of what channels of other servers say, each kept once for all accounts that heard it.

import Crypto
import Foundation
import GRDB

/// The statements on what is said in channels.
enum SaidRows {
    private static let find = "SELECT id FROM said WHERE digest = ?"
    private static let insert = "INSERT INTO said (digest, stanza) VALUES (?, ?)"

    /// The number of the row with these bytes, which is written if there is none yet. A new row has no uses until a
    /// message of the same transaction points to it.
    static func keep(_ stanza: [UInt8], _ db: Database) throws -> Int64 {
        let digest = Data(SHA256.hash(data: stanza))
        if let id = try db.number(find, [digest]) { return id }
        try db.run(insert, [digest, Data(stanza)])
        return db.lastInsertedRowID
    }
}
