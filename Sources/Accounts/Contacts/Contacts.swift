// The people an account knows: its roster, and the requests that wait for an answer.

import Storage
import XMPP

/// The roster of one account and the requests to subscribe that it has not answered (RFC 6121 §2, §3).
struct Contacts: Sendable {
    /// Rises by one with every change (RFC 6121 §2.6); 0 before the first.
    private(set) var version: Int64
    private var records: [JID: RosterRecord]
    private(set) var requests: [SubscriptionRequest]

    init(roster: Roster, requests: [SubscriptionRequest]) {
        version = roster.version
        records = Dictionary(
            roster.items.compactMap { record in (try? JID(record.jid)).map { ($0, record) } }, uniquingKeysWith: { $1 })
        self.requests = requests
    }

    /// The entries in the order of their JIDs.
    var items: [RosterRecord] { records.values.sorted { $0.jid < $1.jid } }

    subscript(_ contact: JID) -> RosterRecord? { records[contact] }

    /// Adds or replaces an entry.
    mutating func set(_ record: RosterRecord, for contact: JID) {
        records[contact] = record
        version += 1
    }

    /// Removes an entry; answers whether there was one.
    mutating func remove(_ contact: JID) -> Bool {
        guard records.removeValue(forKey: contact) != nil else { return false }
        version += 1
        return true
    }
}
