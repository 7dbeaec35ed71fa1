// What is true of every room after every event; checked after every step in tests and in debug builds.

import XMPP

extension Room {
    /// What should be true of this room and is not, in words.
    public func violations() -> [String] {
        var found = Violations()
        if state == .absent {
            found.expect(seating.isEmpty && roster.count == 0, "somebody is in a room that is not there")
            found.expect(affiliations.entries.isEmpty, "a room that is not there has an affiliation list")
            return found.list
        }
        checkPeople(&found)
        checkSeats(&found)
        checkNicks(&found)
        checkList(&found)
        checkBounds(&found)
        return found.list
    }

    /// What should be true of this room, being the successor of `before`, and is not; `violations()` included.
    public func violations(since before: Room) -> [String] {
        var found = Violations()
        found.expect(seating.next >= before.seating.next, "numbers of seats are used again")
        if state != .absent, before.state != .absent, secret == before.secret {
            let steps = head >= before.head ? head - before.head : 0
            found.expect(head >= before.head, "head fell from \(before.head) to \(head)")
            found.expect(
                steps == 0 ? lastTime == before.lastTime : lastTime - before.lastTime >= .milliseconds(Int64(steps)),
                "the time of \(steps) events went from \(before.lastTime) to \(lastTime)")
            found.expect(
                archivedCount >= before.archivedCount && archivedCount - before.archivedCount <= steps,
                "archived went from \(before.archivedCount) to \(archivedCount) with \(steps) events")
            found.expect(seating.presences >= before.seating.presences, "the order of presences fell")
        }
        return found.list + violations()
    }

    private func checkPeople(_ found: inout Violations) {
        for (id, participant) in roster.byID {
            let affiliation = affiliations.affiliation(of: participant.jid)
            found.expect(participant.id == id, "\(participant.jid) is filed under another id")
            found.expect(participant.jid.isBare, "\(participant.jid) is not a bare JID")
            found.expect(roster.byJID[participant.jid] == id, "\(participant.jid) is found as somebody else")
            found.expect(
                secret.participantID(of: participant.jid) == id
                    || secret.participantID(of: participant.jid, attempt: 1) == id,
                "\(participant.jid) has an id that is not its own")
            found.expect(participant.role != .none, "\(participant.jid) is present without a role")
            found.expect(affiliation != .outcast, "\(participant.jid) is banned and present")
            found.expect(
                mayStay(as: affiliation) || enrolments[id]?.isParticipant == true,
                "\(participant.jid) is \(affiliation.token) and may not be inside")
            found.expect(
                affiliation < .admin || participant.role == .moderator,
                "\(participant.jid) is \(affiliation.token) and \(participant.role.token)")
            found.expect(seating.isPresent(id), "\(participant.jid) has no seat")
        }
        found.expect(roster.byJID.count == roster.byID.count, "an address without a participant")
    }

    private func checkSeats(_ found: inout Violations) {
        var orders: Set<UInt64> = []
        for seat in seating.all {
            let sitter = participant(seat.participant)?.jid ?? enrolments[seat.participant]?.jid
            found.expect(sitter == seat.address.bare, "\(seat.address) sits for somebody else")
            found.expect(
                seat.kind == .visit ? seat.isPresent : enrolments[seat.participant] != nil,
                "\(seat.address) sits as what it is not")
            found.expect(seating[address: seat.address]?.id == seat.id, "\(seat.address) is not found by its address")
            found.expect(
                seating.byParticipant[seat.participant]?.filter { $0 == seat.id }.count == 1,
                "\(seat.address) is not among the seats of its participant")
            found.expect(seat.id.number < seating.next, "seat \(seat.id.number) has a number yet to be given")
            found.expect(
                !seat.address.isBare || (seat.kind == .listener && !seat.isPresent), "\(seat.address) is not a full JID"
            )
            found.expect(orders.insert(seat.presence.order).inserted, "two presences have one order")
            found.expect(
                (1...max(1, seating.presences)).contains(seat.presence.order), "a presence has an order yet to be given"
            )
        }
        found.expect(seating.byAddress.count == seating.count, "an address without a seat")
        found.expect(
            seating.byParticipant.values.reduce(0) { $0 + $1.count } == seating.count,
            "a participant's seat is not there")
    }

    private func checkNicks(_ found: inout Violations) {
        for participant in participants where !participant.nick.isEmpty {
            found.expect(nicknames.holder(of: participant.nick) == participant.id, "\(participant.nick) is not found")
            let key = Nickname.key(participant.nick)
            found.expect(
                key.map { nicknames.byKey[$0] == participant.id } ?? false,
                "the key of \(participant.nick) is not its own")
            let reserved = key.flatMap { affiliations.reservations[$0] }
            found.expect(
                reserved == nil || reserved == participant.jid, "\(participant.nick) is reserved for somebody else")
        }
        let nicks = participants.count { !$0.nick.isEmpty }
        found.expect(nicknames.bySpelling.count == nicks, "nicks of people who are not here")
        found.expect(nicknames.byKey.count == nicks, "keys of people who are not here")
    }

