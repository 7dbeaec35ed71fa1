// From an event to what everybody is told: rendered at once, once per view, into the outbox.

import DialectKit
import Rooms
import XMPP

extension RoomLoop {
    /// Where an event came from.
    struct Cause {
        /// The outlet of the stanza, for a seat that it takes.
        let port: Port?
        /// The dialect and the domain in which the stanza was spoken, for what leaves the room because of it.
        let dialect: (any Dialect)?
        let domain: String
        /// The clients that listen if this joins, with their outlets.
        var listeners: [ListeningClient] = []
        /// The account itself wants it: it need not be told.
        var isOrder = false

        /// Where a seat of a listener is told.
        func port(of address: JID) -> Port? {
            listeners.first { $0.address == address }?.port ?? (address.isBare ? nil : port)
        }
    }

    /// An event happens: it is applied, drafted for the journal, and rendered as of now; an
    /// ending as of before, because nothing is left of the room afterwards.
    ///
    /// - Parameter cause: the stanza that asked for it; nil: the house itself.
    func happen(_ event: Event, by cause: Cause?, on shard: isolated Shard) {
        let face = Self.isAboutTheRoom(event) ? DirectoryFace(state.room) : nil
        if event.isEnding { tell(event) }
        state.room.apply(event)
        count(event, on: shard)
        draft.add(event, at: shard.loop.now)
        forgetPresences(for: event)
        arrange(before: event, cause, on: shard)
        if !event.isEnding { tell(event) }
        post(letter: event)
        if let face, let news = DirectoryChange(state.room, since: face) { outbox.add(.announce(news)) }
        if name.local == Lobby.ownRoom, case .membership(.listening(let listening)) = event {
            outbox.add(.introduce(listening.seat, service: name.service))
        }
        arrange(after: event)
        for seat in Self.emptied(event) { forgetRelays(of: seat.id) }
        if let cause, let dialect = cause.dialect {
            for stanza in dialect.outward(event, in: state.room, from: cause.domain) { outbox.add(.route(stanza)) }
        }
    }

    // MARK: The plan

    private static func isAboutTheRoom(_ event: Event) -> Bool {
        switch event {
        case .lifecycle, .governance(.configured): true
        default: false
        }
    }

    /// Seats that the event fills are there before anybody is told.
    private func arrange(before event: Event, _ cause: Cause?, on shard: isolated Shard) {
        switch event {
        case .attendance(.entered(let arrival)):
            let seat = arrival.seat
            guard seat.listens, state.plan.port(of: seat.id) == nil, let cause else { return }
            state.plan.take(seat, at: cause.port ?? .router(on: shard.index), view: view(of: seat))
        case .membership(.listening(let listening)):
            let seat = listening.seat
            let port = cause?.port(of: seat.address) ?? .router(on: shard.index)
            state.plan.take(seat, at: port, view: view(of: seat))
        case .membership(.joined), .membership(.changed):
            if let id = state.room.subject(of: event) { review(state.room.seating.seats(of: id)) }
        case .membership(.retuned(let seat, _, _)): if let seat = state.room.seating[seat] { review([seat]) }
        case .attendance(.resynced(let arrival)):
            let (seat, port) = (arrival.seat, cause?.port)
            if let port, port != state.plan.port(of: seat.id) {
                state.plan.take(seat, at: port, view: view(of: seat))  // the same address on another connection
            } else {
                state.plan.move(seat.id, to: view(of: seat))
            }
        case .governance(.roleChanged(let change)), .governance(.affiliationChanged(let change)):
            var concerned: [Seat] = []
            if let id = change.person?.id ?? state.room.participant(jid: change.jid)?.id {
                concerned = state.room.seating.seats(of: id)
            }
            let isOfDomain = change.jid.local == nil && !state.room.enrolments.isEmpty
            if isOfDomain { concerned += state.room.seating.all.filter { $0.kind == .listener } }
            // whoever is put out by it is yet to be told of that
            if change.affiliation == .outcast { concerned.removeAll { $0.kind == .listener } }
            review(concerned)
        case .governance(.configured(let change)):
            let isSeen = change.changed[.whois] != nil || change.changed[.language] != nil
            if isSeen || !state.room.enrolments.isEmpty { review(state.room.seating.all) }
        default: break
        }
    }

    /// Seats that the event empties are there until they were told.
    private func arrange(after event: Event) {
        switch event {
        case .attendance(.left(let departure)):
            for seat in departure.seats where seat.kind != .listener { state.plan.leave(seat) }
        case .membership(.withdrawn(let withdrawal)): for seat in withdrawal.seats { state.plan.leave(seat) }
        case .membership(.deafened(let seat)): state.plan.leave(seat)
        case .library(.dropped): review(state.room.seating.all.filter { $0.kind == .listener })
        case .lifecycle(.destroyed(let ending)): for seat in ending.seats { state.plan.leave(seat) }
        case .lifecycle(.shutDown(let seats, _)): for seat in seats { state.plan.leave(seat) }
        default: break
        }
    }

    private func review(_ seats: [Seat]) {
        for seat in seats where seat.listens { state.plan.move(seat.id, to: view(of: seat)) }
    }

    /// How a seat sees others now.
    func view(of seat: Seat) -> View {
        let dialect = dialect(of: seat)
        return View(
            dialect: seat.dialect, domain: seat.domain,
            seesJIDs: dialect?.seesAddresses(seat.participant, in: state.room) ?? false,
            language: dialect?.language(for: seat.language, in: state.room) ?? "", topics: topics(of: seat),
            isServer: seat.address.isBare)
    }

