// One account's loop: its mailbox, one batch in flight, and nothing told before it is durable.

import DequeModule
import DialectKit
import Host
import Logging
import Storage
import XMPP

/// The confined owner of one account on its shard. It works as a room does: takes its mailbox as a batch, changes its
/// state, and releases what there is to tell at the commit. Handlers stand in extensions and desks; they change
/// `state`, and say what follows with `reply`, `tell`, `route`, `write` and `ask`.
final class AccountLoop {
    /// What waits for the account.
    enum Post: Sendable {
        /// Addressed to the account or one of its resources, by anybody.
        case inbound(Envelope)
        /// From an own resource to somebody else, and the account decides about it: subscriptions.
        case outgoing(Envelope)
        /// A message of an own resource that is already on its way to somebody else.
        case sent(Envelope)
        /// A message that a resource got and never acknowledged: the account had it before (XEP-0198 §4).
        case returned(Envelope)
        /// A resource shows its presence to somebody in particular, or no more; the stanza is on its way already.
        case directed(Stanza)
        /// A client wants a resource.
        case opening(Opening)
        /// A resource is gone, with its last words.
        case closed(JID, Port, Stanza)
        /// Waiting messages up to this place were handed over, and need not be kept.
        case forgetOffline(through: Int64)
        /// Somebody has come online who is to be sent the last items of nodes.
        case newcomer(JID)
        /// A room tells what became of the account in it.
        case channel(ChannelNotice)
        /// An own resource has sent something that may be for a channel; it is on its way already.
        case ventured(Venture)
        /// What was asked of a channel may have waited long enough.
        case overdue

        /// The stanza whose effect somebody is owed.
        var envelope: Envelope? {
            switch self {
            case .inbound(let envelope), .outgoing(let envelope), .sent(let envelope), .returned(let envelope): envelope
            case .directed, .opening, .closed, .forgetOffline, .newcomer, .channel, .ventured, .overdue: nil
            }
        }
    }

    /// Where the loop stands.
    enum Phase { case loading, idle, committing, asking }

    /// What the store said of the account.
    enum Existence { case unknown, present, missing, unreadable }

    let jid: JID
    let setup: AccountsSetup
    let table: AccountTable
    unowned let hall: AccountHall
    var state: AccountState
    private(set) var existence = Existence.unknown
    private var phase = Phase.loading
    private var mailbox: Deque<Post> = []
    /// The state before the batch in flight.
    private var before: AccountState?
    var outbox = AccountOutbox()
    private var draft: [AccountWrite] = []
    /// The question to the store with which the batch ends.
    private var question: (@Sendable (isolated Shard) -> Void)?
    /// The post whose question is asked.
    private var asking: Post?
    private var isQueued = false
    /// Clients that wait until whoever has their resource is gone.
    var waitingForResource: [Opening] = []
    /// Outlets whose client is gone; the posts that say so may still wait.
    private var gone: Set<Port> = []
    /// What channels told in batches that were not stored, and whatever rooms have told since.
    private var heldBack: [Post] = []
    /// How many of those that wait, held back or not, only tell what clients say to channels.
    private var waitingVentures = 0
    private var watchesRequests = false

    init(_ jid: JID, _ hall: AccountHall) {
        self.jid = jid
        self.hall = hall
        state = AccountState(of: jid)
        setup = hall.setup
        table = hall.table
    }

    var name: String { jid.local ?? "" }
    var isQuiet: Bool { mailbox.isEmpty && phase == .idle && waitingForResource.isEmpty && heldBack.isEmpty }
    var ports: [Port] { (before ?? state).resources.map(\.port) }

    // MARK: Being there

    /// Reads the account; its mail waits meanwhile.
    func load(on shard: isolated Shard) {
        let back = wayBack(on: shard)
        shard.house.store.loadAccount(named: name) { found in
            back { account, shard in account.loaded(found, on: shard) }
        }
    }

    private func loaded(_ found: Result<StoredAccount?, StorageFault>, on shard: isolated Shard) {
        guard phase == .loading else { return }
        phase = .idle
        if existence == .unknown {
            switch found {
            case .success(let stored?):
                existence = .present
                state = AccountState(stored, of: jid, setup.storage)
            case .success(nil): existence = .missing
            case .failure(let fault):
                existence = .unreadable
                shard.house.log.error("an account cannot be read", metadata: ["reason": "\(fault)"])
            }
        }
        turn(on: shard)
    }

    /// The account was deleted from the store.
    ///
    /// - Parameter stored: what it was, where that has not been read.
    func vanish(_ stored: StoredAccount?, on shard: isolated Shard) {
        if existence == .unknown, let stored { state = AccountState(stored, of: jid, setup.storage) }
        leaveEverywhere(on: shard)
        existence = .missing
        letGoIfIdle()
    }

