// Changing the rules of a room, and what follows for those inside; opening and ending it.

import XMPP

extension Room {
    func configure(_ wish: Configuration, by requester: Requester, _ context: Context) throws(Refusal) -> [Event] {
        try permissions.checkConfiguring(wish, by: requester)
        for setting in Setting.allCases {
            if let value = wish.settings[setting], !setting.allows(value) { throw .invalidSetting(setting) }
        }
        let changed = wish.settings.filter { settings[$0.key] != $0.value }
        let actor = actor(requester) ?? Event.Actor(nick: nil, jid: requester.jid.bare)
        let lists = try listChanges(wish, context.limits)
        var isFirst = false
        if case .locked = state { isFirst = true }
        var draft = Draft(self)
        draft.dismissUnwilling(changed[.whois], context)
        if !changed.isEmpty {
            let event = Event.Reconfiguration(
                stamp: draft.room.nextStamp(context), changed: changed, isFirst: isFirst, by: actor,
                removedNodes: settings.nodes.subtracting(settings.with(changed).nodes), isContinued: !lists.isEmpty)
            draft.add(.governance(.configured(event)))
        }
        if isFirst { draft.add(.lifecycle(.unlocked(draft.room.nextStamp(context)))) }
        for (index, (jid, change)) in lists.enumerated() {
            draft.give(change, to: jid, by: actor, isContinued: index < lists.count - 1, context)
        }
        draft.follow(changed, since: settings, context)
        return draft.events
    }

    /// The full lists of owners and admins, as differences from what is stored (MUC-313).
    private func listChanges(
        _ wish: Configuration, _ limits: RoomLimits
    ) throws(Refusal) -> [(JID, AffiliationChange)] {
        guard wish.owners != nil || wish.admins != nil else { return [] }
        let owners = Set(wish.owners?.map(\.bare) ?? affiliations.list(.owner))
        let admins = Set(wish.admins?.map(\.bare) ?? affiliations.list(.admin)).subtracting(owners)
        let demoted = (affiliations.list(.owner) + affiliations.list(.admin)).filter {
            !owners.contains($0) && !admins.contains($0)
        }
        let wanted =
            owners.sorted().map { ($0, Affiliation.owner) } + admins.sorted().map { ($0, Affiliation.admin) }
            + demoted.map { ($0, Affiliation.none) }
        var after = affiliations
        var changes: [(JID, AffiliationChange)] = []
        for (jid, affiliation) in wanted where affiliations.listed(jid) != affiliation {
            let change = AffiliationChange(target: .jid(jid), affiliation: affiliation)
            after.set(jid, change)
            changes.append((jid, change))
        }
        guard changes.count <= limits.changesPerRequest else { throw .tooMany(limit: "changesPerRequest") }
        try after.check(replacing: affiliations, limits)
        return changes
    }

    /// Everybody present, sorted by address so that replays and transcripts agree.
    var everybody: [Participant] { roster.all.sorted { $0.jid < $1.jid } }

    func destroy(_ wish: Destruction, by requester: Requester, _ context: Context) throws(Refusal) -> [Event] {
        guard permissions.rank(of: requester) == .owner else { throw .forbidden }
        guard (wish.reason?.utf8.count ?? 0) <= context.limits.reasonBytes else {
            throw .tooLarge(limit: "reasonBytes")
        }
        if let password = wish.password, !Setting.password.allows(.text(password)) {
            throw .invalidSetting(.password)
        }
        return [.lifecycle(.destroyed(ending(by: wish, context)))]
    }

    private func ending(by wish: Destruction, _ context: Context) -> Event.Ending {
        Event.Ending(
            stamp: nextStamp(context), destruction: wish, seats: seating.all.filter(\.listens),
            tombstone: tombstone(for: wish, context), enrolments: Array(enrolments.all))
    }

    /// Nobody misses a room that was temporary, or that never opened.
    private func tombstone(for wish: Destruction, _ context: Context) -> Tombstone? {
        guard case .open = state, settings.isPersistent, context.limits.tombstoneDays > 0 else { return nil }
        return Tombstone(
            until: context.now + .seconds(context.limits.tombstoneDays * 86_400), alternate: wish.alternate,
            owners: affiliations.owners)
    }

