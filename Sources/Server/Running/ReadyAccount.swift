// The account a server without a configuration file makes at its very first start, so that one can try it at once.

import Accounts
import Host
import Network
import Storage
import Streams
public import XMPP

/// An account with a password that is told once and kept nowhere.
public struct ReadyAccount: Sendable {
    public let jid: JID
    public let password: String

    /// Makes `me@DOMAIN` in a store that has no account yet; nil if it has one.
    static func make(in store: any Store, domain: String, now: Moment) async throws(OperatorFault) -> ReadyAccount? {
        let count = try await Answer.from { store.accountCount($0) }
        guard count == 0, let jid = try? JID(local: "me", domain: domain, resource: nil) else { return nil }
        let text = Chance.password()
        guard let password = Password(text) else { return nil }
        let keys = try AccountKeys(password).credentials
        let record = AccountRecord(name: "me", credentials: keys, created: now.milliseconds)
        _ = try await Answer.from { store.createAccount(record, $0) }
        return ReadyAccount(jid: jid, password: text)
    }
}

extension ParlanceServer {
    /// Makes the ready account, if nobody has an account yet.
    public func makeReadyAccount() async throws(OperatorFault) -> ReadyAccount? {
        try await ReadyAccount.make(
            in: opened.store, domain: configuration.domain, now: house.shards.first?.loop.now ?? SystemClock.now)
    }
}
