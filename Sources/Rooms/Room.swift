// The whole state of one group chat: it decides, then it applies; it never performs.

public import XMPP

/// One group chat as a value: no clock, no chance, no input or output of its own (law 1).
///
/// `decide` is pure and says what would happen; `apply` makes it so and cannot fail. The owner of a room decides and
/// applies; recovery and replicas only apply.
public struct Room: Sendable {
    /// Where a room is in its life.
    public enum State: Sendable, Equatable {
        /// Nobody made it yet, or it is gone.
        case absent
        /// Waits for its owner's configuration; opens by itself at the given time (XEP-0045 §10.1.1).
        case locked(until: Moment)
        case open
    }

    public let name: RoomName
    public internal(set) var state: State = .absent
    public internal(set) var secret = RoomSecret([UInt8](repeating: 0, count: RoomSecret.length))
    public internal(set) var settings = Settings()
    public internal(set) var affiliations = Affiliations()
    public internal(set) var roster = Roster()
    public internal(set) var seating = Seating()
    public internal(set) var nicknames = Nicknames()
    public internal(set) var subject = Subject()
    public internal(set) var conversation = Conversation()
    public internal(set) var invitations = Invitations()
    public internal(set) var applications = Applications()
    public internal(set) var letters = Letters()
    public internal(set) var voices = Voices()
    public internal(set) var voiceRequests = VoiceRequests()
    public internal(set) var acquaintances = Acquaintances()
    public internal(set) var enrolments = Enrolments()
    /// Where accounts of other servers hear, of those of whom more is known than that their server asked for them.
    public internal(set) var farPlaces: [ParticipantID: Places] = [:]
    public internal(set) var invitationTokens = InvitationTokens()
    public internal(set) var chronicle = Chronicle()
    public internal(set) var library = NodeLibrary()
    public internal(set) var onlookers = Onlookers()
    /// What is left of the room that had this name before; only while there is none.
    public internal(set) var tombstone: Tombstone?
    /// The position of the newest kept event; 0 before the first.
    public internal(set) var head: UInt64 = 0
    /// The time of that event.
    public internal(set) var lastTime = Moment(milliseconds: 0)
    /// How many events archive readers can see.
    public internal(set) var archivedCount: UInt64 = 0
    /// The limits that `apply` needs for what it keeps in memory.
    public let limits: RoomLimits

    /// A room that is not there yet.
    public init(name: RoomName, limits: RoomLimits = RoomLimits()) {
        self.name = name
        self.limits = limits
    }

    /// The one table of who may do what.
    public var permissions: Permissions { Permissions(room: self) }

    /// When `Command.deadlineReached` is due; nil: no deadline.
    ///
    /// A temporary room ends with its last guest; one that lost its guests with a restart waits for them a little.
    public var nextDeadline: Moment? {
        switch state {
        case .absent: nil
        case .locked(let until): until
        case .open:
            [
                settings.endOfLife,
                settings.isPersistent || isInhabited ? nil : lastTime + .seconds(limits.emptySeconds),
            ].compactMap(\.self).min()
        }
    }

    /// Whether anybody is here, or comes back: then a temporary room stays (rule T-12).
    var isInhabited: Bool { roster.count > 0 || !enrolments.isEmpty }

