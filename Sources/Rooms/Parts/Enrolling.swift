// Joining for good: the checks in their order, the nick, the nodes, and what of it is made so by one act.

import XMPP

extension Room {
    func decide(_ request: Command.Membership, _ context: Context) throws(Refusal) -> [Event] {
        switch request {
        case .join(let wish): return try join(wish, context)
        case .leave(let jid): return leave(member: jid, context)
        case .subscribe(let jid, let add, let remove, let dialect, let domain):
            return try subscribe(jid, add: add, remove: remove, dialect, domain, context)
        case .prefer(let jid, let preferences): return try prefer(jid, preferences, context)
        case .rename(let jid, let nick): return try rename(member: jid, to: nick, context)
        case .listen(let address, let dialect, let domain, let shows):
            return listen(address, dialect, domain, showsPresence: shows, context)
        case .deafen(let address): return deafen(address, context)
        case .appear(let address, let presence, let dialect, let domain, let isHeardFor):
            return try appear(address, presence, dialect, domain, isHeardFor: isHeardFor, context)
        case .vanish(let address, let payload): return vanish(address, payload, context)
        case .expel(let id, let requester): return try expel(id, by: requester, context)
        case .invite(let jid, let requester):
            return [.membership(.invited(try invitation(for: jid, by: requester, context)))]
        case .pin(let address, let dialect): return pin(address, dialect, context)
        case .look(let glance): return try look(glance, context)
        }
    }

    // MARK: Joining

    private func join(_ wish: Command.Joining, _ context: Context) throws(Refusal) -> [Event] {
        let jid = wish.address.bare
        let token = try admit(member: wish, context)
        let former = enrolments[jid: jid]
        let topics = try topics(of: wish)
        let nick = try nick(of: wish, former, context)
        let preferences = wish.preferences ?? former?.preferences ?? Preferences()
        try check(preferences)
        var draft = Draft(self)
        draft.takeIn(jid)
        if token != nil, settings.listsInvitees, affiliations.affiliation(of: jid) == .none {
            let actor = wish.invitation.map { Event.Actor(nick: participant(jid: $0.inviter)?.nick, jid: $0.inviter) }
            draft.give(AffiliationChange(target: .jid(jid), affiliation: .member), to: jid, by: actor, context)
            try draft.room.affiliations.check(replacing: affiliations, context.limits)
        }
        if former?.isParticipant == true, let nick, let person = person(acting: jid), person.nick != nick {
            draft.add(renaming(person, to: nick, context))
        }
        for listener in wish.listeners {
            draft.add(
                draft.room.listen(
                    listener.address, listener.dialect, wish.domain, showsPresence: listener.showsPresence,
                    joining: participantID(of: jid)))
        }
        let enrolment = Enrolment(
            id: participantID(of: jid), jid: jid, nick: nick, topics: topics.union(former?.topics ?? []),
            preferences: preferences, dialect: wish.dialect, domain: wish.domain)
        let affiliation = draft.room.affiliations.affiliation(of: jid)
        let person = Person(
            id: enrolment.id, jid: wish.address, nick: nick ?? "", affiliation: affiliation,
            role: roster[enrolment.id]?.role ?? entryRole(of: jid, as: affiliation))
        let joining = Event.Joining(
            stamp: draft.room.nextStamp(context), enrolment: enrolment, person: person,
            isNew: former?.isParticipant != true, token: token)
        draft.add(.membership(.joined(joining)))
        draft.settle(wish, former, context)
        return draft.events
    }

    /// Who may join: like those who may enter, but that an invitation opens a closed channel (MIXC-436, T-10, T-11).
    private func admit(member wish: Command.Joining, _ context: Context) throws(Refusal) -> InvitationToken? {
        let (requester, key) = (Requester(jid: wish.address), wish.invitation.map { DoorKey.invitation($0) })
        guard !isHidden(from: requester, bearing: key, at: context.now) else { throw .roomMissing }
        let affiliation = affiliations.affiliation(of: wish.address)
        if case .locked = state { throw .locked }
        guard affiliation != .outcast else { throw .banned }
        let token: InvitationToken?
        if let invitation = wish.invitation {
            token = try self.token(in: invitation, for: wish.address, at: context.now)
        } else {
            token = nil
        }
        let isMember = enrolments[jid: wish.address]?.isParticipant == true
        let isKnown = affiliation > .none || token != nil || isMember
        if settings.isMembersOnly, !isKnown { throw .membersOnly }
        if settings.password != nil, !isKnown { throw .passwordRequired }
        guard isMember || enrolments.count < context.limits.members else { throw .tooMany(limit: "members") }
        return token
    }

    /// The nodes that are granted: those that are there and are for participants at least. Standard nodes that are not
    /// there are remembered until they are (rule mix-0.0.1 O-23).
    private func topics(of wish: Command.Joining) throws(Refusal) -> Topics {
        let rank = affiliations.affiliation(of: wish.address)
        var granted: Topics = []
        var wanted: Topics = []
        var reason: Refusal?
        for topic in wish.asked {
            if topic.isEmpty || !(hasNode(topic)) {
                if Topics.standard.contains(topic) { wanted.formUnion(topic) }
                reason = reason ?? .nodeMissing
            } else if permissions.mayHear(topic, rank: rank, isParticipant: true) {
                granted.formUnion(topic)
            } else {
                reason = reason ?? .nodeClosed
            }
        }
        if let reason, granted.isEmpty { throw reason }
        return granted.union(wanted)
    }

    /// Whether a node is there.
    public func hasNode(_ topic: Topics) -> Bool {
        settings.nodes.contains(topic) || library.nodes.values.contains { $0.topic == topic }
    }

