// The one table of who may do what to whom (XEP-0045 §5.1.1–§5.2.2).

public import XMPP

/// Who may do what: every part's decide asks here (law 5), and only here.
public struct Permissions: Sendable {
    let room: Room

    /// The affiliation a requester acts with.
    public func rank(of requester: Requester) -> Affiliation {
        requester.isOperator ? .owner : room.affiliations.affiliation(of: requester.jid)
    }

    /// The role a newcomer of this affiliation starts with (MUC-033 … MUC-035).
    public func entryRole(for affiliation: Affiliation) -> Role {
        switch affiliation {
        case .owner, .admin: .moderator
        case .member: .participant
        case .none, .outcast: room.settings.isModerated ? .visitor : .participant
        }
    }

    /// The role somebody present has after its affiliation changed (MUC-045, MUC-046).
    func role(after affiliation: Affiliation, former: Affiliation, role: Role) -> Role {
        if affiliation >= .admin { return .moderator }
        if former >= .admin { return entryRole(for: affiliation) }
        return affiliation == .member ? max(role, .participant) : role
    }

    /// Whether `affiliation` may be given to `jid` by somebody of `rank` (MUC-054 … MUC-060).
    func check(
        affiliation: Affiliation, for jid: JID, by requester: Requester, rank: Affiliation
    ) throws(Refusal) {
        guard rank >= .admin else { throw .forbidden }
        let current = room.affiliations.affiliation(of: jid)
        if affiliation == .outcast, !requester.isOperator,
            jid == requester.jid.bare || jid == requester.jid.domainOnly
        {
            throw .ownRank
        }
        guard rank < .owner else { return }
        if affiliation == .outcast {
            if current >= .admin { throw .notAllowed }
        } else if affiliation >= .admin || current >= .admin {
            throw .forbidden
        }
    }

    /// Whether somebody gives roles at all: moderators, and from outside whoever rules (MUC-244, T-24).
    func givesRoles(_ requester: Requester) -> Bool {
        let own = requester.seat.flatMap { room.participant(at: $0) }
        return requester.isOperator || own?.role == .moderator || rank(of: requester) >= .admin
    }

    /// Whether one who gives roles at all may give `target` this one (MUC-037 … MUC-043).
    func check(role: Role, for target: Participant, by requester: Requester) throws(Refusal) {
        let own = rank(of: requester)
        let theirs = room.affiliations.affiliation(of: target.jid)
        guard role != target.role else { return }
        if role == .none, requester.jid.bare == target.jid { throw .ownRank }
        if role == .none {
            guard own >= theirs else { throw .notAllowed }
            if target.role == .moderator, own < .admin { throw .notAllowed }
            return
        }
        if role == .moderator || target.role == .moderator {
            guard own >= .admin else { throw .notAllowed }
            if target.role == .moderator, theirs >= .admin { throw .notAllowed }
            return
        }
        if role == .visitor {
            guard theirs < .admin, theirs <= own else { throw .notAllowed }
        }
    }

    /// The operator gives any role, but an owner or admin who stays is a moderator (MUC-042, MUC-045).
    func check(roleByOperator role: Role, for target: Participant) throws(Refusal) {
        guard role == .none || role == .moderator || room.affiliations.affiliation(of: target.jid) < .admin else {
            throw .notAllowed
        }
    }

    /// Whether somebody may have a nick registered: whoever belongs to the room, and others where it is open to them
    /// (MUC-213).
    public func mayRegister(_ jid: JID) -> Bool {
        let affiliation = room.affiliations.affiliation(of: jid)
        return affiliation > .none || (affiliation == .none && room.settings.isOpenToRegistration)
    }

    /// Whether somebody may read a list of affiliations (MUC-282, MUC-325, MUC-328).
    public func mayRead(_ affiliation: Affiliation, _ requester: Requester) -> Bool {
        let rank = rank(of: requester)
        if rank == .owner { return true }
        switch affiliation {
        case .outcast: return rank >= .admin
        case .owner, .admin: return room.settings.isOpen && rank >= .member
        case .member:
            if rank >= .admin { return true }
            guard room.settings.isOpen else { return false }
            if let seat = requester.seat, let participant = room.participant(at: seat) {
                return room.settings.memberListReaders.contains(participant.role)
                    && (rank >= .member || room.settings.isMembersOnly)
            }
            return rank >= .member
        case .none: return false
        }
    }

    /// Whether a reader may see real JIDs now: a moderator, or anybody in an open room (law 7).
    public func seesJIDs(_ participant: ParticipantID) -> Bool {
        room.settings.isOpen || room.roster[participant]?.role == .moderator
    }

    /// Whether `jid` could enter: what rooms that are not public tell only to such (MUC-075).
    public func mayEnter(_ jid: JID) -> Bool {
        let affiliation = room.affiliations.affiliation(of: jid)
        return affiliation > .none || (affiliation == .none && !room.settings.isMembersOnly)
    }