    /// What is told at a seat: what its participant subscribed to, as far as it is for such as it is.
    private func topics(of seat: Seat) -> Topics {
        guard seat.kind != .visit, let enrolment = state.room.enrolments[seat.participant] else { return .everything }
        var rank = state.room.affiliations.affiliation(of: enrolment.jid)
        // whoever is banned takes part until it has been told that it does not any more (MIXC-357, MIXC-508)
        if enrolment.isParticipant { rank = max(rank, .none) }
        return enrolment.topics.each.filter {
            state.room.permissions.mayHear($0, rank: rank, isParticipant: enrolment.isParticipant)
        }.reduce(into: []) { $0.formUnion($1) }
    }

    private func forgetPresences(for event: Event) {
        switch event {
        case .governance(.configured), .lifecycle: shelf.forgetAll()
        default: if let id = state.room.subject(of: event) { shelf.forget(id) }
        }
    }

    private static func emptied(_ event: Event) -> [Seat] {
        switch event {
        case .attendance(.left(let departure)): departure.seats
        case .membership(.withdrawn(let withdrawal)): withdrawal.seats
        case .membership(.deafened(let seat)): [seat]
        case .lifecycle(.destroyed(let ending)): ending.seats
        case .lifecycle(.shutDown(let seats, _)): seats
        default: []
        }
    }

    // MARK: Telling

    private func tell(_ event: Event) {
        let subject = state.room.subject(of: event) ?? state.room.speaker(of: event)
        if let subject { tellOwn(event, subject) }
        switch state.room.reach(of: event) {
        case .nobody: break
        case .everybody: tell(event, except: subject) { _ in true }
        case .moderators: tellModerators(event, except: subject)
        case .sessions:
            tell(event, except: subject) { service.tables[$0.domain]?[$0.dialect]?.tellsSessions == true }
        case .participant(let id):
            guard id != subject else { return }
            for seat in state.room.seating.seats(of: id) { tell(event, to: seat, as: .other) }
        case .seats(let seats): for seat in seats { tell(event, to: seat, as: .own(seat.id)) }
        }
    }

    /// Tells the seats of the participant concerned, where its dialect makes a difference there.
    private func tellOwn(_ event: Event, _ subject: ParticipantID) {
        var newcomer: SeatID?
        if case .attendance(.entered(let arrival)) = event { newcomer = arrival.seat.id }
        if case .attendance(.resynced(let arrival)) = event { newcomer = arrival.seat.id }
        let emptied = Self.emptied(event)
        let others = state.room.seating.seats(of: subject).filter { seat in !emptied.contains { $0.id == seat.id } }
        for seat in emptied + others where seat.listens {
            guard let dialect = dialect(of: seat), dialect.facets(of: event, in: state.room).contains(.relation) else {
                continue
            }
            if seat.id == newcomer { welcome(event, seat) } else { tell(event, to: seat, as: .own(seat.id)) }
        }
    }

    private func welcome(_ event: Event, _ seat: Seat) {
        let arrival: Event.Arrival
        switch event {
        case .attendance(.entered(let value)), .attendance(.resynced(let value)): arrival = value
        default: return
        }
        guard let dialect = dialect(of: seat) else { return }
        var view = view(of: seat)
        var others: [Template] = []
        for participant in state.room.roster.all where participant.id != seat.participant {
            let shown = shelf.presence(of: participant.id, for: view) {
                dialect.presence(of: participant.id, in: state.room, for: view)
            }
            if let shown { others.append(shown) }
        }
        view.relation = .own(seat.id)
        send(dialect.welcome(arrival, in: state.room, for: view, others: others), to: seat)
    }

    /// Moderators are those who see real addresses; where everybody does, they are looked for one by one.
    private func tellModerators(_ event: Event, except subject: ParticipantID?) {
        guard state.room.settings.isOpen else { return tell(event, except: subject) { $0.seesJIDs } }
        for moderator in state.room.roster.all where moderator.role == .moderator && moderator.id != subject {
            for seat in state.room.seating.seats(of: moderator.id) { tell(event, to: seat, as: .other) }
        }
    }

    private func tell(_ event: Event, to seat: Seat, as relation: View.Relation) {
        guard let dialect = dialect(of: seat) else { return }
        var view = state.plan.view(of: seat.id) ?? view(of: seat)
        view.relation = relation
        send(dialect.write(event, in: state.room, for: view), to: seat)
    }

    private func send(_ templates: [Template], to seat: Seat) {
        guard let port = state.plan.port(of: seat.id), let hole = state.plan.hole(of: seat.id) else { return }
        if !templates.isEmpty { outbox.add(.told(templates, hole, port)) }
    }

    /// Tells everybody else, one rendering for all views that read the same.
    private func tell(_ event: Event, except subject: ParticipantID?, _ hears: (View) -> Bool) {
        var renderings: [(key: View, templates: [Template])] = []
        let own = subject.map { state.plan.member($0) } ?? 0
        for group in state.plan.groups where hears(group.view) {
            guard let dialect = service.tables[group.view.domain]?[group.view.dialect] else { continue }
            let facets = dialect.facets(of: event, in: state.room)
            var key = group.view
            if !facets.contains(.sight) { key.seesJIDs = false }
            if !facets.contains(.language) { key.language = "" }
            let templates: [Template]
            if let known = renderings.first(where: { $0.key == key }) {
                templates = known.templates
            } else {
                templates = dialect.write(event, in: state.room, for: key)
                renderings.append((key, templates))
            }
            guard !templates.isEmpty else { continue }
            // whoever it is about has read of itself where its dialect makes a difference of that
            let except = facets.contains(.relation) ? own : 0
            for (shard, roll) in group.rolls {
                outbox.add(.fan(Fan(templates: templates, roll: roll, except: except), shard: shard))
            }
        }
    }
}
