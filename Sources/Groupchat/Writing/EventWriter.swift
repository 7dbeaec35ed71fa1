// What happens in a room, as its groupchat 1.0 readers are told of it: presences, messages, then notices.

import DialectKit
import Rooms
import XMPP

/// Writes events for one view.
struct EventWriter {
    private let room: Room
    private let view: View
    private let presences: PresenceWriter
    private let messages: MessageWriter
    private let notices: NoticeWriter

    init(room: Room, view: View) {
        self.room = room
        self.view = view
        presences = PresenceWriter(room: room, view: view)
        messages = MessageWriter(room: room, view: view)
        notices = NoticeWriter(room: room, view: view)
    }

    func write(_ event: Event) -> [Template] {
        switch event {
        case .lifecycle(let happening): write(happening)
        case .attendance(let happening): write(happening)
        case .conversation(.said(let message)): messages.said(message).map { [$0] } ?? []
        case .conversation(.subjectChanged(let message)): [messages.subject(message)]
        case .conversation(.whispered(let whisper)): [messages.whisper(whisper)]
        case .conversation(.declined(let sent)): [notices.declined(sent)]
        case .conversation(.invited): []
        case .governance(.configured(let change)): change.isFirst ? [] : notices.configured(change.changed)
        case .governance(.roleChanged(let change)), .governance(.affiliationChanged(let change)): ranked(change)
        }
    }

    // MARK: Entering

    /// Everybody, then oneself, then what was said, then the subject (GC-011), then what is to be known (GC-025).
    func welcome(_ arrival: Event.Arrival, others: [Template]) -> [Template] {
        var codes: [StatusCode] = []
        if room.settings.isOpen { codes.append(.jidsVisible) }
        if room.settings.isLoggedPublicly { codes.append(.loggingOn) }
        let own = presences.here(
            arrival.person, arrival.seat.presence.payload, codes: codes, answering: arrival.answering)
        let subject = room.subject.change.map { messages.subject($0, isHistory: true) } ?? messages.emptySubject
        return others + [own] + messages.history + [subject] + notices.warnings
    }

    // MARK: Coming and going

    private func write(_ happening: Event.Attendance) -> [Template] {
        switch happening {
        case .entered(let arrival), .resynced(let arrival):
            guard arrival.isFirst || arrival.changesShown else { return [] }
            return here(arrival.person) + (arrival.isFirst ? notices.entered(arrival.person.nick) : [])
        case .presenceChanged(let change):
            let isMine = presences.ownSeat == change.seat
            return change.changesShown || isMine ? here(change.person) : []
        case .renamed(let renaming): return renamed(renaming)
        case .left(let departure): return left(departure)
        }
    }

    /// The shown presence of somebody, who may have spoken on another seat than the shown one.
    private func here(_ person: Person) -> [Template] { [presences.here(room.person(person.id) ?? person)] }

    /// One goes and another comes, and only words say that they are one (GC-031, GC-051).
    private func renamed(_ renaming: Event.Renaming) -> [Template] {
        let person = room.person(renaming.person.id) ?? renaming.person
        let former = Person(
            id: person.id, jid: person.jid, nick: renaming.oldNick, affiliation: person.affiliation, role: person.role)
        let gone = presences.gone(former, role: person.role, codes: [.renamed]) { $0.nick = person.nick }
        let words = presences.ownSeat == nil ? notices.renamed(renaming.oldNick, to: person.nick) : []
        return [gone, presences.here(person)] + words
    }

    private func left(_ departure: Event.Departure) -> [Template] {
        let isLeaving = presences.ownSeat.map { own in departure.seats.contains { $0.id == own } }
        guard isLeaving ?? departure.isLast else {
            return departure.changesShown ? here(departure.person) : []
        }
        var person = departure.person
        if let seat = departure.seats.first(where: { $0.id == presences.ownSeat }) {
            person = Person(
                id: person.id, jid: seat.address, nick: person.nick, affiliation: person.affiliation,
                role: person.role)
        }
        let gone = presences.gone(person, codes: departure.cause.codes, payload: departure.payload) { item in
            let (actor, reason) = departure.cause.blame
            item.blame(actor, reason: reason, showsJID: view.seesJIDs && actor?.nick == nil)
        }
        if isLeaving == true { return [gone] + [notices.removal(departure)].compactMap { $0 } }
        return [gone] + notices.left(departure)
    }

    // MARK: Ranks

    private func ranked(_ change: Event.RankChange) -> [Template] {
        guard !change.removes, !change.isSilent, let person = change.person else { return [] }
        if presences.ownSeat != nil { return here(person) + notices.voice(change.formerRole, person.role) }
        let shown = room.settings.presenceBroadcast
        if shown.contains(person.role) { return here(person) }
        // others no longer see somebody of this role (MUC-139)
        guard let former = change.formerRole, shown.contains(former) else { return [] }
        return [presences.gone(person)] + notices.left(person.nick)
    }

    // MARK: The room

    private func write(_ happening: Event.Lifecycle) -> [Template] {
        switch happening {
        case .created, .unlocked: return []
        case .destroyed(let ending):
            guard let seat = ending.seats.first(where: { $0.id == presences.ownSeat }),
                let nick = ending.nicks[seat.participant], let destruction = ending.destruction
            else { return [] }
            return [presences.ended(nick: nick, destruction), notices.ended(destruction)]
        case .shutDown(let seats, let nicks):
            guard let seat = seats.first(where: { $0.id == presences.ownSeat }), let nick = nicks[seat.participant]
            else { return [] }
            let person = Person(
                id: seat.participant, jid: seat.address, nick: nick,
                affiliation: room.affiliations.affiliation(of: seat.address), role: .none)
            return [presences.gone(person, codes: [.shutDown]), notices.shutDown]
        }
    }
}

extension Event.Cause {
    /// The status codes of a removal (XEP-0045 §15.6.2).
    fileprivate var codes: [StatusCode] {
        switch self {
        case .own: []
        case .kicked, .missesFeature: [.kicked]
        case .banned: [.banned]
        case .lostMembership: [.lostMembership]
        case .becameMembersOnly: [.becameMembersOnly]
        case .technical: [.technical]
        }
    }

    /// Who removed somebody, and why. What a technical removal was for is the operator's to know.
    fileprivate var blame: (actor: Event.Actor?, reason: String?) {
        switch self {
        case .kicked(let actor, let reason), .banned(let actor, let reason), .lostMembership(let actor, let reason):
            (actor, reason)
        case .missesFeature(let feature):
            (nil, "This room requires a feature that your client does not have: \(feature)")
        case .own, .becameMembersOnly, .technical: (nil, nil)
        }
    }
}
