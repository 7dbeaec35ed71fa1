// The affiliation list: who is owner, admin, member or outcast, by bare JID or domain.

public import XMPP

/// The affiliation list of a room. "none" is never stored: it is the absence of an entry (MUC-003).
public struct Affiliations: Sendable, Equatable {
    /// One line of the list.
    public struct Entry: Sendable, Equatable {
        public var affiliation: Affiliation
        public var reason: String?
        /// The nick kept for this bare JID.
        public var nick: String?
        /// The membership came with a registered nick, and goes with it.
        public var isRegistered: Bool

        init(
            affiliation: Affiliation, reason: String? = nil, nick: String? = nil, isRegistered: Bool = false
        ) {
            self.affiliation = affiliation
            self.reason = reason
            self.nick = nick
            self.isRegistered = isRegistered
        }
    }

    /// By bare JID or domain.
    public private(set) var entries: [JID: Entry] = [:]
    /// Reserved nicks by comparison key, so that an entry costs no search.
    private(set) var reservations: [String: JID] = [:]

    /// What `jid` is to the room: its own entry, else that of its domain (MUC-275). A domain hands down membership
    /// and bans to its users, never the rank of an admin or owner: that belongs to the domain as one address.
    public func affiliation(of jid: JID) -> Affiliation {
        if let entry = entries[jid.bare] { return entry.affiliation }
        return jid.local == nil ? .none : inherited(from: entries[jid.domainOnly])
    }

    /// What `subject` would be if `jid` were `affiliation`.
    func affiliation(of subject: JID, once jid: JID, is affiliation: Affiliation) -> Affiliation {
        if subject == jid {
            return affiliation == .none && jid.local != nil ? inherited(from: entries[jid.domainOnly]) : affiliation
        }
        if subject.local == nil || subject.domainOnly != jid || entries[subject] != nil {
            return self.affiliation(of: subject)
        }
        return affiliation <= .member ? affiliation : .none
    }

    private func inherited(from domain: Entry?) -> Affiliation {
        guard let domain, domain.affiliation <= .member else { return .none }
        return domain.affiliation
    }

    /// What the list itself says of a bare JID or a domain.
    public func listed(_ jid: JID) -> Affiliation { entries[jid]?.affiliation ?? .none }

    public var owners: [JID] { list(.owner) }

    /// All entries of one affiliation, sorted, so that answers and forms have a stable order.
    public func list(_ affiliation: Affiliation) -> [JID] {
        entries.filter { $0.value.affiliation == affiliation }.keys.sorted()
    }

    /// Who has this nick reserved.
    func holder(ofKey key: String) -> JID? { reservations[key] }

    // MARK: Deciding

    /// Checks all changes before any applies (MUC-062), then says what each does.
    func decide(
        _ changes: [AffiliationChange], by requester: Requester, in room: Room, _ context: Context
    ) throws(Refusal) -> [Event] {
        guard !changes.isEmpty else { throw .badRequest("no item") }
        guard changes.count <= context.limits.changesPerRequest else { throw .tooMany(limit: "changesPerRequest") }
        let rank = room.permissions.rank(of: requester)
        guard rank >= .admin else { throw .forbidden }
        var after = self
        var wanted: [(jid: JID, change: AffiliationChange)] = []
        for var change in changes {
            let jid = try resolve(change, in: room)
            try room.permissions.check(affiliation: change.affiliation, for: jid, by: requester, rank: rank)
            guard (change.reason?.utf8.count ?? 0) <= context.limits.reasonBytes else {
                throw .tooLarge(limit: "reasonBytes")
            }
            if let nick = change.nick, !nick.isEmpty, change.affiliation > .none {
                change.nick = try room.nicknames.checkReservation(
                    of: nick, for: jid, in: room, reservations: after, context.limits)
            }
            after.set(jid, change)
            wanted.append((jid, change))
        }
        try after.check(replacing: self, context.limits)
        var draft = Draft(room)
        for (jid, change) in wanted {
            let isNew = draft.room.affiliations.affiliation(of: jid) < .member && change.affiliation >= .member
            draft.give(change, to: jid, by: room.actor(requester), context)
            if isNew, draft.room.settings.isMembersOnly { draft.bid(jid, by: requester, change.reason, context) }
        }
        return draft.events
    }

    /// Whether a list may take the place of `former`: an owner is left (MUC-012, MUC-059), and it is not too long. A
    /// domain owns as one address, which nobody may have: where somebody owned the room, somebody goes on owning it.
    func check(replacing former: Affiliations, _ limits: RoomLimits) throws(Refusal) {
        guard !owners.isEmpty, former.isOwnedBySomebody ? isOwnedBySomebody : true else { throw .lastOwner }
        guard entries.count <= max(limits.affiliations, former.entries.count) else {
            throw .tooMany(limit: "affiliations")
        }
    }

    private var isOwnedBySomebody: Bool { owners.contains { $0.local != nil } }

    private func resolve(_ change: AffiliationChange, in room: Room) throws(Refusal) -> JID {
        switch change.target {
        case .jid(let jid): return jid.bare
        case .nick(let nick):
            guard let participant = room.occupant(nick) else { throw .noSuchOccupant }
            return participant.jid
        }
    }

    // MARK: Applying

    mutating func apply(_ change: Event.RankChange) {
        guard change.stamp != nil else { return }
        set(
            change.jid,
            AffiliationChange(
                target: .jid(change.jid), affiliation: change.affiliation, nick: change.reservedNick,
                reason: change.reason))
        if change.registers { entries[change.jid]?.isRegistered = true }
    }

    mutating func found(owner: JID) {
        entries = [:]
        reservations = [:]
        restore(owner, Entry(affiliation: .owner))
    }

    mutating func set(_ jid: JID, _ change: AffiliationChange) {
        guard change.affiliation != .none else { return restore(jid, nil) }
        var entry = entries[jid] ?? Entry(affiliation: change.affiliation)
        // what somebody is made by an admin does not hang on a nick any more
        if entry.affiliation != change.affiliation { entry.isRegistered = false }
        entry.affiliation = change.affiliation
        entry.reason = change.reason
        if change.affiliation == .outcast {
            entry.nick = nil  // a ban ends the reservation (MUC-227)
        } else if let nick = change.nick {
            entry.nick = nick.isEmpty ? nil : nick
        }
        restore(jid, entry)
    }

    /// Puts a line in the list, or takes it out, and keeps the reservations in step.
    mutating func restore(_ jid: JID, _ entry: Entry?) {
        if let key = entries[jid]?.nick.flatMap(Nickname.key), reservations[key] == jid { reservations[key] = nil }
        entries[jid] = entry
        if let key = entry?.nick.flatMap(Nickname.key) { reservations[key] = jid }
    }
}