    /// Whether somebody may read what was said here: whoever may enter now (MUCX-007, MUCX-008). Where a password is
    /// asked for, whoever is inside or on the lists has shown that.
    public func checkReading(by requester: Requester) throws(Refusal) {
        let rank = rank(of: requester)
        guard rank > .outcast else { throw .forbidden }
        guard rank == .none else { return }
        let isInside = room.participant(jid: requester.jid) != nil
        guard !room.settings.isMembersOnly, room.settings.password == nil || isInside else { throw .forbidden }
    }

    /// Whether somebody reads real JIDs of what was said in any time: moderators, present or by rank (law 7, T-20).
    public func readsAllJIDs(_ requester: Requester) -> Bool {
        rank(of: requester) >= .admin || room.roster[jid: requester.jid]?.role == .moderator
    }

    func maySetSubject(_ participant: Participant) -> Bool {
        participant.role == .moderator || (participant.role == .participant && room.settings.subjectByParticipants)
    }

    /// Whether somebody may hear of a node (XEP-0406 §2.4): the groups of people are nested (rule X-12).
    public func mayHear(_ topic: Topics, rank: Affiliation, isParticipant: Bool) -> Bool {
        guard rank > .outcast else { return false }
        guard rank < .owner else { return true }
        return belongs(to: audience(of: topic), rank: rank, isParticipant: isParticipant)
    }

    /// Whether a requester may read a node.
    public func mayHear(_ topic: Topics, _ requester: Requester) -> Bool {
        let isParticipant = room.participant(jid: requester.jid) != nil
        return mayHear(topic, rank: rank(of: requester), isParticipant: isParticipant)
    }

    /// Who hears of a node, by the words of `Setting.audiences`.
    private func audience(of topic: Topics) -> String {
        let settings = room.settings
        return switch topic {
        case .messages: settings.choice(.messagesReaders)
        case .presence: settings.choice(.presenceReaders)
        case .participants: settings.choice(.participantsReaders)
        case .information, .avatarData, .avatarMetadata: settings.choice(.informationReaders)
        case .subject: settings.choice(.subjectReaders)
        case .addresses: settings.addressReaders
        case .configuration: settings.choice(.configurationReaders)
        case .access: settings.choice(.accessReaders)
        case .lists: settings.choice(.listReaders)
        case .allowed: settings.choice(.allowedReaders)
        case .banned: settings.choice(.bannedReaders)
        default: room.name.local == Lobby.ownRoom ? "anyone" : "participants"
        }
    }

    /// Whether somebody of this rank is in a group of people.
    public func belongs(to audience: String, rank: Affiliation, isParticipant: Bool) -> Bool {
        let isAllowed = rank > .none || (rank == .none && !room.settings.isMembersOnly)
        return switch audience {
        case "anyone": rank > .outcast
        case "allowed": isAllowed || isParticipant
        case "participants": isParticipant || rank >= .admin
        case "admins": rank >= .admin
        case "owners": rank >= .owner
        default: false
        }
    }

    /// Whether somebody is in a group of people who may write.
    public func mayWrite(_ audience: String, _ requester: Requester) -> Bool {
        belongs(
            to: audience, rank: rank(of: requester), isParticipant: room.participant(jid: requester.jid) != nil)
    }

    /// Whether somebody may change these rules: owners all of them; what is told of the room whoever it lets, the title
    /// also whoever keeps the lists of 0.2.1, and the rights whoever may write their node there, but not who owns the
    /// room and who administers it (XEP-0406 §2.4, MIX2-098, rule X-13).
    func checkConfiguring(_ wish: Configuration, by requester: Requester) throws(Refusal) {
        let rank = rank(of: requester)
        if rank == .owner || (wish.isOfLists && rank >= .admin) { return }
        guard wish.owners == nil, wish.admins == nil, !wish.settings.isEmpty else { throw .forbidden }
        let (told, listed): (Set<Setting>, Set<Setting>) = ([.title, .about, .contacts], [.title])
        let keys = Set(wish.settings.keys)
        let mayTell = keys.isSubset(of: told) && mayWrite(room.settings.choice(.informationWriters), requester)
        let mayList = keys.isSubset(of: listed) && mayWrite(room.settings.choice(.listWriters), requester)
        let mayRule = wish.isOfRights && mayWrite(room.settings.choice(.accessWriters), requester)
        guard mayTell || mayList || mayRule else { throw .forbidden }
    }

    /// Whether somebody may read what was said, in a channel: whoever may hear it (MIXC-083).
    public func checkReadingMessages(by requester: Requester) throws(Refusal) {
        guard mayHear(.messages, requester) else { throw .forbidden }
    }

    /// Whether a reader sees real addresses by its rank (T-07): moderators of MUC need not.
    public func seesJIDsByRank(_ participant: ParticipantID) -> Bool {
        room.participant(participant).map { room.affiliations.affiliation(of: $0.jid) >= .admin } ?? false
    }
}
