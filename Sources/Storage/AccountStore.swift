// The store of accounts: credentials, rosters, requests, messages, small slots, PEP.

/// The store of accounts of one domain, named by localpart. No call blocks; writes answer after the commit has reached
/// the disk. A write to an account that does not exist is answered `.conflict(.accountMissing)`; a read of one finds
/// nothing.
public protocol AccountStore: Sendable {
    /// Creates an account. Faults: `.conflict(.accountExists)`.
    func createAccount(_ account: AccountRecord, _ done: @escaping Completion<Void>)

    /// Creates many accounts in one transaction; answers the names that existed already and were left as they were.
    /// Hand in some thousands at most at a time: a call counts its accounts as rows (`StorageLimits.queuedRows`).
    func importAccounts(_ accounts: [AccountRecord], _ done: @escaping Completion<[String]>)

    /// An account, nil if there is none.
    func account(named name: String, _ done: @escaping Completion<AccountRecord?>)

    /// Deletes an account with everything it has; answers whether there was one.
    func deleteAccount(named name: String, _ done: @escaping Completion<Bool>)

    /// Names of accounts in their order (bytes of UTF-8), after `name` if given; at most `limit`.
    func accountNames(after name: String?, limit: Int, _ done: @escaping Completion<[String]>)

    /// How many accounts there are.
    func accountCount(_ done: @escaping Completion<Int>)

    /// Replaces what is kept of an account's password.
    func setCredentials(_ credentials: Credentials, of name: String, _ done: @escaping Completion<Void>)

    /// The messages that wait, oldest first; they stay until removed.
    func offline(of name: String, _ done: @escaping Completion<[OfflineMessage]>)

    /// What an account keeps under a namespace (private XML, XEP-0049 §2; vCard, XEP-0054 §3), nil if nothing.
    func slot(_ namespace: String, of name: String, _ done: @escaping Completion<[UInt8]?>)

    /// An account with everything its loop decides on, nil if there is none.
    func loadAccount(named name: String, _ done: @escaping Completion<StoredAccount?>)

    /// Writes the changes of one batch in their order, in one transaction: whole, or not at all.
    /// Faults: those of the changes (`AccountWrite`), `.busy`, `.full` and the store's own.
    func write(_ changes: [AccountWrite], of name: String, _ done: @escaping Completion<Void>)

    /// A page of an account's archive; in the order asked for.
    func archive(_ query: AccountArchiveQuery, of name: String, _ done: @escaping Completion<[ArchivedMessage]>)

    /// `seq` of the first message archived at `time` (milliseconds since 1970 UTC) or later, nil if there is none.
    func firstArchived(of name: String, notBefore time: Int64, _ done: @escaping Completion<UInt64?>)

    /// The first and the last message of an account's archive, nil of an empty one. `seq` has no gaps between them.
    func archivedBounds(of name: String, _ done: @escaping Completion<ArchiveBounds?>)

    /// Items of a node, the newest first; those asked for by id in the order asked for.
    func items(
        _ selection: ItemSelection, node: String, of name: String, _ done: @escaping Completion<[ItemRecord]>)

    /// The newest item of each of these nodes that has one, in the order asked for.
    func lastItems(of name: String, nodes: [String], _ done: @escaping Completion<[ItemRecord]>)
}
