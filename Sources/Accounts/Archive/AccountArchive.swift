// What of an account's archive is in memory: its end, and the key of its ids.

import Rooms
import XMPP

/// Where the archive of one account ends, and how it names its messages.
struct AccountArchive: Sendable {
    /// Octets of the secret from which the ids follow.
    static let secretLength = 32

    /// The number of the last message; 0 of an empty archive.
    private(set) var head: UInt64 = 0
    /// The time of the last message, milliseconds since 1970 UTC.
    private(set) var time: Int64 = 0
    /// How many messages of channels are in it.
    private(set) var groupchat: UInt64 = 0
    /// Nil until the first message.
    private(set) var key: ArchiveKey?

    init() {}

    init(head: UInt64, time: Int64, groupchat: UInt64 = 0, secret: [UInt8]?) {
        self.head = head
        self.time = time
        self.groupchat = groupchat
        key = secret.map { ArchiveKey(secret: $0) }
    }

    mutating func take(secret: [UInt8]) { key = ArchiveKey(secret: secret) }

    /// How many messages are in it, with those of channels or without.
    func count(withGroupchat: Bool) -> UInt64 { withGroupchat ? head : head - min(head, groupchat) }

    /// The next message's number and time, which is later than that of every other.
    mutating func next(at now: Moment, isGroupchat: Bool = false) -> (seq: UInt64, time: Int64) {
        head += 1
        if isGroupchat { groupchat += 1 }
        time = max(time + 1, now.milliseconds)
        return (head, time)
    }

    /// The number of the message with this id; nil if there is none.
    func seq(of id: String) -> UInt64? {
        guard let seq = key?.seq(of: id), seq >= 1, seq <= head else { return nil }
        return seq
    }
}
