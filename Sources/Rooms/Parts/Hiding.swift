// Rooms that are there for those who were let in, and for nobody else.

public import XMPP

/// What somebody bears who was let in without being on any list.
public enum DoorKey: Sendable, Equatable {
    case invitation(ChannelInvitation)
    case password(String)
}

extension Room {
    /// Whether a requester is to meet no room here: in one that nobody finds, whoever is not inside, has no rank and
    /// bears no key that fits (XEP-0369 §7.3.3; rules mix-0.2.1 O-24, mix-current O-27).
    public func isHidden(
        from requester: Requester, bearing key: @autoclosure () -> DoorKey? = nil, at now: Moment
    ) -> Bool {
        guard settings.isAdHoc, state != .absent, permissions.rank(of: requester) <= .none else { return false }
        // whoever subscribed and did not join hears of it as well
        guard participant(jid: requester.jid) == nil, enrolments[jid: requester.jid] == nil else { return false }
        return switch key() {
        case nil: true
        case .invitation(let invitation): (try? token(in: invitation, for: requester.jid, at: now)) == nil
        case .password(let word): settings.password.map { !Self.equal($0, word) } ?? true
        }
    }

    /// What somebody meets in the place of a room that is hidden from it.
    public var absence: Room { Room(name: name, limits: limits) }

    /// Says what a requester's command would do, or why not; from whom the room is hidden it answers as if it were not
    /// there.
    public func decide(
        _ command: Command, by requester: Requester, in context: Context
    ) throws(Refusal) -> [Event] {
        switch command {
        // these may bring a key, or find the name taken
        case .enter, .found, .membership(.join): break
        default: guard !isHidden(from: requester, at: context.now) else { throw .roomMissing }
        }
        return try decide(command, in: context)
    }
}

extension Draft {
    /// From whom a room is hidden hears nothing of it and is not seen in it, whatever was before.
    mutating func dismissStrangers(_ context: Context) {
        guard !isOver, room.settings.isAdHoc else { return }
        let (former, affiliations) = (room, room.affiliations)
        for enrolment in room.enrolments.all.sorted(by: { $0.jid < $1.jid })
        where affiliations.affiliation(of: enrolment.jid) <= .none && former.participant(jid: enrolment.jid) == nil {
            add(room.withdraw(enrolment, .technical("nobody finds this room from now on"), context))
        }
        let hidden = room
        dismissOnlookers { hidden.isHidden(from: Requester(jid: $0.seat.address), at: context.now) }
        endIfEmpty(context)
    }
}
