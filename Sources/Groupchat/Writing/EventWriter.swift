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
        let address = RoomAddress(room, view.domain)
        presences = PresenceWriter(room: room, view: view, address: address)
        messages = MessageWriter(room: room, view: view, address: address)
        notices = NoticeWriter(room: room, view: view, address: address)
    }

    func write(_ event: Event) -> [Template] {
        switch event {
        case .lifecycle(let happening): write(happening)
        case .attendance(let happening): write(happening)
        case .conversation(.said(let message)): messages.said(message).map { [$0] } ?? []
        case .conversation(.subjectChanged(let message)): [messages.subject(message)]
        case .conversation(.whispered(let whisper)): [messages.whisper(whisper)]
        case .conversation(.returned(let returned)): [ReturnedWriter(room, view.domain).returned(returned)]
        case .conversation(.declined(let sent)): [notices.declined(sent)]
        // nobody in 1999 could take back a word (XD-161), and nobody joined who was not there (XD-011)
        case .conversation(.retracted), .membership, .library: []
        case .conversation(.invited), .conversation(.voiceRequested), .conversation(.registrationRequested): []
        case .governance(.configured(let change)): change.isFirst ? [] : notices.configured(change.changed)
        case .governance(.roleChanged(let change)), .governance(.affiliationChanged(let change)): ranked(change)
        }
    }

    // MARK: Entering

    /// Everybody, then oneself, then what was said, then the subject (GC-011), then what is to be known (GC-025).
    func welcome(_ arrival: Event.Arrival, others: [Template]) -> [Template] {
        var codes: Set<StatusCode> = []
        if room.settings.isOpen { codes.insert(.jidsVisible) }
        if room.settings.isLoggedPublicly { codes.insert(.loggingOn) }
        let own = presences.here(
            arrival.person, arrival.seat.presence.payload, codes: codes, answering: arrival.answering)
        let subject = room.subject.change.map { messages.subject($0, isHistory: true) } ?? messages.emptySubject
        return others + [own] + messages.history + [subject] + notices.warnings
    }

    /// Somebody present, as newcomers see it.
    func shown(_ id: ParticipantID) -> Template? { presences.shown(id) }

    // MARK: Coming and going

    private func write(_ happening: Event.Attendance) -> [Template] {
        switch happening {
        case .entered(let arrival), .resynced(let arrival):
            guard arrival.isFirst || arrival.changesShown else { return [] }
            return here(arrival.person) + (arrival.isFirst ? notices.entered(arrival.person.nick) : [])
        case .presenceChanged(let change):
            let isMine = presences.ownSeat == change.seat
            return change.changesShown || isMine ? here(change.person) : []
        case .visibilityChanged(let change): return change.isShown ? appears(change.person) : vanishes(change.person)
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
        let gone = presences.gone(former, role: person.role, codes: [.renamed]) { $0.item?.nick = person.nick }
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
        let gone = presences.gone(person) { presence in
            presence.payload = departure.payload
            presence.mark(departure.cause, in: room)
        }
        if isLeaving == true { return [gone] + [notices.removal(departure)].compactMap { $0 } }
        return [gone] + notices.left(departure)
    }

    // MARK: Ranks

    private func ranked(_ change: Event.RankChange) -> [Template] {
        guard !change.removes, !change.isSilent, let person = change.person else { return [] }
        if presences.ownSeat != nil { return here(person) + notices.voice(change.formerRole, person.role) }
        // the role may cross the edge of what the room broadcasts (MUC-139)
        let shown = room.settings.presenceBroadcast
        let wasShown = change.formerRole.map(shown.contains) ?? false
        if shown.contains(person.role) { return wasShown ? here(person) : appears(person) }
        return wasShown ? vanishes(person) : []
    }

    /// Others see somebody who was here before; who it is knows nothing of it (MUC-139, MUC-140).
    private func appears(_ person: Person) -> [Template] {
        here(person) + (presences.ownSeat == nil ? notices.entered(person.nick) : [])
    }

    /// Others no longer see somebody who stays.
    private func vanishes(_ person: Person) -> [Template] {
        presences.ownSeat == nil ? [presences.gone(person)] + notices.left(person.nick) : here(person)
    }

    // MARK: The room

    private func write(_ happening: Event.Lifecycle) -> [Template] {
        switch happening {
        case .created, .unlocked: return []
        case .destroyed(let ending):
            guard let seat = ending.seats.first(where: { $0.id == presences.ownSeat }),
                let nick = room.roster[seat.participant]?.nick, let destruction = ending.destruction
            else { return [] }
            let farewell = presences.ended(nick: nick, destruction)
            return [farewell, notices.ended(destruction)]
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
