// The accounts of the embedded store.

import GRDB
public import Storage

extension SQLiteStorage {
    public func createAccount(_ account: AccountRecord, _ done: @escaping Completion<Void>) {
        write(done) { db in
            guard try AccountRows.create(account, db) else {
                throw StorageFault.conflict(.accountExists(account.name))
            }
        }
    }

    public func importAccounts(_ accounts: [AccountRecord], _ done: @escaping Completion<[String]>) {
        write(rows: accounts.count, done) { db in
            try accounts.filter { try !AccountRows.create($0, db) }.map(\.name)
        }
    }

    public func account(named name: String, _ done: @escaping Completion<AccountRecord?>) {
        read(done) { try AccountRows.find(name, $0) }
    }

    public func deleteAccount(named name: String, _ done: @escaping Completion<Bool>) {
        write(scrubs: true, done) { try AccountRows.delete(name, $0) }
    }

    public func accountNames(after name: String?, limit: Int, _ done: @escaping Completion<[String]>) {
        let limit = limits.page(limit)
        read(done) { db in
            try db.rows("SELECT name FROM account WHERE name > ? ORDER BY name LIMIT ?", [name ?? "", limit]) { $0[0] }
        }
    }

    public func accountCount(_ done: @escaping Completion<Int>) {
        read(done) { Int(try $0.number("SELECT count(*) FROM account", []) ?? 0) }
    }

    public func setCredentials(_ credentials: Credentials, of name: String, _ done: @escaping Completion<Void>) {
        write(done) { try AccountRows.setCredentials(credentials, of: name, $0) }
    }

    public func offline(of name: String, _ done: @escaping Completion<[OfflineMessage]>) {
        read(done) { try AccountRows.offline(name, $0) }
    }

    public func slot(_ namespace: String, of name: String, _ done: @escaping Completion<[UInt8]?>) {
        read(done) { try AccountRows.slot(namespace, of: name, $0) }
    }
}
