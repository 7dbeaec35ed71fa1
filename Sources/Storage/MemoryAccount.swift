// One account as the memory store keeps it.

/// An account's row with everything that hangs on it.
struct MemoryAccount: Sendable {
    var record: AccountRecord
    var rosterVersion: Int64 = 0
    /// By bare JID.
    var roster: [String: RosterRecord] = [:]
    /// By bare JID.
    var requests: [String: SubscriptionRequest] = [:]
    /// Oldest first.
    var offline: [OfflineMessage] = []
    /// By namespace.
    var slots: [String: [UInt8]] = [:]

    init(_ record: AccountRecord) { self.record = record }

    mutating func setRosterItem(_ item: RosterRecord, limit: Int) throws(StorageFault) -> Int64 {
        guard roster[item.jid] != nil || roster.count < limit else { throw .limit("rosterItems") }
        roster[item.jid] = item
        rosterVersion += 1
        return rosterVersion
    }

    mutating func removeRosterItem(_ jid: String) -> Int64? {
        guard roster.removeValue(forKey: jid) != nil else { return nil }
        rosterVersion += 1
        return rosterVersion
    }

    mutating func setRequest(_ request: SubscriptionRequest, limit: Int) throws(StorageFault) {
        guard requests[request.from] != nil || requests.count < limit else { throw .limit("subscriptionRequests") }
        requests[request.from] = request
    }

    mutating func storeOffline(_ message: OfflineMessage, limit: Int) throws(StorageFault) {
        guard offline.count < limit else { throw .limit("offlineMessages") }
        offline.append(message)
    }

    mutating func setSlot(_ namespace: String, to bytes: [UInt8]?, limit: Int) throws(StorageFault) {
        guard bytes == nil || slots[namespace] != nil || slots.count < limit else { throw .limit("slots") }
        slots[namespace] = bytes
    }
}

extension Sequence {
    /// In the order of the UTF-8 bytes of a string, which is the order every store answers in.
    func inByteOrder(of key: (Element) -> String) -> [Element] {
        sorted { key($0).precedesInBytes(key($1)) }
    }
}

extension String {
    /// Whether the UTF-8 bytes of this string stand before those of another.
    func precedesInBytes(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}
