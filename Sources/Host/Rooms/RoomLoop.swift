// One room's loop: its mailbox, one batch in flight, and the walk from a stanza to what everybody is told.

import DequeModule
import DialectKit
import Logging
import Rooms
import Storage
import XMPP

/// The confined owner of one room: takes its whole mailbox as a batch, decides, applies and renders each
/// stanza at once, and tells nobody anything before the batch is durable.
final class RoomLoop {
    /// What waits for the room.
    enum Post: Sendable {
        case stanza(Envelope)
        case command(Command)
        /// The leaving of a seat, once more: the batch it was in was not stored.
        case farewell(SeatID, Port)
        /// A client of a member's account listens from now on.
        case listens(ListeningClient, domain: String)
        /// It hears in another dialect from now on.
        case tuned(JID, DialectID)
        /// It does not any more.
        case deafened(JID)
        /// The service has started.
        case woken
        /// What a stanza wants to take back was looked for.
        case found(Finding, Event.Message?)
        /// An account reads what it heard here.
        case read(AccountReading)
        /// Somebody looks through the directory.
        case sought(Seeking)
        /// For the room of the service: other rooms can be found, or not any more.
        case news(DirectoryChange)
        /// For it too: what somebody can find who listens there from now on.
        case directory([DiscoItems.Item], SeatID)
    }

    /// Where the loop stands.
    enum Phase {
        case loading
        case idle
        case committing
    }

    /// Everything that a failed commit takes back.
    struct State {
        var room: Room
        var plan = SeatingPlan()
        var relays = RelayTable()
        var number: RoomNumber?
        /// How many participants have their accounts on other servers.
        var farMembers = 0
        /// Kept events since the last snapshot.
        var sinceSnapshot = 0
    }

    let name: RoomName
    let service: Service
    /// Tells this loop from an earlier one of the same room that was let go.
    let instance: UInt64
    var state: State
    /// Rendered from `state`; forgotten with a failed commit.
    var shelf: PresenceShelf
    var phase = Phase.loading
    var mailbox: Deque<Post> = []
    /// The state before the batch in flight.
    private(set) var before: State?
    var outbox = Outbox()
    var draft = JournalDraft()
    /// Questions to the archive that are not answered yet, those of the batch in flight among them.
    var asks = AskTable()
    unowned let hall: RoomHall
    let limits: HostLimits
    private var isQueued = false
    /// What the house has ordered in the batch in flight: nobody repeats it if the batch fails.
    private var orders: [Post] = []
    private var alarm: (at: Moment, Cancellation)?
    /// Before this time nothing is tried that is due by itself: the last commit failed.
    private var restsUntil: Moment?
    /// Seats that were left in a batch that failed, with their outlets of that time.
    private var gone: [SeatID: Port] = [:]
    /// Those of them that the batch in flight empties.
    private var leaving: [SeatID: Port] = [:]
    private var paces = PaceTable()
    /// What is being looked for, and keeps the room here.
    var searches = 0

    init(_ name: RoomName, _ service: Service, _ hall: RoomHall, instance: UInt64, on shard: isolated Shard) {
        self.name = name
        self.service = service
        self.hall = hall
        self.instance = instance
        limits = shard.house.limits
        state = State(room: Room(name: name, limits: service.roomLimits))
        shelf = PresenceShelf(limit: limits.shelvedPresences)
    }

    // MARK: Mail

    func receive(_ envelope: Envelope, on shard: isolated Shard) {
        guard mailbox.count < bound(for: envelope) else {
            if envelope.stanza.isAnswerable {
                shard.reply(envelope.stanza.error(StanzaError(.resourceConstraint, type: .wait)), to: envelope)
            }
            return shard.complete(envelope)
        }
        mailbox.append(.stanza(envelope))
        queue(on: shard)
    }

    private func bound(for envelope: Envelope) -> Int {
        let isFarewell = envelope.stanza.kind == .presence && envelope.stanza.type == .unavailable
        return isFarewell ? 2 * limits.roomMailbox + state.room.seating.count : limits.roomMailbox
    }

    /// A command of the house itself.
    func order(_ command: Command, on shard: isolated Shard) { post(.command(command), on: shard) }

    /// Something of the house's own, which is never refused.
    func post(_ post: Post, on shard: isolated Shard) {
        mailbox.append(post)
        queue(on: shard)
    }

    func queue(on shard: isolated Shard) {
        guard phase == .idle, !isQueued, !mailbox.isEmpty else { return }
        isQueued = true
        hall.isReady(self)
        shard.tick()
    }

    func shutDown(on shard: isolated Shard) { order(.shutDown, on: shard) }

    var isQuiet: Bool { mailbox.isEmpty && phase == .idle && asks.isEmpty && searches == 0 }