    /// The way back from the store or another loop: to this account, if it is still in memory.
    private func wayBack(
        on shard: isolated Shard
    ) -> @Sendable (@escaping @Sendable (AccountLoop, isolated Shard) -> Void) -> Void {
        let (home, name) = (shard.house.shards[shard.index], name)
        return { work in
            home.loop.execute {
                home.assumeIsolated { shard in
                    if let account = shard.accountHall?.known(name) { work(account, shard) }
                }
            }
        }
    }

    private func letGoIfIdle() {
        if isQuiet, state.resources.isEmpty, state.requests.isEmpty { hall.letGo(self) }
    }

    // MARK: Mail

    /// Takes up a post. What comes from outside is refused when too much of it waits; what the account's own clients
    /// do is bounded by their connections, but for what they say to channels: the account need not learn all of it.
    func post(_ post: Post, on shard: isolated Shard) {
        if case .inbound(let envelope) = post, mailbox.count >= setup.limits.accountMailbox {
            if envelope.stanza.isAnswerable, envelope.stanza.kind != .presence {
                shard.reply(envelope.stanza.error(StanzaError(.resourceConstraint, type: .wait)), to: envelope)
            }
            return shard.complete(envelope)
        }
        if isVenture(post) {
            guard waitingVentures < setup.limits.waitingVentures else { return }
            waitingVentures += 1
        }
        if case .closed(_, let port, _) = post { gone.insert(port) }
        if case .channel = post, !heldBack.isEmpty { return heldBack.append(post) }
        mailbox.append(post)
        queue(on: shard)
    }

    /// Whether the client behind an outlet is there, as far as anybody knows.
    func isConnected(_ port: Port) -> Bool { !gone.contains(port) }

    private func queue(on shard: isolated Shard) {
        guard phase == .idle, !isQueued, !mailbox.isEmpty else { return }
        isQueued = true
        hall.isReady(self)
        shard.tick()
    }

    // MARK: The batch

    /// Takes what waits, as one batch.
    func turn(on shard: isolated Shard) {
        isQueued = false
        guard phase == .idle else { return }
        before = state
        takePosts(on: shard)
        commit(on: shard)
    }

    private func takePosts(on shard: isolated Shard) {
        var count = 0
        while question == nil, count < setup.limits.batchPosts, let post = mailbox.popFirst() {
            count += 1
            handle(post, on: shard)
            settle(post)
        }
    }

    /// A post that ended with a question has its effect when that is answered.
    private func settle(_ post: Post) {
        if question == nil { outbox.owe(post) } else { asking = post }
    }

    private func handle(_ post: Post, on shard: isolated Shard) {
        switch post {
        case .inbound(let envelope): receive(envelope, on: shard)
        case .outgoing(let envelope): send(envelope, on: shard)
        case .sent(let envelope): note(sent: envelope, on: shard)
        case .returned(let envelope): receive(message: envelope, isReturned: true, on: shard)
        case .directed(let stanza): note(directed: stanza)
        case .opening(let opening): open(opening, on: shard)
        case .closed(let full, let port, let farewell):
            gone.remove(port)
            close(full, at: port, farewell, on: shard)
        case .forgetOffline(let place): write(.offlineRemoval(through: place))
        case .newcomer(let resource): sendLastItems(to: resource, on: shard)
        case .channel(let notice): take(notice, on: shard)
        case .ventured(let venture):
            waitingVentures -= 1
            note(venture, on: shard)
        case .overdue:
            watchesRequests = false
            giveUpRequests(on: shard)
        }
    }

    private func commit(on shard: isolated Shard) {
        guard !draft.isEmpty else { return release(on: shard) }
        phase = .committing
        let changes = draft
        draft = []
        let back = wayBack(on: shard)
        shard.house.store.write(changes, of: name) { result in
            back { account, shard in account.committed(result, on: shard) }
        }
    }

    private func committed(_ result: Result<Void, StorageFault>, on shard: isolated Shard) {
        guard phase == .committing else { return }
        phase = .idle
        switch result {
        case .success: release(on: shard)
        case .failure(let fault): fail(fault, on: shard)
        }
    }

    private func release(on shard: isolated Shard) {
        let told = outbox
        outbox = AccountOutbox()
        before = nil
        phase = .idle
        told.release(on: shard)
        if let question {
            self.question = nil
            phase = .asking
            return question(shard)
        }
        queue(on: shard)
        letGoIfIdle()
    }

    /// The commit failed: nothing of the batch happened, nobody was told anything, its senders learn that. Whoever left
    /// has left all the same, and what is shown is shown: that is taken up again.
    private func fail(_ fault: StorageFault, on shard: isolated Shard) {
        shard.house.log.error(
            "a batch of an account was not stored, and is taken back", metadata: ["reason": "\(fault)"])
        if let before { state = before }
        let error = Self.answer(to: fault)
        let taken = outbox.taken + (asking.map { [$0] } ?? [])
        outbox = AccountOutbox()
        question = nil
        asking = nil
        for post in taken.reversed() {
            switch post {
            case .closed(_, let port, _):
                gone.insert(port)
                mailbox.prepend(post)
            case .directed, .newcomer, .overdue: mailbox.prepend(post)
            default: break
            }
        }
        holdBack(taken.filter(isOfChannel), on: shard)
        for post in taken {
            if let envelope = post.envelope {
                if envelope.stanza.isAnswerable, !isNote(post) {
                    shard.reply(envelope.stanza.error(error), to: envelope)
                }
                shard.complete(envelope)
            } else if case .opening(let opening) = post {
                waitingForResource.removeAll { $0.port == opening.port }
                opening.done(.failure(error))
            }
        }
        release(on: shard)
    }