    /// Says what the command would do, or why not. Changes nothing.
    public func decide(_ command: Command, in context: Context) throws(Refusal) -> [Event] {
        if case .enter(let entry) = command { return try decide(entry, context) }
        if case .found(let requester, let wish) = command { return try found(by: requester, wish, context) }
        guard state != .absent else { throw .roomMissing }
        switch command {
        case .enter, .found: return []  // decided above, because they may create the room
        case .resync(let seat, let dialect, let history, let presence, let answering):
            return try resync(seat, dialect: dialect, history, presence, answering: answering, context)
        case .updatePresence(let seat, let presence): return try updatePresence(seat, presence, context)
        case .rename(let seat, let nick): return try rename(seat, to: nick, context)
        case .leave(let seat, let payload): return try leave(seat, .own, payload: payload, context)
        case .remove(let seat, let reason): return try leave(seat, .technical(reason), payload: [], context)
        case .say(let seat, let words): return try conversation.say(words, at: seat, in: self, context)
        case .whisper(let seat, let target, let words):
            return try conversation.whisper(words, to: target, at: seat, in: self, context)
        case .setSubject(let seat, let words): return try subject.set(words, at: seat, in: self, context)
        case .setRoles(let changes, let requester): return try setRoles(changes, by: requester, context)
        case .setAffiliations(let changes, let requester):
            return try affiliations.decide(changes, by: requester, in: self, context)
        case .clearAffiliations(let affiliation, let requester):
            return try clear(affiliation, by: requester, context)
        case .requestVoice(let seat): return try requestVoice(seat, context)
        case .answerVoiceRequest(let jid, let grants, let requester):
            return try answerVoiceRequest(of: jid, grants: grants, by: requester, context)
        case .register(let nick, let requester): return try register(nick, by: requester, context)
        case .answerRegistration(let jid, let grants, let requester):
            return try answerRegistration(of: jid, grants: grants, by: requester, context)
        case .unregister(let requester): return try unregister(by: requester, context)
        case .invite(let invitation, let requester): return try invite(invitation, by: requester, context)
        case .giveBack(let id, let jid, let isInvitation, let error):
            return giveBack(id, from: jid, isInvitation: isInvitation, error)
        case .decline(let decline, let jid): return self.decline(decline, by: jid, context)
        case .configure(let wish, let requester): return try configure(wish, by: requester, context)
        case .abandon(let requester): return try abandon(by: requester, context)
        case .destroy(let wish, let requester): return try destroy(wish, by: requester, context)
        case .membership(let request): return try decide(request, context)
        case .retract(let wish): return try retract(wish, context)
        case .library(let request): return try decide(request, context)
        case .deadlineReached: return deadlineReached(context)
        case .shutDown: return seating.isEmpty ? [] : [.lifecycle(.shutDown(seating.all, nicks: roster.nicks))]
        }
    }

    /// The rules as a change left them, of which it names its own only: for showing that change later.
    public mutating func settings(asOf change: Event.Reconfiguration) {
        for (setting, value) in change.changed { settings[setting] = value }
    }

    /// Makes what happened so. Total: never fails, whatever the state.
    public mutating func apply(_ event: Event) {
        if let stamp = event.stamp { (head, lastTime) = (stamp.seq, stamp.time) }
        if event.isArchived { archivedCount += 1 }
        chronicle.note(event)
        switch event {
        case .lifecycle(let happening): apply(happening)
        case .attendance(let happening): apply(happening)
        case .membership(let happening): apply(happening)
        case .library(let happening):
            library.apply(happening)
            // its place may be another's tomorrow
            if case .dropped(let making) = happening { enrolments.forget(making.topic) }
        case .conversation(.retracted(let retraction)): conversation.apply(retraction)
        case .conversation(.said(let message)): conversation.apply(message, limits)
        case .conversation(.subjectChanged(let message)): subject.apply(message)
        case .conversation(.invited(let sent)):
            invitations.note(sent.invitee, at: sent.time, limits)
            carry(sent.invitation.id, from: sent.inviter.jid, to: sent.invitee, isInvitation: true)
        case .conversation(.voiceRequested(let request)):
            voiceRequests.note(request.person.jid, at: request.time, limits)
        case .conversation(.whispered(let whisper)):
            guard let target = participant(whisper.to) else { return }
            carry(whisper.utterance.id, from: whisper.from.jid, to: target.jid, isInvitation: false)
        case .conversation(.registrationRequested(let request)): applications.note(request, limits)
        case .conversation(.returned(let returned)): letters.forget(returned)
        case .conversation(.declined): break
        case .governance(.roleChanged(let change)): applyRole(change)
        case .governance(.affiliationChanged(let change)):
            affiliations.apply(change)
            if !change.isSilent { voices.forget(affectedBy: change.jid) }
            applications.forget(change.jid)
            if !change.removes { applyRole(change) }
        case .governance(.configured(let change)):
            for (setting, value) in change.changed { settings[setting] = value }
            if !settings.isModerated { voices.forgetAll() }
        }
    }

