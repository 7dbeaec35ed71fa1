// Whom an event reaches; the host keeps the same answer as a plan and is compared with this one in tests.

import XMPP

/// Whom an event reaches, besides the participant's own seats where a dialect tells them something else.
public enum Reach: Sendable, Equatable {
    case everybody
    /// Only readers whose role is moderator.
    case moderators
    case participant(ParticipantID)
    /// These seats. At the end of a room or service each reads of itself: its view is `.own`.
    case seats([Seat])
    /// Readers who know every session of a participant apart; others see nothing new.
    case sessions
    case nobody
}

extension Room {
    /// Whom `event` reaches, the state being that after the event.
    public func reach(of event: Event) -> Reach {
        switch event {
        case .lifecycle(.destroyed(let ending)): .seats(ending.seats)
        case .lifecycle(.shutDown(let seats, _)): .seats(seats)
        case .lifecycle: .nobody
        case .attendance(.entered(let arrival)), .attendance(.resynced(let arrival)):
            arrival.isFirst || arrival.changesShown ? broadcast(arrival.person) : sessions(arrival.person)
        case .attendance(.presenceChanged(let change)):
            change.changesShown ? broadcast(change.person) : sessions(change.person)
        case .attendance(.visibilityChanged): .everybody
        case .attendance(.renamed(let renaming)):
            // to a room whoever is away is nobody (X-20, T-02)
            roster[renaming.person.id] == nil ? .sessions : broadcast(renaming.person)
        case .attendance(.left(let departure)): reach(of: departure)
        case .conversation(.said), .conversation(.subjectChanged), .conversation(.retracted): .everybody
        case .membership(.listening(let listening)): .participant(listening.seat.participant)
        case .membership(.deafened), .membership(.placed), .membership(.retuned), .membership(.invited): .nobody
        case .membership(.sighted), .membership(.vanished): .sessions
        case .membership, .library: .everybody
        case .conversation(.whispered(let whisper)): .participant(whisper.to)
        case .conversation(.invited): .nobody
        case .conversation(.registrationRequested): .seats(adminSeats)
        case .conversation(.returned(let returned)): .participant(returned.to)
        case .conversation(.declined(let sent)): declineReach(sent)
        case .conversation(.voiceRequested): .moderators
        case .governance(.configured(let change)): change.isFirst ? .nobody : .everybody
        case .governance(.roleChanged(let change)): reach(of: change)
        case .governance(.affiliationChanged(let change)): change.isSilent ? .nobody : reach(of: change)
        }
    }

    /// Roles that are not broadcast are told to nobody else (MUC-138).
    private func broadcast(_ person: Person) -> Reach {
        settings.presenceBroadcast.contains(person.role) ? .everybody : .participant(person.id)
    }

    private func sessions(_ person: Person) -> Reach {
        enrolments.isEmpty || !settings.presenceBroadcast.contains(person.role) ? .nobody : .sessions
    }

    /// That somebody was removed whom the others do not see is for the moderators to know (MUC-141).
    private func reach(of departure: Event.Departure) -> Reach {
        let isSeen = settings.presenceBroadcast.contains(departure.person.role)
        if !isSeen, departure.isLast, departure.cause != .own { return .moderators }
        return departure.isLast || departure.changesShown
            ? broadcast(departure.person) : sessions(departure.person)
    }

    private func reach(of change: Event.RankChange) -> Reach {
        // what takes somebody out says so there; lists that are read by themselves change here
        if change.removes { return enrolments.isEmpty ? .nobody : .sessions }
        guard let person = change.person else { return settings.isOpen ? .everybody : .moderators }
        let visible = settings.presenceBroadcast
        if visible.contains(person.role) || (change.formerRole.map(visible.contains) ?? false) { return .everybody }
        return .participant(person.id)
    }

    private func declineReach(_ sent: Event.DeclineSent) -> Reach {
        switch sent.to {
        case .nick(let nick): occupant(nick).map { .participant($0.id) } ?? .nobody
        case .jid(let jid):
            if jid.resource == nil {
                participant(jid: jid).map { .participant($0.id) } ?? .nobody
            } else {
                seating[address: jid].map { .seats([$0]) } ?? .nobody
            }
        }
    }

    /// The participant whom the event is about: its own seats may read something else.
    public func subject(of event: Event) -> ParticipantID? {
        switch event {
        case .attendance(.entered(let arrival)), .attendance(.resynced(let arrival)): arrival.person.id
        case .attendance(.presenceChanged(let change)): change.person.id
        case .attendance(.visibilityChanged(let change)): change.person.id
        case .attendance(.renamed(let renaming)): renaming.person.id
        case .attendance(.left(let departure)): departure.person.id
        case .governance(.roleChanged(let change)), .governance(.affiliationChanged(let change)): change.person?.id
        case .membership(let happening): subject(of: happening)
        default: nil
        }
    }

    private func subject(of happening: Event.Membership) -> ParticipantID? {
        switch happening {
        case .joined(let joining): joining.enrolment.id
        case .changed(let change): change.enrolment.id
        case .withdrawn(let withdrawal): withdrawal.enrolment.id
        case .listening(let listening): listening.seat.participant
        case .deafened(let seat): seat.participant
        case .placed(let placing): placing.id
        case .retuned(_, let id, _): id
        case .invited, .sighted, .vanished: nil
        }
    }

    /// Who says what `event` tells: its own places may read that otherwise.
    public func speaker(of event: Event) -> ParticipantID? {
        switch event {
        case .conversation(.said(let message)), .conversation(.subjectChanged(let message)): message.speaker.id
        case .conversation(.retracted(let retraction)): retraction.by.id
        default: nil
        }
    }
}
