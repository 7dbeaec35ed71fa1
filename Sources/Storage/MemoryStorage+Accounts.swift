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

    public func offline(of name: String, _ done: @escaping Completion<[OfflineMessage]>) {
        read(done) { $0.accounts[name]?.offline ?? [] }
    }

    public func slot(_ namespace: String, of name: String, _ done: @escaping Completion<[UInt8]?>) {
        read(done) { $0.accounts[name]?.slots[namespace] }
    }

    private func change<Value: Sendable>(
        _ name: String, _ done: @escaping Completion<Value>,
        _ body: @escaping @Sendable (inout MemoryAccount) throws(StorageFault) -> Value
    ) {
        write(done) { image throws(StorageFault) in try image.change(name, body) }
    }
}
