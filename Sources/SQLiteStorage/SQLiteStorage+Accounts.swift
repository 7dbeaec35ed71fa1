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

    public func roster(of name: String, _ done: @escaping Completion<Roster>) {
        read(done) { try AccountRows.roster(name, $0) }
    }

    public func setRosterItem(_ item: RosterRecord, of name: String, _ done: @escaping Completion<Int64>) {
        let limit = limits.rosterItems
        write(done) { try AccountRows.setRosterItem(item, of: AccountRows.id(name, $0), limit: limit, $0) }
    }

    public func removeRosterItem(_ jid: String, of name: String, _ done: @escaping Completion<Int64?>) {
        write(done) { try AccountRows.removeRosterItem(jid, of: AccountRows.id(name, $0), $0) }
    }

    public func subscriptionRequests(of name: String, _ done: @escaping Completion<[SubscriptionRequest]>) {
        read(done) { db in try AccountRows.find(id: name, db).map { try AccountRows.requests($0, db) } ?? [] }
    }

    public func setSubscriptionRequest(
        _ request: SubscriptionRequest, of name: String, _ done: @escaping Completion<Void>
    ) {
        let limit = limits.subscriptionRequests
        write(done) { try AccountRows.setRequest(request, of: AccountRows.id(name, $0), limit: limit, $0) }
    }

    public func removeSubscriptionRequest(from jid: String, of name: String, _ done: @escaping Completion<Void>) {
        write(done) { try AccountRows.removeRequest(from: jid, of: AccountRows.id(name, $0), $0) }
    }

    public func storeOffline(
        _ stanza: [UInt8], time: Int64, of name: String, _ done: @escaping Completion<Int64>
    ) {
        let limit = limits.offlineMessages
        write(done) { db in
            try AccountRows.storeOffline(stanza, time: time, of: AccountRows.id(name, db), limit: limit, db)
        }
    }

    public func offline(of name: String, _ done: @escaping Completion<[OfflineMessage]>) {
        read(done) { try AccountRows.offline(name, $0) }
    }

    public func removeOffline(of name: String, through place: Int64, _ done: @escaping Completion<Int>) {
        write(done) { try AccountRows.removeOffline(AccountRows.id(name, $0), through: place, $0) }
    }

    public func takeOffline(of name: String, _ done: @escaping Completion<[OfflineMessage]>) {
        write(done) { try AccountRows.takeOffline(name, $0) }
    }

    public func slot(_ namespace: String, of name: String, _ done: @escaping Completion<[UInt8]?>) {
        read(done) { try AccountRows.slot(namespace, of: name, $0) }
    }

    public func setSlot(
        _ namespace: String, to bytes: [UInt8]?, of name: String, _ done: @escaping Completion<Void>
    ) {
        let limit = limits.slots
        write(done) { try AccountRows.setSlot(namespace, to: bytes, of: AccountRows.id(name, $0), limit: limit, $0) }
    }
}