    private mutating func carry(_ id: String?, from sender: JID, to addressee: JID, isInvitation: Bool) {
        guard let id, sender.bare != addressee.bare else { return }
        let letter = Letters.Letter(
            id: id, sender: sender.bare, addressee: addressee.bare, isInvitation: isInvitation)
        letters.note(letter, limits)
    }

    private mutating func remember(_ seat: Seat, at time: Moment) {
        acquaintances.note(seat.address, seat.dialect, at: time, limits)
    }

    private mutating func applyRole(_ change: Event.RankChange) {
        if let person = change.person { roster.setRole(person.id, person.role) }
    }

    private mutating func apply(_ happening: Event.Lifecycle) {
        switch happening {
        case .created(let creation):
            tombstone = nil
            secret = creation.secret
            settings = creation.settings
            affiliations.found(owner: creation.owner)
            state = creation.opensAt.map { .locked(until: $0) } ?? .open
        case .unlocked: state = .open
        case .destroyed(let ending):
            var next = Room(name: name, limits: limits)
            next.tombstone = ending.tombstone
            next.seating.continueNumbering(after: seating)
            self = next
        case .shutDown:
            seating.clear()
            onlookers.clear()
            roster = Roster()
            takeNicksOfMembers()
        }
    }

    /// The nicks of those who are away are theirs as well.
    mutating func takeNicksOfMembers() {
        nicknames.clear()
        for enrolment in enrolments.all { if let nick = enrolment.nick { nicknames.take(nick, by: enrolment.id) } }
    }

    private mutating func apply(_ happening: Event.Attendance) {
        switch happening {
        case .entered(let arrival):
            if arrival.isFirst {
                roster.seat(arrival.person)
                nicknames.take(arrival.person.nick, by: arrival.person.id)
            }
            if seating[arrival.seat.id] == nil { seating.take(arrival.seat) } else { seating.appear(arrival.seat) }
            remember(arrival.seat, at: arrival.time)
        case .resynced(let arrival):
            seating.setDialect(arrival.seat.dialect, of: arrival.seat.id)
            remember(arrival.seat, at: arrival.time)
            if seating[arrival.seat.id]?.presence.payload != arrival.seat.presence.payload
                || seating[arrival.seat.id]?.presence.priority != arrival.seat.presence.priority
            {
                seating.setPresence(arrival.seat.presence, of: arrival.seat.id)
            }
        case .presenceChanged(let change):
            // what is only shown again is no newer than it was (T-17)
            if !change.changesSight { seating.setPresence(change.presence, of: change.seat) }
        case .visibilityChanged: break
        case .renamed(let renaming):
            nicknames.release(renaming.oldNick, of: renaming.person.id)
            nicknames.take(renaming.person.nick, by: renaming.person.id)
            roster.rename(renaming.person.id, to: renaming.person.nick)
            enrolments.rename(renaming.person.id, to: renaming.person.nick)
        case .left(let departure):
            for seat in departure.seats {
                if seat.kind == .listener { seating.vanish(seat.id) } else { seating.leave(seat.id) }
                remember(seat, at: departure.time)
            }
            rememberVoice(of: departure)
            guard departure.isLast else { return }
            if enrolments[departure.person.id]?.nick == nil {
                nicknames.release(departure.person.nick, of: departure.person.id)
            }
            roster.remove(departure.person.id)
        }
    }
}