    /// Whether a post tells of what has happened in a channel, which is not undone because it is not stored here.
    private func isOfChannel(_ post: Post) -> Bool {
        switch post {
        case .channel, .ventured: true
        case .inbound(let envelope): state.requests.isAnswer(envelope.stanza)
        default: false
        }
    }

    private func isVenture(_ post: Post) -> Bool {
        if case .ventured = post { true } else { false }
    }

    /// Keeps posts until the store may work again; the rooms' further notices queue up behind them.
    private func holdBack(_ posts: [Post], on shard: isolated Shard) {
        guard !posts.isEmpty else { return }
        if heldBack.isEmpty {
            let back = wayBack(on: shard)
            _ = shard.loop.schedule(after: .seconds(shard.house.limits.retrySeconds)) {
                back { account, shard in account.takeUpHeldBack(on: shard) }
            }
        }
        heldBack.insert(contentsOf: posts, at: 0)
        waitingVentures += posts.count(where: isVenture)
    }

    private func takeUpHeldBack(on shard: isolated Shard) {
        for post in heldBack.reversed() { mailbox.prepend(post) }
        heldBack = []
        queue(on: shard)
    }

    /// Sees to it that what is asked of channels is answered for in time.
    func wakeForRequests(on shard: isolated Shard) {
        guard !watchesRequests, let deadline = state.requests.deadline else { return }
        watchesRequests = true
        let back = wayBack(on: shard)
        _ = shard.loop.schedule(after: max(.zero, deadline - shard.loop.now)) {
            back { account, shard in account.post(.overdue, on: shard) }
        }
    }

    /// A message that is on its way has not failed because the sender's own copy has.
    private func isNote(_ post: Post) -> Bool {
        if case .sent = post { true } else { false }
    }

    /// What a sender is told of a fault of the store.
    static func answer(to fault: StorageFault) -> StanzaError {
        if case .limit = fault {
            StanzaError(.resourceConstraint, type: .wait)
        } else {
            StanzaError(.internalServerError, type: .wait)
        }
    }

    // MARK: For handlers

    /// Answers the sender of an envelope.
    func reply(_ stanza: Stanza, to envelope: Envelope) {
        if let origin = envelope.origin { outbox.add(.direct(stanza.bytes, origin)) } else { route(stanza) }
    }

    /// Refuses what can be refused; whether the account exists cannot be told from it.
    func refuse(_ envelope: Envelope, _ error: StanzaError) {
        guard envelope.stanza.isAnswerable, envelope.stanza.kind != .presence, envelope.stanza.type != .headline else {
            return
        }
        reply(envelope.stanza.error(error), to: envelope)
    }

    /// Sends a stanza, whose `from` and `to` are set, on its way.
    func route(_ stanza: Stanza) {
        guard let from = stanza.from, let to = stanza.to else { return }
        outbox.add(.route(Envelope(stanza, from: from, to: to)))
    }

    /// Tells one of the account's resources; `to` becomes its address.
    func tell(_ template: Template, to resource: Resource) {
        outbox.add(.told(template, resource.hole, resource.port))
    }

    /// Hands a stanza to one of the account's resources as it is.
    func pass(_ bytes: [UInt8], to resource: Resource) { outbox.add(.direct(bytes, resource.port)) }

    /// Something is to be stored with this batch.
    func write(_ change: AccountWrite) { draft.append(change) }

    /// Asks the store something. The batch ends here and is told; then the store is read, and `then` begins the next
    /// batch. Mail waits meanwhile. The last thing a handler does.
    func ask<Value: Sendable>(
        on shard: isolated Shard, _ read: @escaping @Sendable (any Store, @escaping Completion<Value>) -> Void,
        _ then: @escaping @Sendable (Result<Value, StorageFault>, AccountLoop, isolated Shard) -> Void
    ) {
        precondition(question == nil, "one question at a time")
        let back = wayBack(on: shard)
        question = { shard in
            read(shard.house.store) { result in
                back { account, shard in
                    guard let post = account.takeUp() else { return }
                    then(result, account, shard)
                    account.proceed(after: post, on: shard)
                }
            }
        }
    }

    /// The question is answered: a new batch begins with the post that asked it.
    private func takeUp() -> Post? {
        guard phase == .asking, let post = asking else { return nil }
        phase = .idle
        asking = nil
        before = state
        return post
    }

    private func proceed(after post: Post, on shard: isolated Shard) {
        settle(post)
        takePosts(on: shard)
        commit(on: shard)
    }
}
