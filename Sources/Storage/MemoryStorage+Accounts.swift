// The accounts of a memory store.

extension MemoryStorage {
    public func createAccount(_ account: AccountRecord, _ done: @escaping Completion<Void>) {
        write(done) { image throws(StorageFault) in
            guard image.create(account) else { throw .conflict(.accountExists(account.name)) }
        }
    }

    public func importAccounts(_ accounts: [AccountRecord], _ done: @escaping Completion<[String]>) {
        write(rows: accounts.count, done) { image in
            accounts.filter { !image.create($0) }.map(\.name)
        }
    }

    public func account(named name: String, _ done: @escaping Completion<AccountRecord?>) {
        read(done) { $0.accounts[name]?.record }
    }

    public func deleteAccount(named name: String, _ done: @escaping Completion<Bool>) {
        write(done) { $0.deleteAccount(name) }
    }

    public func accountNames(after name: String?, limit: Int, _ done: @escaping Completion<[String]>) {
        let limit = limits.page(limit)
        read(done) { image in
            let names = image.accounts.keys.inByteOrder(of: \.self)
            return Array(names.drop { other in name.map { !$0.precedesInBytes(other) } ?? false }.prefix(limit))
        }
    }

    public func accountCount(_ done: @escaping Completion<Int>) {
        read(done) { $0.accounts.count }
    }

    public func setCredentials(_ credentials: Credentials, of name: String, _ done: @escaping Completion<Void>) {
        change(name, done) { account in account.record.credentials = credentials }
    }

    public func roster(of name: String, _ done: @escaping Completion<Roster>) {
        read(done) { image in
            guard let account = image.accounts[name] else { return Roster(version: 0, items: []) }
            return Roster(version: account.rosterVersion, items: account.roster.values.inByteOrder(of: \.jid))
        }
    }

    public func setRosterItem(_ item: RosterRecord, of name: String, _ done: @escaping Completion<Int64>) {
        let limit = limits.rosterItems
        change(name, done) { account throws(StorageFault) in try account.setRosterItem(item, limit: limit) }
    }

    public func removeRosterItem(_ jid: String, of name: String, _ done: @escaping Completion<Int64?>) {
        change(name, done) { $0.removeRosterItem(jid) }
    }

    public func subscriptionRequests(of name: String, _ done: @escaping Completion<[SubscriptionRequest]>) {
        read(done) { $0.accounts[name]?.requests.values.inByteOrder(of: \.from) ?? [] }
    }

    public func setSubscriptionRequest(
        _ request: SubscriptionRequest, of name: String, _ done: @escaping Completion<Void>
    ) {
        let limit = limits.subscriptionRequests
        change(name, done) { account throws(StorageFault) in try account.setRequest(request, limit: limit) }
    }

    public func removeSubscriptionRequest(from jid: String, of name: String, _ done: @escaping Completion<Void>) {
        change(name, done) { account in account.requests[jid] = nil }
    }

    public func storeOffline(
        _ stanza: [UInt8], time: Int64, of name: String, _ done: @escaping Completion<Int64>
    ) {
        let limit = limits.offlineMessages
        write(done) { image throws(StorageFault) in
            let message = OfflineMessage(place: image.nextPlace(), time: time, stanza: stanza)
            try image.change(name) { account throws(StorageFault) in
                try account.storeOffline(message, limit: limit)
            }
            return message.place
        }
    }

    public func offline(of name: String, _ done: @escaping Completion<[OfflineMessage]>) {
        read(done) { $0.accounts[name]?.offline ?? [] }
    }

    public func removeOffline(of name: String, through place: Int64, _ done: @escaping Completion<Int>) {
        change(name, done) { account in
            let count = account.offline.count
            account.offline.removeAll { $0.place <= place }
            return count - account.offline.count
        }
    }

    public func takeOffline(of name: String, _ done: @escaping Completion<[OfflineMessage]>) {
        change(name, done) { account in
            defer { account.offline = [] }
            return account.offline
        }
    }

    public func slot(_ namespace: String, of name: String, _ done: @escaping Completion<[UInt8]?>) {
        read(done) { $0.accounts[name]?.slots[namespace] }
    }

    public func setSlot(
        _ namespace: String, to bytes: [UInt8]?, of name: String, _ done: @escaping Completion<Void>
    ) {
        let limit = limits.slots
        change(name, done) { account throws(StorageFault) in
            try account.setSlot(namespace, to: bytes, limit: limit)
        }
    }

    private func change<Value: Sendable>(
        _ name: String, _ done: @escaping Completion<Value>,
        _ body: @escaping @Sendable (inout MemoryAccount) throws(StorageFault) -> Value
    ) {
        write(done) { image throws(StorageFault) in try image.change(name, body) }
    }
}