    /// The way back from the store or a timer: to this very loop, if the room was not let go meanwhile.
    func wayBack(
        on shard: isolated Shard
    ) -> @Sendable (@escaping @Sendable (RoomLoop, isolated Shard) -> Void) -> Void {
        let (home, name, instance) = (shard.house.shards[shard.index], name, instance)
        return { work in
            home.loop.execute {
                home.assumeIsolated { shard in
                    guard let room = shard.hall(of: name.service)?.known(name.local), room.instance == instance else {
                        return
                    }
                    work(room, shard)
                }
            }
        }
    }

    // MARK: A batch

    /// Takes the mailbox as one batch.
    func turn(on shard: isolated Shard) {
        isQueued = false
        guard phase == .idle else { return }
        before = state
        outbox = Outbox()
        draft = JournalDraft()
        leaving = [:]
        orders = []
        var taken = 0
        while taken < limits.roomBatch, !draft.ends, let post = mailbox.popFirst() {
            taken += 1
            #if DEBUG
                let former = state.room
            #endif
            handle(post, on: shard)
            #if DEBUG
                // Between the events of one command more may be true: a ban is told before it removes.
                let wrong = state.room.violations(since: former)
                assert(wrong.isEmpty, "\(name) after \(post): \(wrong.joined(separator: "; "))")
            #endif
        }
        expireRelays(on: shard)
        commit(on: shard)
    }

    private func handle(_ post: Post, on shard: isolated Shard) {
        switch post {
        case .command(.membership), .listens, .tuned, .deafened, .woken, .news, .directory: orders.append(post)
        default: break
        }
        switch post {
        case .command(let command): carryOut(command, on: shard)
        case .farewell(let seat, let port):
            // Somebody who came back meanwhile sits there with another outlet.
            guard state.plan.port(of: seat) == port else { return }
            leaving[seat] = port
            carryOut(.remove(seat, because: "left while the room could not be stored"), on: shard)
        case .stanza(let envelope):
            outbox.owe(envelope)
            if let port = envelope.origin { relocate(envelope.from, to: port) }
            if isInTime(envelope, on: shard) { handle(envelope, on: shard) }
        case .listens(let listener, let domain):
            relocate(listener.address, to: listener.port)
            listen(listener, domain, on: shard)
        case .tuned(let address, let dialect): tune(address, to: dialect, on: shard)
        case .deafened(let address): deafen(address, on: shard)
        case .woken: callMembers(on: shard)
        case .found(let finding, let message):
            outbox.owe(finding.envelope)
            found(finding, message, on: shard)
        case .read(let reading): permit(reading)
        case .sought(let seeking): seeking.done(DirectoryFace((before ?? state).room).title(for: seeking.asker), shard)
        case .news(let change): tell(change)
        case .directory(let items, let seat): show(items, at: seat)
        }
    }

    /// Whether the sender of a stanza goes at a bearable pace; else it is refused, and in the end put out (MUC-422).
    private func isInTime(_ envelope: Envelope, on shard: isolated Shard) -> Bool {
        guard limits.slowsFloods, let kind = PaceTable.Kind(envelope.stanza) else { return true }
        let outcome = paces.take(kind, by: envelope.from, at: shard.loop.now, limits)
        guard outcome != .taken else { return true }
        if envelope.stanza.isAnswerable {
            let error = StanzaError(.resourceConstraint, type: .wait, text: "Too fast: wait a little.")
            reply(envelope.stanza.error(error), to: envelope)
        }
        if outcome == .tooOften, let flooder = state.room.roster[jid: envelope.from] {
            let change = RoleChange(nick: flooder.nick, role: .none, reason: "Too many stanzas in too short a time.")
            carryOut(.setRoles([change], by: Requester(jid: envelope.to.bare, isOperator: true)), on: shard)
        }
        return false
    }

    func carryOut(_ command: Command, by cause: Cause? = nil, on shard: isolated Shard) {
        guard let events = try? state.room.decide(command, in: context(for: nil, on: shard)) else { return }
        announce(events, by: cause, on: shard)
        for event in events { happen(event, by: cause, on: shard) }
    }

    /// What a decision needs from outside.
    func context(for requester: JID?, on shard: isolated Shard) -> Context {
        Context(
            now: shard.loop.now, randomBytes: shard.house.randomBytes,
            mayCreate: requester.map(service.lobby.mayCreate) ?? true,
            offersCreation: service.lobby.creation != .nobody, limits: service.roomLimits,
            defaults: service.defaults, locksNewRooms: service.locksNewRooms, registry: hall.registry,
            homes: shard.house.homes)
    }

    // MARK: The commit

    private func commit(on shard: isolated Shard) {
        guard let batch = draft.batch(of: state, name: name, limits) else {
            if draft.ends { state.settle(draft, nil) }
            return release(on: shard)
        }
        phase = .committing
        let back = wayBack(on: shard)
        shard.house.store.append(batch) { result in
            back { room, shard in room.written(result, on: shard) }
        }
    }

