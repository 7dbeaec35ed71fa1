// What an account knows of a channel in which it takes part.

import Rooms
import XMPP

/// A channel among an account's contacts (XEP-0405 §2.9). Whether its presence goes there is told by the subscription.
struct Channel: Sendable, Equatable {
    /// Stands for an id that the channel did not tell.
    private static let unknown = "-"

    /// The stable id **P** of the account there; nil: the channel has not told it.
    var participant: String?
    /// What was spoken when the account joined.
    var dialect: DialectID
    /// Clients that spoke a draft of MIX there and whose features do not say so (rule X-15), the oldest first.
    private(set) var clients: [ClientMark]

    init(_ participant: String?, dialect: DialectID, clients: [ClientMark] = []) {
        self.participant = participant
        self.dialect = dialect
        self.clients = clients
    }

    /// Only clients of the drafts are to be guessed.
    var isDraft: Bool { Tongue.isDraft(dialect) }

    /// Remembers a client; of more than `limit` the oldest go.
    mutating func remember(_ client: ClientMark, limit: Int) { clients = (clients + [client]).suffix(limit) }
}

// MARK: As it is stored

extension Channel {
    /// Reads what was stored: words with a space between.
    init?(stored: String) {
        let words = stored.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard words.count >= 2, !words[0].isEmpty else { return nil }
        self.init(
            words[0] == Self.unknown ? nil : words[0], dialect: DialectID(words[1]),
            clients: words.dropFirst(2).map(ClientMark.init(stored:)))
    }

    var stored: String {
        ([participant ?? Self.unknown, dialect.text] + clients.map(\.stored)).joined(separator: " ")
    }
}

/// What a client is known by from one session to the next: the hash of its capabilities, or else its resource.
struct ClientMark: Sendable, Hashable {
    let stored: String

    init(stored: String) { self.stored = stored }

    init(version: String) { self.init("v", version) }

    init(resource: String) { self.init("r", resource) }

    /// A short word that stands for `text`, the same everywhere and always: whoever makes another text for it has
    /// deceived nobody but the own account.
    private init(_ kind: String, _ text: String) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325  // FNV-1a
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        stored = kind + String(hash, radix: 36)
    }
}
