// Taking a seat: the checks of XEP-0045 §7.2 in their order, and what a further seat of somebody present means.

import XMPP

extension Room {
    /// Decides on an entry; creates the room where the entry may.
    func decide(_ entry: Entry, _ context: Context) throws(Refusal) -> [Event] {
        var entry = entry
        entry.nick = try nicknames.prepare(entry.nick, context.limits)
        if state == .absent { return try create(for: entry, context) }
        let key = entry.password.map { DoorKey.password($0) }
        if isHidden(from: Requester(jid: entry.address), bearing: key, at: context.now) {
            try checkCreation(for: entry, context)  // whoever may make no rooms cannot tell this name from others
            throw .roomMissing
        }
        if let seat = seating[address: entry.address] {
            if seat.kind == .visit { return try reenter(seat, entry, context) }
            return try changeOver(seat, entry, context)
        }
        try admit(entry, context)
        var draft = Draft(self)
        draft.takeIn(entry.address)
        draft.add(.attendance(.entered(try draft.room.arrival(entry, context))))
        return draft.events
    }

    /// A client that listened as a member's enters as a visitor: it speaks another dialect from now on.
    private func changeOver(_ seat: Seat, _ entry: Entry, _ context: Context) throws(Refusal) -> [Event] {
        var draft = Draft(self)
        draft.add(quit(seat, payload: [], context))
        try draft.room.admit(entry, context)
        draft.add(.attendance(.entered(try draft.room.arrival(entry, context))))
        return draft.events
    }

    /// A seated address enters again: a full resynchronisation (MUC-089), renamed first if it asks for another nick
    /// (MUC-090).
    private func reenter(_ seat: Seat, _ entry: Entry, _ context: Context) throws(Refusal) -> [Event] {
        guard affiliations.affiliation(of: entry.address) != .outcast else { throw .banned }
        var draft = Draft(self)
        if roster[seat.participant]?.nick != entry.nick {
            draft.add(try rename(seat.id, to: entry.nick, context))
        }
        draft.add(
            try draft.room.resync(
                seat.id, dialect: entry.dialect, entry.history, entry.presence, answering: entry.answering, context))
        return draft.events
    }

    private func checkCreation(for entry: Entry, _ context: Context) throws(Refusal) {
        if let tombstone, tombstone.keepsOut(entry.address, at: context.now) {
            throw .gone(alternate: tombstone.alternate)
        }
        guard entry.creation != .never else { throw .roomMissing }
        guard Lobby.allows(name: name.local) else { throw .nameUnwanted }
        guard context.mayCreate else { throw context.offersCreation ? .creationForbidden : .creationNotOffered }
    }

    private func create(for entry: Entry, _ context: Context) throws(Refusal) -> [Event] {
        try checkCreation(for: entry, context)
        var draft = Draft(self)
        draft.add(.lifecycle(.created(try founding(for: entry, context))))
        var wish = entry
        wish.history = HistoryRequest()
        draft.add(.attendance(.entered(try draft.room.arrival(wish, context, created: true))))
        return draft.events
    }

    /// The birth of a room; a password in the founding entry becomes the room's (MUC-297).
    private func founding(for entry: Entry, _ context: Context) throws(Refusal) -> Event.Creation {
        var settings = context.defaults
        if let password = entry.password {
            guard Setting.password.allows(.text(password)) else { throw .invalidSetting(.password) }
            if !password.isEmpty { settings[.password] = .text(password) }
        }
        let locks = entry.creation == .locked && context.locksNewRooms
        return Event.Creation(
            stamp: nextStamp(context), secret: RoomSecret(context.randomBytes(RoomSecret.length)),
            owner: entry.address.bare, isLocked: locks, settings: settings,
            opensAt: locks ? context.now + .seconds(context.limits.lockedSeconds) : nil)
    }

