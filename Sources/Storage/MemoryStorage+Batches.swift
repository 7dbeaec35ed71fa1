// The batches, archives and PEP items of a memory store's accounts.

extension MemoryStorage {
    public func loadAccount(named name: String, _ done: @escaping Completion<StoredAccount?>) {
        read(done) { $0.accounts[name]?.stored }
    }

    public func write(_ changes: [AccountWrite], of name: String, _ done: @escaping Completion<Void>) {
        let limits = limits
        write(rows: max(changes.count, 1), done) { image throws(StorageFault) in
            // A place is given even if the batch fails: only their order counts.
            let places = changes.map { _ in image.nextPlace() }
            try image.change(name) { account throws(StorageFault) in
                for (change, place) in zip(changes, places) {
                    try account.apply(change, place: place, limits: limits)
                }
            }
        }
    }

    public func archive(
        _ query: AccountArchiveQuery, of name: String, _ done: @escaping Completion<[ArchivedMessage]>
    ) {
        let limit = limits.page(query.limit)
        read(done) { $0.accounts[name]?.archive.page(query, limit: limit) ?? [] }
    }

    public func firstArchived(of name: String, notBefore time: Int64, _ done: @escaping Completion<UInt64?>) {
        read(done) { $0.accounts[name]?.archive.messages.first { $0.time >= time }?.seq }
    }

    public func archivedBounds(of name: String, _ done: @escaping Completion<ArchiveBounds?>) {
        read(done) { $0.accounts[name]?.archive.bounds }
    }

    public func items(
        _ selection: ItemSelection, node: String, of name: String, _ done: @escaping Completion<[ItemRecord]>
    ) {
        let limits = limits
        read(done) { $0.accounts[name]?.nodes[node]?.items(selection, limits: limits) ?? [] }
    }

    public func lastItems(of name: String, nodes: [String], _ done: @escaping Completion<[ItemRecord]>) {
        read(done) { image in nodes.compactMap { image.accounts[name]?.nodes[$0]?.items.last } }
    }
}

extension MemoryAccount {
    /// Makes one change; `place` is that of an offline message.
    fileprivate mutating func apply(
        _ change: AccountWrite, place: Int64, limits: StorageLimits
    ) throws(StorageFault) {
        switch change {
        case .roster(let item): try setRosterItem(item, limit: limits.rosterItems)
        case .rosterRemoval(let jid): removeRosterItem(jid)
        case .request(let request): try setRequest(request, limit: limits.subscriptionRequests)
        case .requestRemoval(let jid): requests[jid] = nil
        case .block(let jid): try block(jid, limit: limits.blockedAddresses)
        case .unblock(let jid): blocked.remove(jid)
        case .offline(let time, let stanza):
            try storeOffline(
                OfflineMessage(place: place, time: time, stanza: stanza), limit: limits.offlineMessages)
        case .offlineRemoval(let place): offline.removeAll { $0.place <= place }
        case .slot(let namespace, let bytes): try setSlot(namespace, to: bytes, limit: limits.slots)
        case .secret(let secret): self.secret = secret
        case .archived(let message):
            guard archive.append(message) else { throw .conflict(.archiveOutOfOrder(record.name)) }
        case .stay(let stay): try setStay(stay, limit: limits.channelStays)
        case .stayRemoval(let channel, let from): stays.removeAll { $0.channel == channel && $0.from == from }
        case .node(let node): try setNode(node, limit: limits.nodes)
        case .nodeRemoval(let name): nodes[name] = nil
        case .item(let item, let keep): try publish(item, keep: keep, limits: limits)
        case .itemRemoval(let node, let id): nodes[node]?.items.removeAll { $0.id == id }
        case .purge(let node): nodes[node]?.items = []
        }
    }
}