    /// The batch is durable or not; what a destroyed room leaves behind follows it, before anybody is told.
    private func written(_ result: Result<RoomNumber, StorageFault>, on shard: isolated Shard) {
        guard case .success = result, let tombstone = draft.tombstone(of: state.room) else {
            return committed(result, on: shard)
        }
        let back = wayBack(on: shard)
        shard.house.store.append(tombstone) { stone in
            back { room, shard in
                // the room is gone whether or not its name could be kept
                if case .success(let number) = stone { room.draft.tombstoneNumber = number }
                room.committed(result, on: shard)
            }
        }
    }

    private func committed(_ result: Result<RoomNumber, StorageFault>, on shard: isolated Shard) {
        guard phase == .committing else { return }
        phase = .idle
        switch result {
        case .success(let number):
            state.settle(draft, number)
            restsUntil = nil
            release(on: shard)
        case .failure(let fault):
            shard.house.log.error(
                "a batch of a room was not stored, and is taken back",
                metadata: ["room": "\(name)", "reason": "\(fault)"])
            fail(on: shard)
        }
    }

    private func release(on shard: isolated Shard) {
        let told = outbox
        outbox = Outbox()
        before = nil
        told.release(on: shard) {
            answer($0, on: shard)
        } _: {
            look(for: $0, on: shard)
        }
        guard !leaveIfUnused(on: shard) else { return }
        setAlarm(on: shard)
        queue(on: shard)
    }

    /// Lets go of the room if nobody sits in it, waits for it or asked it anything.
    @discardableResult
    func leaveIfUnused(on shard: isolated Shard) -> Bool {
        let deadline = state.room.nextDeadline
        let isUsed =
            state.plan.hasOutlets || state.room.roster.count > 0 || !state.relays.isEmpty
            || !state.room.onlookers.isEmpty
            || (deadline != nil && deadline != state.room.settings.endOfLife)  // the hall waits for that one
        guard isQuiet, !isUsed else { return false }
        alarm?.1.cancel()
        hall.letGo(self, until: deadline.map { max($0, restsUntil ?? $0) }, on: shard)
        return true
    }

    /// The commit failed: nothing of the batch happened, nobody was told anything, its senders learn that.
    private func fail(on shard: isolated Shard) {
        if let before { state = before }
        shelf.forgetAll()
        restsUntil = shard.loop.now + .seconds(limits.retrySeconds)
        gone.merge(leaving) { $1 }
        for ask in outbox.asks { asks.close(ask) }
        searches -= outbox.findings.count
        let waiting = outbox.waiting
        outbox = Outbox()
        for envelope in waiting {
            if envelope.stanza.kind == .presence, envelope.stanza.type == .unavailable { noteGone(envelope.from) }
            if envelope.stanza.isAnswerable {
                shard.reply(envelope.stanza.error(StanzaError(.internalServerError, type: .wait)), to: envelope)
            }
            shard.complete(envelope)
        }
        mailbox.prepend(contentsOf: orders)
        release(on: shard)
    }

    /// Whoever left has left, stored or not: its seat is emptied as soon as that can be.
    private func noteGone(_ address: JID) {
        guard let seat = state.room.seating[address: address], let port = state.plan.port(of: seat.id) else { return }
        gone[seat.id] = port
    }

    // MARK: Deadlines

    private func setAlarm(on shard: isolated Shard) {
        var next = [state.room.nextDeadline, state.relays.nextDeadline].compactMap { $0 }.min()
        if !gone.isEmpty { next = shard.loop.now }
        if let restsUntil { next = next.map { max($0, restsUntil) } }
        guard next != alarm?.at else { return }
        alarm?.1.cancel()
        guard let next else {
            alarm = nil
            return
        }
        let back = wayBack(on: shard)
        let cancellation = shard.loop.schedule(after: max(.zero, next - shard.loop.now)) {
            back { room, shard in room.alarmRang(at: next, on: shard) }
        }
        alarm = (next, cancellation)
    }

    private func alarmRang(at time: Moment, on shard: isolated Shard) {
        guard alarm?.at == time else { return }
        alarm = nil
        for (seat, port) in gone.sorted(by: { $0.key < $1.key }) { mailbox.append(.farewell(seat, port)) }
        gone = [:]
        order(.deadlineReached, on: shard)
    }
}

extension RoomLoop.State {
    /// What the batch of `draft` drafted is durable; `number` is what the store calls the room.
    mutating func settle(_ draft: JournalDraft, _ number: RoomNumber?) {
        self.number = draft.ends ? draft.tombstoneNumber : number
        sinceSnapshot = draft.ends || draft.hasSnapshot ? 0 : sinceSnapshot + draft.count
    }
}
