// A query of an account's archive that wants what was said in channels: several archives, shown as one.

import DialectKit
import Host
import Rooms
import Storage
import XML
import XMPP

/// A query whose answer is merged, at query time, from the account's own messages and the journals of channels of this
/// server (rule X-15): what it heard there is nowhere kept again.
struct ChannelSearch: Sendable {
    /// What is found, or that the query names an id that nobody knows.
    enum Outcome: Sendable {
        /// - Parameter reached: where a search for somebody's messages was given up.
        case page([ArchiveSource.Message], reached: String?)
        case unknownID
    }

    let query: ArchiveQuery
    let plan: ArchivePlan
    let limits: ArchiveLimits
    /// Whose messages alone are wanted.
    let speaker: ParticipantID?
    private let request: AccountTable.Request
    private let account: JID
    private let name: String
    private let dialect: DialectID?
    /// Nil: one channel is asked for.
    private let own: AccountArchive?
    private let stays: [(channel: JID, stays: [ChannelStay])]

    /// Nil of a query that wants nothing of a channel of this server (IM-303).
    ///
    /// - Throws: `resource-constraint` where more channels would have to be looked at than one query may.
    init?(_ query: ArchiveQuery, _ request: AccountTable.Request, _ account: AccountLoop) throws(StanzaError) {
        let all = account.state.stays
        let channels = query.with.map { all[$0.bare].isEmpty ? [] : [$0.bare] } ?? all.channels
        guard !channels.isEmpty, query.includesGroupchat ?? (query.with != nil) else { return nil }
        let most = account.setup.limits.channelsPerQuery
        guard channels.count <= most else {
            let text = "You were in more than \(most) channels: ask for one at a time."
            throw StanzaError(.resourceConstraint, type: .wait, text: text)
        }
        self.query = query
        self.request = request
        limits = account.setup.archive
        plan = ArchivePlan(query, ArchivePlaces(), in: nil, limits)
        speaker = query.with?.resource.map { ParticipantID($0) }
        self.account = account.jid
        name = account.name
        own = query.with == nil ? account.state.archive : nil
        stays = channels.map { ($0, all[$0]) }
        let resource = account.state[request.envelope.from]
        dialect = channels.first.flatMap { resource?.channels[$0]?.dialect } ?? resource?.tongue
    }

    func begin(at account: AccountLoop, on shard: isolated Shard) {
        let home = shard.house.shards[shard.index]
        account.ask(on: shard) { store, done in
            sources(from: home) { find(in: $0, store, done) }
        } _: { (found: Result<Outcome, StorageFault>, account, _) in
            switch found {
            case .success(.page(let messages, let reached)): answer(messages, reached, at: account)
            case .success(.unknownID): account.refuse(request.envelope, StanzaError(.itemNotFound))
            case .failure(let fault): account.refuse(request.envelope, AccountLoop.answer(to: fault))
            }
        }
    }

    /// Asks every room for what is needed to read it.
    private func sources(from home: Shard, _ done: @escaping @Sendable ([ArchiveSource]) -> Void) {
        let first = own.map { [ArchiveSource($0, of: name, number: 0)] } ?? []
        permit(stays[...], first, from: home, done)
    }

    private func permit(
        _ rest: ArraySlice<(channel: JID, stays: [ChannelStay])>, _ found: [ArchiveSource], from home: Shard,
        _ done: @escaping @Sendable ([ArchiveSource]) -> Void
    ) {
        guard let (channel, stays) = rest.first else { return done(found) }
        home.loop.execute {
            home.assumeIsolated { shard in
                shard.permitReading(of: channel, by: account, in: dialect) { permit in
                    let source = permit.map { ArchiveSource($0, stays, of: name, number: found.count) }
                    self.permit(rest.dropFirst(), found + [source].compactMap { $0 }, from: home, done)
                }
            }
        }
    }

    // MARK: Answering

    /// The results and their end, in one batch (XEP-0313 §4.2).
    private func answer(_ found: [ArchiveSource.Message], _ reached: String?, at account: AccountLoop) {
        guard let resource = account.resource(request.envelope.from) else { return }
        let page = plan.page(of: found, isAll: reached == nil) { $0.bytes }
        for message in query.flipsPage ? page.messages.reversed() : page.messages {
            account.tell(result(message), to: resource)
        }
        var ends = (page.messages.first?.id, page.messages.last?.id)
        if let reached { ends = plan.newestFirst ? (reached, ends.1 ?? reached) : (ends.0 ?? reached, reached) }
        let fin = ArchiveFin(
            isComplete: page.isComplete && plan.size > 0,
            page: ResultSet.Answer(first: ends.0, last: ends.1))
        account.reply(request.stanza.result([fin.element]), to: request.envelope)
    }

    private func result(_ message: ArchiveSource.Message) -> Template {
        switch message.content {
        case .recalled(let recalled, let permit):
            permit.result(for: recalled, of: account, queryID: query.queryID)
        case .stored(let stored):
            Template(.message) { writer in
                writer.attribute("from", account.description)
                writer.archiveResult(
                    message.id, queryID: query.queryID, at: Moment(milliseconds: message.spot.time)
                ) { $0.written(stored.stanza(to: AddressHole(account))[...], in: NS.client) }
            }
        }
    }
}