    /// The checks for somebody who has no seat, in the order of MUC-093 … MUC-105.
    private func admit(_ entry: Entry, _ context: Context) throws(Refusal) {
        let affiliation = affiliations.affiliation(of: entry.address)
        let present = roster[jid: entry.address]
        let held = present?.nick ?? memberNick(of: entry.address)
        if case .locked = state, affiliation != .owner { throw .locked }
        guard affiliation != .outcast else { throw .banned }
        let isMember = enrolments[jid: entry.address]?.isParticipant == true
        if settings.isMembersOnly, affiliation == .none, !isMember { throw .membersOnly }
        if let password = settings.password, !isMember, !Self.equal(password, entry.password ?? "") {
            throw .passwordRequired
        }
        // Not in the table of MUC-093 … MUC-105: a rule of the room, so it goes before the nick (GC-023).
        let missing = settings.requiredFeatures.filter { !entry.features.contains($0) }
        guard missing.isEmpty else { throw .missingFeatures(missing) }
        if let held, entry.tolerance == .exactly, held != entry.nick { throw .nickHeld }
        if let present {
            guard seating.seats(of: present.id).count < context.limits.seatsPerParticipant else {
                throw .tooMany(limit: "seatsPerParticipant")
            }
            return
        }
        if held == nil, settings.nicksLocked, let reserved = reservedNick(for: entry.address), reserved != entry.nick {
            guard entry.tolerance == .orHeld else { throw .nickHeld }  // MUC-101: else let in under the reserved one
        } else if held == nil {
            try nicknames.check(entry.nick, for: entry.address, in: self, context.registry)
        }
        let maximum = min(settings.maxOccupants ?? context.limits.occupants, context.limits.occupants)
        let reserve = affiliation >= .admin ? context.limits.occupantReserve : 0
        guard roster.count < maximum + reserve else { throw .full }
    }

    private func arrival(_ entry: Entry, _ context: Context, created: Bool = false) throws(Refusal) -> Event.Arrival {
        guard Conversation.bytes(of: entry.presence.payload) <= context.limits.presenceBytes else {
            throw .tooLarge(limit: "presenceBytes")
        }
        let present = roster[jid: entry.address]
        let affiliation = affiliations.affiliation(of: entry.address)
        let held = present?.nick ?? memberNick(of: entry.address)
        var nick = held ?? entry.nick
        if held == nil, settings.nicksLocked, let reserved = reservedNick(for: entry.address) { nick = reserved }
        let id = present?.id ?? participantID(of: entry.address)
        let person = Person(
            id: id, jid: entry.address, nick: nick, affiliation: affiliation,
            role: present?.role ?? entryRole(of: entry.address, as: affiliation))
        let seat = Seat(
            id: seating.nextID, participant: id, address: entry.address, domain: entry.domain, dialect: entry.dialect,
            presence: entry.presence, language: entry.language)
        return Event.Arrival(
            person: person, seat: seat, isFirst: present == nil,
            changesShown: present != nil && seating.wouldShow(entry.presence, on: seat.id, of: id),
            created: created, nickAssigned: nick != entry.nick, history: entry.history, answering: entry.answering,
            time: context.now)
    }

    /// The nick of somebody who joined: there is one for all its clients, whatever they speak (rule T-33).
    func memberNick(of jid: JID) -> String? {
        enrolments[jid: jid].flatMap { $0.isParticipant ? $0.nick : nil }
    }

    func reservedNick(for jid: JID) -> String? { nicknames.reserved(for: jid, in: self) }

    func resync(
        _ id: SeatID, dialect: DialectID, _ history: HistoryRequest, _ presence: SeatPresence, answering: String?,
        _ context: Context
    ) throws(Refusal) -> [Event] {
        guard var seat = seating[id], let person = person(at: id) else { throw .notSeated }
        guard Conversation.bytes(of: presence.payload) <= context.limits.presenceBytes else {
            throw .tooLarge(limit: "presenceBytes")
        }
        let differs = seat.presence.payload != presence.payload || seat.presence.priority != presence.priority
        seat.dialect = dialect
        seat.presence = presence
        let shows = differs && seating.wouldShow(presence, on: id, of: seat.participant)
        return [
            .attendance(
                .resynced(
                    Event.Arrival(
                        person: person, seat: seat, isFirst: false, changesShown: shows, created: false,
                        nickAssigned: false, history: history, answering: answering, time: context.now)))
        ]
    }

    /// Compares in time that depends on the lengths only (MUC-099).
    static func equal(_ left: String, _ right: String) -> Bool {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        var difference = left.count ^ right.count
        for (index, byte) in left.enumerated() {
            difference |= Int(byte ^ (index < right.count ? right[index] : ~byte))
        }
        return difference == 0
    }
}