    private func checkList(_ found: inout Violations) {
        found.expect(!affiliations.owners.isEmpty, "nobody owns the room")
        var reserved = 0
        for (jid, entry) in affiliations.entries {
            found.expect(jid.isBare, "\(jid) is in the list with a resource")
            found.expect(entry.affiliation != .none, "\(jid) is in the list as none")
            guard let nick = entry.nick else { continue }
            reserved += 1
            found.expect(entry.affiliation > .none, "\(jid) is banned and keeps a nick")
            found.expect(
                Nickname.key(nick).map { affiliations.reservations[$0] == jid } ?? false,
                "the nick \(nick) of \(jid) is not reserved")
        }
        found.expect(affiliations.reservations.count == reserved, "a nick is reserved for nobody")
    }

    private func checkMembers(_ found: inout Violations) {
        for (id, enrolment) in enrolments.byID {
            found.expect(enrolment.id == id && enrolments.byJID[enrolment.jid] == id, "\(enrolment.jid) is misfiled")
            found.expect(enrolment.jid.isBare, "\(enrolment.jid) joined with a resource")
            found.expect(
                affiliations.affiliation(of: enrolment.jid) != .outcast, "\(enrolment.jid) is banned and a member")
            let nick = roster[id]?.nick
            found.expect(
                !enrolment.isParticipant || nick == nil || enrolment.nick == nil || nick == enrolment.nick,
                "\(enrolment.jid) has two nicks")
        }
        for (id, places) in farPlaces {
            found.expect(
                enrolments[id].map { member in
                    places.clients.allSatisfy { !$0.address.isBare && $0.address.bare == member.jid }
                } ?? false, "somebody hears elsewhere for somebody else")
            found.expect(places.clients.count <= limits.clientsElsewhere, "too many clients elsewhere")
        }
        found.expect(enrolments.byJID.count == enrolments.byID.count, "a member is found as somebody else")
        found.expect(enrolments.count <= limits.members, "\(enrolments.count) members")
        found.expect(onlookers.isEmpty || settings.flag(.openPresence), "strangers are seen")
        found.expect(
            onlookers.all.allSatisfy { participant($0.person.id) == nil }, "a participant is seen as a stranger")
        found.expect(library.nodes.count <= limits.ownNodes + 2, "too many nodes")
    }

    private func checkBounds(_ found: inout Violations) {
        let tail = conversation.tail
        found.expect(tail.count <= limits.tailEvents, "the tail has \(tail.count) messages")
        found.expect(
            tail.reduce(0) { $0 + Conversation.bytes(of: $1.payload) } == conversation.tailBytes,
            "the tail is not as large as was counted")
        found.expect(tail.count <= 1 || conversation.tailBytes <= limits.tailBytes, "the tail is too large")
        found.expect(zip(tail, tail.dropFirst()).allSatisfy { $0.stamp.seq < $1.stamp.seq }, "the tail is not in order")
        found.expect((tail.last?.stamp.seq ?? 0) <= head, "the tail goes beyond the head")
        found.expect((subject.change?.stamp.seq ?? 0) <= head, "the subject is newer than the head")
        found.expect(archivedCount <= head, "more is archived than happened")
        found.expect(roster.count <= limits.occupants + limits.occupantReserve, "\(roster.count) occupants")
        found.expect(
            seating.byParticipant.values.allSatisfy { $0.count <= 3 * limits.seatsPerParticipant },
            "too many seats of one")
        checkMembers(&found)
        found.expect(affiliations.entries.count <= limits.affiliations, "the affiliation list is too long")
        found.expect(acquaintances.count <= limits.acquaintances, "too many acquaintances")
        found.expect(invitations.pending.count <= limits.pendingInvitations, "too many invitations")
        found.expect(applications.pending.count <= limits.applications, "too many ask to be registered")
        found.expect(voices.memories.count <= limits.voices, "too many voices are remembered")
        found.expect(settings.isModerated || voices.memories.isEmpty, "voices are remembered where everybody has one")
        found.expect(letters.carried.count <= limits.letters, "too many letters")
        found.expect(voiceRequests.asked.count <= limits.voiceRequests, "too many requests for voice")
    }
}

/// What was found wrong, so many at most: one wrong index shows in thousands of places.
private struct Violations {
    static let most = 20
    private(set) var list: [String] = []

    mutating func expect(_ holds: Bool, _ what: @autoclosure () -> String) {
        if !holds, list.count < Self.most { list.append(what()) }
    }
}
