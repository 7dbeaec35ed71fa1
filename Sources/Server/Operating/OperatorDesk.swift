// Does what the operator's verbs ask, with a store, and with the rooms and clients of a server if one runs on it.

import Accounts
import Host
import Storage
import XMPP

/// The operator's requests, done.
public struct OperatorDesk: Sendable {
    let configuration: ServerConfiguration
    let store: any Store
    /// The running server; nil: the store was opened for this request.
    let house: House?
    private let now: @Sendable () -> Moment

    init(
        _ configuration: ServerConfiguration, _ store: any Store, house: House? = nil,
        now: @escaping @Sendable () -> Moment
    ) {
        self.configuration = configuration
        self.store = store
        self.house = house
        self.now = now
    }

    public func answer(_ request: ControlRequest) async -> ControlAnswer {
        do throws(OperatorFault) {
            switch request {
            case .createAccount(let name, let keys): return try await create(name, keys)
            case .importAccounts(let accounts): return try await take(accounts)
            case .deleteAccount(let name): return try await delete(name)
            case .listAccounts(let after): return try await accounts(after: after)
            case .setPassword(let name, let keys): return try await setPassword(of: name, keys)
            case .listRooms(let after): return try await rooms(after: after)
            case .showRoom(let room): return try await show(room)
            case .explain(let room, let who): return try await explain(room, who)
            }
        } catch {
            return ControlAnswer(error)
        }
    }

    // MARK: Accounts

    private func create(_ name: String, _ keys: AccountKeys) async throws(OperatorFault) -> ControlAnswer {
        let record = AccountRecord(name: name, credentials: keys.credentials, created: now().milliseconds)
        switch await Answer.of({ store.createAccount(record, $0) }) {
        case .success: return ControlAnswer(["\(address(name)) was created"])
        case .failure(.conflict):
            throw .failed("\(address(name)) exists: choose another name, or use `parlance account password`")
        case .failure(let fault): throw OperatorFault(fault)
        }
    }

    /// The lines of the answer are the names that existed already.
    private func take(_ accounts: [ControlRequest.NewAccount]) async throws(OperatorFault) -> ControlAnswer {
        let created = now().milliseconds
        let records = accounts.map {
            AccountRecord(name: $0.name, credentials: $0.keys.credentials, created: created)
        }
        return ControlAnswer(try await Answer.from { store.importAccounts(records, $0) })
    }

    /// An account leaves its channels when it goes, so that nobody who is given its name later is in them: without a
    /// server there is nobody to leave.
    private func delete(_ name: String) async throws(OperatorFault) -> ControlAnswer {
        guard let account = try await Answer.from({ store.loadAccount(named: name, $0) }) else { throw missing(name) }
        guard house != nil || !account.roster.items.contains(where: { $0.channel != nil }) else {
            throw .failed("\(address(name)) is in channels, which it has to leave: start the server, then delete it")
        }
        guard try await Answer.from({ store.deleteAccount(named: name, $0) }) else { throw missing(name) }
        if let house, let jid = try? JID(local: name, domain: configuration.domain, resource: nil) {
            await house.shards[house.shard(of: jid)].part(with: jid, account)
        }
        return ControlAnswer(["\(address(name)) was deleted"])
    }

    private func setPassword(of name: String, _ keys: AccountKeys) async throws(OperatorFault) -> ControlAnswer {
        switch await Answer.of({ store.setCredentials(keys.credentials, of: name, $0) }) {
        case .success: return ControlAnswer(["\(address(name)) has a new password"])
        case .failure(.conflict): throw missing(name)
        case .failure(let fault): throw OperatorFault(fault)
        }
    }

    private func accounts(after: String?) async throws(OperatorFault) -> ControlAnswer {
        let names = try await Answer.from {
            store.accountNames(after: after, limit: ControlLimits.pageLines, $0)
        }
        return ControlAnswer(names.map(address), next: names.isEmpty ? nil : names.last)
    }

    private func missing(_ name: String) -> OperatorFault {
        .failed("there is no account \(address(name)): see `parlance account list`")
    }

    private func address(_ name: String) -> String { "\(name)@\(configuration.domain)" }
}

extension Shard {
    /// The streams of a deleted account end, and it leaves its channels.
    fileprivate func part(with jid: JID, _ account: StoredAccount) { accountHall?.removed(jid, account, on: self) }
}
