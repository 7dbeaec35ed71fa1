// One query of an account's archive on its way: where the times are, then the page, then the answer.

import DialectKit
import Host
import Rooms
import Storage
import XML
import XMPP

/// A query of an account's archive (XEP-0313 §4). Every step is a question to the store, at which a batch ends.
struct ArchiveSearch: Sendable {
    private let query: ArchiveQuery
    private let request: AccountTable.Request
    private let name: String
    private let limits: ArchiveLimits
    private var places = ArchivePlaces()

    /// - Throws: `item-not-found` where the query names an id that the archive does not have.
    init(_ query: ArchiveQuery, _ request: AccountTable.Request, _ account: AccountLoop) throws(StanzaError) {
        self.query = query
        self.request = request
        name = account.name
        limits = account.setup.archive
        for id in query.namedIDs {
            guard let seq = account.state.archive.seq(of: id) else { throw StanzaError(.itemNotFound) }
            places.ids[id] = seq
        }
    }

    func begin(at account: AccountLoop, on shard: isolated Shard) { findStart(at: account, on: shard) }

    private func findStart(at account: AccountLoop, on shard: isolated Shard) {
        guard let start = query.start else { return findEnd(at: account, on: shard) }
        find(notBefore: start, at: account, on: shard) { search, seq, account, shard in
            var search = search
            search.places.start = seq
            search.findEnd(at: account, on: shard)
        }
    }

    private func findEnd(at account: AccountLoop, on shard: isolated Shard) {
        guard let end = query.end else { return read(at: account, on: shard) }
        find(notBefore: end + .milliseconds(1), at: account, on: shard) { search, seq, account, shard in
            var search = search
            search.places.afterEnd = seq
            search.read(at: account, on: shard)
        }
    }

    private func find(
        notBefore time: Moment, at account: AccountLoop, on shard: isolated Shard,
        _ then: @escaping @Sendable (ArchiveSearch, UInt64?, AccountLoop, isolated Shard) -> Void
    ) {
        let name = name
        account.ask(on: shard) { store, done in
            store.firstArchived(of: name, notBefore: time.milliseconds, done)
        } _: { found, account, shard in
            switch found {
            case .success(let seq): then(self, seq, account, shard)
            case .failure(let fault): account.refuse(request.envelope, AccountLoop.answer(to: fault))
            }
        }
    }

    private func read(at account: AccountLoop, on shard: isolated Shard) {
        let head = account.state.archive.head
        let plan = ArchivePlan(query, places, in: head > 0 ? 1...head : nil, limits)
        let reads = reads(of: plan)
        guard !reads.isEmpty, plan.size > 0 else { return answer([], plan, at: account) }
        let name = name
        account.ask(on: shard) { store, done in
            Self.gather(reads[...], [], of: name, from: store, done)
        } _: { found, account, _ in
            switch found {
            case .success(let messages): answer(messages, plan, at: account)
            case .failure(let fault): account.refuse(request.envelope, AccountLoop.answer(to: fault))
            }
        }
    }

    /// The questions whose answers, one after the other, are what the plan reads.
    private func reads(of plan: ArchivePlan) -> [AccountArchiveQuery] {
        let (peer, resource) = (query.with?.bare.description, query.with?.resource)
        if let chosen = plan.chosen {
            return chosen.map { seq in
                AccountArchiveQuery(
                    seqs: seq...seq, peer: peer, resource: resource, includesGroupchat: includesGroupchat, limit: 1)
            }
        }
        guard let range = plan.range else { return [] }
        return [
            AccountArchiveQuery(
                seqs: range, peer: peer, resource: resource, includesGroupchat: includesGroupchat, limit: plan.reads,
                newestFirst: plan.newestFirst)
        ]
    }

    /// Whoever does not ask for a channel's messages gets none: clients that know nothing of channels page through this
    /// archive (XEP-0313 §4.1.4, MIXC-520).
    private var includesGroupchat: Bool { query.includesGroupchat ?? (query.with != nil) }

    private static func gather(
        _ reads: ArraySlice<AccountArchiveQuery>, _ found: [ArchivedMessage], of name: String, from store: any Store,
        _ done: @escaping Completion<[ArchivedMessage]>
    ) {
        guard let first = reads.first else { return done(.success(found)) }
        store.archive(first, of: name) { page in
            switch page {
            case .success(let messages):
                gather(reads.dropFirst(), found + messages, of: name, from: store, done)
            case .failure(let fault): done(.failure(fault))
            }
        }
    }

    /// The results and their end, in one batch (XEP-0313 §4.2).
    private func answer(_ found: [ArchivedMessage], _ plan: ArchivePlan, at account: AccountLoop) {
        guard let resource = account.resource(request.envelope.from) else { return }
        let page = plan.page(of: found) { $0.stanza.count }
        let key = account.state.archive.key
        let id = { (message: ArchivedMessage) in key?.id(of: message.seq) ?? "" }
        let hole = AddressHole(account.jid)
        for message in query.flipsPage ? page.messages.reversed() : page.messages {
            let result = Template(.message) { writer in
                writer.attribute("from", account.jid.description)
                writer.archiveResult(
                    id(message), queryID: query.queryID, at: Moment(milliseconds: message.time)
                ) { $0.written(message.stanza(to: hole)[...], in: NS.client) }
            }
            account.tell(result, to: resource)
        }
        let all = account.state.archive.count(withGroupchat: includesGroupchat)
        let count = query.isFiltered ? nil : Int(clamping: all)
        let set = ResultSet.Answer(first: page.messages.first.map(id), last: page.messages.last.map(id), count: count)
        let isComplete = page.isComplete && (plan.size > 0 || plan.range == nil)
        let fin = ArchiveFin(isComplete: isComplete, page: set)
        account.reply(request.stanza.result([fin.element]), to: request.envelope)
    }
}

extension ArchiveMetadata.End {
    init(_ end: ArchiveBounds.End, _ key: ArchiveKey) {
        self.init(id: key.id(of: end.seq), time: Moment(milliseconds: end.time))
    }
}
