// What a client may ask of its account's archive (XEP-0313).

import DialectKit
import Host
import Storage
import XML
import XMPP

/// Answers queries of an account's archive by the account itself; nobody else may ask (XEP-0313 §3.3.1).
enum ArchiveDesk {
    static func register(in table: inout AccountTable) {
        table.on(.get, "query", NS.mam, from: .owner, feature: NS.mam) { request, account, _ in
            account.reply(request.stanza.result([ArchiveForm.answer(ArchiveForm.account)]), to: request.envelope)
        }
        table.on(.set, "query", NS.mam, from: .owner, feature: NS.mamExtended) { request, account, shard in
            search(request, account, on: shard)
        }
        table.on(.get, "metadata", NS.mam, from: .owner, feature: NS.mamGroupchatField) { request, account, shard in
            describe(request, account, on: shard)
        }
        for type in [StanzaType.get, .set] {
            table.on(type, "prefs", NS.mam, from: .owner) { request, account, _ in
                account.refuse(request.envelope, StanzaError(.featureNotImplemented))
            }
        }
        table.offer(feature: NS.sid)
    }

    // MARK: Metadata

    private static func describe(_ request: AccountTable.Request, _ account: AccountLoop, on shard: isolated Shard) {
        let name = account.name
        account.ask(on: shard) { store, done in
            store.archivedBounds(of: name, done)
        } _: { found, account, shard in
            switch found {
            case .failure(let fault): account.refuse(request.envelope, AccountLoop.answer(to: fault))
            case .success(let bounds):
                let ends = account.state.archive.key.flatMap { key in
                    bounds.map { (ArchiveMetadata.End($0.first, key), ArchiveMetadata.End($0.last, key)) }
                }
                let metadata = ArchiveMetadata(ends: ends.map { (start: $0.0, end: $0.1) })
                account.reply(request.stanza.result([metadata.element]), to: request.envelope)
            }
        }
    }

    // MARK: Queries

    private static func search(_ request: AccountTable.Request, _ account: AccountLoop, on shard: isolated Shard) {
        let limits = account.setup.archive
        do throws(StanzaError) {
            let query = try ArchiveQuery(reading: request.element, fields: ArchiveForm.account, limits: limits)
            if let search = try ChannelSearch(query, request, account) {
                return search.begin(at: account, on: shard)
            }
            let search = try ArchiveSearch(query, request, account)
            search.begin(at: account, on: shard)
        } catch {
            account.refuse(request.envelope, error)
        }
    }
}
