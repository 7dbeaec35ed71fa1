// One account as the memory store keeps it.

/// An account's row with everything that hangs on it.
struct MemoryAccount: Sendable {
    var record: AccountRecord
    var rosterVersion: Int64 = 0
    /// By bare JID.
    var roster: [String: RosterRecord] = [:]
    /// By bare JID.
    var requests: [String: SubscriptionRequest] = [:]
    var blocked: Set<String> = []
    /// Oldest first.
    var offline: [OfflineMessage] = []
    /// By namespace.
    var slots: [String: [UInt8]] = [:]
    var secret: [UInt8]?
    var archive = MemoryArchive()
    /// In the order of the channels and of their beginnings.
    var stays: [ChannelStay] = []
    /// By name.
    var nodes: [String: MemoryNode] = [:]

    init(_ record: AccountRecord) { self.record = record }

    mutating func setRosterItem(_ item: RosterRecord, limit: Int) throws(StorageFault) {
        guard roster[item.jid] != nil || roster.count < limit else { throw .limit("rosterItems") }
        roster[item.jid] = item
        rosterVersion += 1
    }

    mutating func removeRosterItem(_ jid: String) {
        if roster.removeValue(forKey: jid) != nil { rosterVersion += 1 }
    }

    mutating func setRequest(_ request: SubscriptionRequest, limit: Int) throws(StorageFault) {
        guard requests[request.from] != nil || requests.count < limit else { throw .limit("subscriptionRequests") }
        requests[request.from] = request
    }

    mutating func block(_ jid: String, limit: Int) throws(StorageFault) {
        guard blocked.contains(jid) || blocked.count < limit else { throw .limit("blockedAddresses") }
        blocked.insert(jid)
    }

    mutating func storeOffline(_ message: OfflineMessage, limit: Int) throws(StorageFault) {
        guard offline.count < limit else { throw .limit("offlineMessages") }
        offline.append(message)
    }

    mutating func setSlot(_ namespace: String, to bytes: [UInt8]?, limit: Int) throws(StorageFault) {
        guard bytes == nil || slots[namespace] != nil || slots.count < limit else { throw .limit("slots") }
        slots[namespace] = bytes
    }

    mutating func setStay(_ stay: ChannelStay, limit: Int) throws(StorageFault) {
        let others = stays.filter { $0.channel != stay.channel || $0.from != stay.from }
        guard others.count < stays.count || stays.count < limit else { throw .limit("channelStays") }
        stays = (others + [stay]).sorted { left, right in
            left.channel == right.channel
                ? left.from < right.from : left.channel.utf8.lexicographicallyPrecedes(right.channel.utf8)
        }
    }

    mutating func setNode(_ node: NodeRecord, limit: Int) throws(StorageFault) {
        guard nodes[node.name] != nil || nodes.count < limit else { throw .limit("nodes") }
        nodes[node.name, default: MemoryNode()].configuration = node.configuration
    }

    mutating func publish(_ item: ItemRecord, keep: Int, limits: StorageLimits) throws(StorageFault) {
        guard item.payload.count <= limits.itemBytes else { throw .limit("itemBytes") }
        guard nodes[item.node] != nil else {
            throw .conflict(.nodeMissing(account: record.name, node: item.node))
        }
        nodes[item.node]?.publish(item, keep: min(keep, limits.itemsPerNode))
    }

    /// The account as its loop loads it.
    var stored: StoredAccount {
        var stored = StoredAccount(record: record)
        stored.roster = Roster(version: rosterVersion, items: roster.values.inByteOrder(of: \.jid))
        stored.requests = requests.values.inByteOrder(of: \.from)
        stored.blocked = blocked.inByteOrder(of: \.self)
        stored.offlineCount = offline.count
        stored.slots = slots.keys.inByteOrder(of: \.self)
        stored.secret = secret
        (stored.archiveHead, stored.archiveTime) = (archive.head, archive.time)
        stored.archivedGroupchat = archive.groupchat
        stored.stays = stays
        stored.nodes = nodes.map { NodeRecord(name: $0.key, configuration: $0.value.configuration) }
            .inByteOrder(of: \.name)
        return stored
    }
}

/// A PEP node of the memory store.
struct MemoryNode: Sendable {
    var configuration: [UInt8] = []
    /// Oldest first.
    var items: [ItemRecord] = []

    mutating func publish(_ item: ItemRecord, keep: Int) {
        items.removeAll { $0.id == item.id }
        items.append(item)
        items.removeFirst(items.count - max(min(keep, items.count), 0))
    }

    /// The items of a selection; `limits` bound it.
    func items(_ selection: ItemSelection, limits: StorageLimits) -> [ItemRecord] {
        let found: [ItemRecord]
        switch selection {
        case .newest(let limit): found = items.reversed().prefix(limits.page(limit)).map(\.self)
        case .older(let id, let limit):
            let end = items.firstIndex { $0.id == id } ?? 0
            found = items[..<end].reversed().prefix(limits.page(limit)).map(\.self)
        case .ids(let ids):
            found = ids.prefix(limits.pageRows).compactMap { id in items.first { $0.id == id } }
        }
        var bytes = 0
        return Array(
            found.enumerated().prefix { index, item in
                bytes += item.payload.count
                return index == 0 || bytes <= limits.itemsBytes
            }.map(\.element))
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