    /// The nick somebody joins with: the one it has here, else the one it asks for, is registered with, or is given
    /// (rules X-11, T-33).
    private func nick(
        of wish: Command.Joining, _ former: Enrolment?, _ context: Context
    ) throws(Refusal) -> String? {
        let jid = wish.address.bare
        if let asked = wish.nick, roster[jid: jid] == nil { return try checked(asked, for: jid, context) }
        if let held = roster[jid: jid]?.nick ?? former?.nick { return held }
        guard settings.mandatoryNicks else { return nil }
        if wish.assignsNick { return givenNick(to: jid, context) }
        throw .nickRequired
    }

    /// The nick of somebody who leaves it to the room: the one kept for it, else one that is made (rule X-11).
    private func givenNick(to jid: JID, _ context: Context) -> String {
        keptNick(for: jid, context) ?? madeNick(context)
    }

    /// The nick reserved here for somebody, or registered with the service, as far as nobody had it here before.
    func keptNick(for jid: JID, _ context: Context) -> String? {
        [reservedNick(for: jid), context.registry[jid]].lazy.compactMap { nick in
            nick.flatMap { try? checked($0, for: jid, context) }
        }.first
    }

    private func checked(_ wish: String, for jid: JID, _ context: Context) throws(Refusal) -> String {
        guard let shown = Nickname.prepare(wish) else { throw .nickUnwanted }
        let nick = try nicknames.prepare(shown, context.limits)
        try nicknames.check(nick, for: jid, in: self, context.registry)
        if settings.nicksLocked, let reserved = reservedNick(for: jid), reserved != nick { throw .nickHeld }
        return nick
    }

    /// A nick that says nothing of whoever has it (MIX1-086, MIX1-087): a UUID (RFC 4122).
    func madeNick(_ context: Context) -> String {
        var bytes = context.randomBytes(16)
        bytes[6] = bytes[6] & 0x0f | 0x40
        bytes[8] = bytes[8] & 0x3f | 0x80
        let digits = Array("0123456789abcdef")
        var text = ""
        for (index, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(index) { text.append("-") }
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return text
    }

    private func check(_ preferences: Preferences) throws(Refusal) {
        if settings.flag(.presenceRequired), !preferences.sharesPresence { throw .presenceRequired }
        if preferences.visibility == .never, settings.isOpen { throw .notAllowed }
        if preferences.visibility == .always, !settings.isOpen, !settings.isOptionallyOpen { throw .notAllowed }
    }

    // MARK: Changing

    private func subscribe(
        _ jid: JID, add: Topics, remove: Topics, _ dialect: DialectID, _ domain: String, _ context: Context
    ) throws(Refusal) -> [Event] {
        var enrolment =
            enrolments[jid: jid]
            ?? Enrolment(
                id: participantID(of: jid), jid: jid.bare, nick: nil, topics: [], dialect: dialect, domain: domain,
                isParticipant: false)
        let rank = affiliations.affiliation(of: jid)
        guard rank != .outcast else { throw .banned }
        for topic in add.each {
            guard hasNode(topic) else { throw .nodeMissing }
            let mayHear = permissions.mayHear(topic, rank: rank, isParticipant: enrolment.isParticipant)
            guard mayHear else { throw .nodeClosed }
        }
        let before = enrolment.topics
        enrolment.topics = enrolment.topics.union(add).subtracting(remove)
        guard enrolment.topics != before else { return [] }
        if !enrolment.isParticipant, enrolment.topics.isEmpty {
            return enrolments[enrolment.id] == nil ? [] : [withdraw(enrolment, .own, context)]
        }
        guard enrolments[enrolment.id] != nil || enrolments.count < context.limits.members else {
            throw .tooMany(limit: "members")
        }
        return [changed(enrolment, changesSight: false, adding: enrolment.topics.subtracting(before), context)]
    }

    private func prefer(_ jid: JID, _ preferences: Preferences, _ context: Context) throws(Refusal) -> [Event] {
        guard var enrolment = enrolments[jid: jid], enrolment.isParticipant else { throw .notSeated }
        try check(preferences)
        guard enrolment.preferences != preferences else { return [] }
        let before = showsAddress(of: enrolment.id)
        enrolment.preferences = preferences
        var draft = Draft(self)
        draft.add(changed(enrolment, changesSight: false, context))
        if draft.room.showsAddress(of: enrolment.id) != before {
            draft.add(draft.room.changed(enrolment, changesSight: true, context))
            if let participant = draft.room.roster[enrolment.id] { draft.showAgain(participant, toAll: false) }
        }
        return draft.events
    }

    func changed(
        _ enrolment: Enrolment, changesSight: Bool, adding added: Topics = [], _ context: Context
    ) -> Event {
        let affiliation = affiliations.affiliation(of: enrolment.jid)
        let person = Person(
            id: enrolment.id, jid: enrolment.jid, nick: enrolment.nick ?? "", affiliation: affiliation,
            role: entryRole(of: enrolment.jid, as: affiliation))
        return .membership(
            .changed(
                Event.MembershipChange(
                    stamp: nextStamp(context), enrolment: enrolment, person: person, changesSight: changesSight,
                    added: added)))
    }

    private func rename(member jid: JID, to wish: String?, _ context: Context) throws(Refusal) -> [Event] {
        guard let person = person(acting: jid) else { throw .notSeated }
        let nick: String
        if let wish, !wish.isEmpty {
            nick = try checked(wish, for: jid.bare, context)
        } else {
            nick = givenNick(to: jid.bare, context)
        }
        return nick == person.nick ? [] : [renaming(person, to: nick, context)]
    }
}