    /// Cancelling the first configuration gives the room up; cancelling a later one changes nothing (MUC-304, MUC-312).
    func abandon(by requester: Requester, _ context: Context) throws(Refusal) -> [Event] {
        guard permissions.rank(of: requester) == .owner else { throw .forbidden }
        guard case .locked = state else { return [] }
        return try destroy(Destruction(), by: requester, context)
    }

    /// The time of `nextDeadline` has come: a room that waits for its owner opens with the settings it has
    /// (MUC-305), and one that nobody is in, and that would have ended with its last guest, ends.
    func deadlineReached(_ context: Context) -> [Event] {
        guard let deadline = nextDeadline, deadline <= context.now else { return [] }
        if let end = settings.endOfLife, end <= context.now, state == .open {
            return [.lifecycle(.destroyed(ending(by: Destruction(), context)))]
        }
        if !isInhabited { return [vanish(context)] }
        return [.lifecycle(.unlocked(nextStamp(context)))]
    }
}

extension Draft {
    /// An owner who talks in a new room, or invites into it, has taken it as it is, form or no form: there are clients
    /// that never send one, and whoever is invited must not find the door shut (MUC-206, MUC-299, decision 0021).
    mutating func takeAsItIs(_ context: Context) {
        guard case .locked = room.state else { return }
        add(.lifecycle(.unlocked(room.nextStamp(context))))
    }

    /// What new rules mean for those inside: removals and roles (MUC-314, MUC-319, MUC-320, GC-070). Who is seen goes
    /// first, so that removals and roles are told to those who know of whom they are told.
    mutating func follow(_ changed: [Setting: SettingValue], since former: Settings, _ context: Context) {
        if changed[.presenceBroadcast] != nil { showAndHide(former.presenceBroadcast) }
        if changed[.isMembersOnly] == .flag(true) {
            for participant in room.everybody
            where room.affiliations.affiliation(of: participant.jid) == .none
                && room.enrolments[participant.id]?.isParticipant != true
            {
                add(room.remove(participant.id, .becameMembersOnly, context))
            }
        }
        if changed[.isModerated] == .flag(false) {
            for participant in room.everybody where participant.role == .visitor {
                setRole(of: participant, to: .participant, by: nil, reason: nil, context)
            }
        }
        if changed[.whois] != nil { followSight(context) }
        if changed[.openPresence] == .flag(false) { dismissOnlookers() }
        if case .lines(let features)? = changed[.requiredFeatures], let feature = features.first {
            for seat in room.seating.all where seat.dialect.text == "groupchat" {
                add((try? room.leave(seat.id, .missesFeature(feature), payload: [], context)) ?? [])
            }
        }
        if changed[.isPersistent] == .flag(false), !room.isInhabited { add(room.vanish(context)) }
        if changed[.isAdHoc] == .flag(true) { dismissStrangers(context) }
    }

    /// Those whose role crosses the edge of what the others are told come or go for them (MUC-140).
    private mutating func showAndHide(_ former: Set<Role>) {
        let present = room.settings.presenceBroadcast
        for participant in room.everybody
        where former.contains(participant.role) != present.contains(participant.role) {
            guard let person = room.person(participant.id) else { continue }
            let change = Event.VisibilityChange(person: person, isShown: present.contains(participant.role))
            add(.attendance(.visibilityChanged(change)))
        }
    }

    /// The same presence once more, because its readers may now see more of it, or less (MUC-317).
    ///
    /// - Parameter toAll: to readers who know one presence of each, too.
    mutating func showAgain(_ participant: Participant, toAll: Bool) {
        guard room.settings.presenceBroadcast.contains(participant.role) else { return }
        let shown = room.seating.shown(of: participant.id)?.id
        for seat in room.seating.seats(of: participant.id) where seat.isPresent {
            guard let person = room.person(at: seat.id), seat.id == shown || !room.enrolments.isEmpty else { continue }
            let change = Event.PresenceChange(
                person: person, seat: seat.id, presence: seat.presence, changesShown: toAll && seat.id == shown,
                changesSight: true)
            add(.attendance(.presenceChanged(change)))
        }
    }
}
