// Bringing a room back from the disk: snapshot, later events, the tail of its history, and who spoke what lately.

import DequeModule
import Logging
import Rooms
import Storage
import XMPP

extension RoomLoop {
    /// Reads the room; its mail waits meanwhile.
    func load(on shard: isolated Shard) {
        let key = RoomKey(service: name.service, name: name.local)
        let back = wayBack(on: shard)
        shard.house.store.load(key, tail: service.roomLimits.tailEvents) { result in
            back { room, shard in room.loaded(result, on: shard) }
        }
    }

    private func loaded(_ result: Result<StoredRoom?, StorageFault>, on shard: isolated Shard) {
        switch result {
        case .failure(let fault): return cannotLoad("\(fault)", on: shard)
        case .success(nil): return isLoaded(on: shard)
        case .success(let stored?):
            do throws(CodingFault) {
                state.room = try Room(recovering: stored, name: name, limits: service.roomLimits)
            } catch {
                return cannotLoad("\(error)", on: shard)
            }
            state.number = stored.number
            state.sinceSnapshot = stored.events.count
            lookBack(from: stored.events.first?.seq ?? stored.face.head + 1, limits.historyPages, on: shard)
        }
    }

    /// Looks through older events for what newcomers are shown: among the newest there may be subjects, reactions and
    /// the like, and a room without an archive has none that is archived (decision 0015).
    private func lookBack(from seq: UInt64, _ pages: Int, on shard: isolated Shard) {
        guard let number = state.number else { return isLoaded(on: shard) }
        let wanted = service.roomLimits.tailEvents
        guard pages > 0, seq > 1, !state.room.hasFullTail else { return recall(number, on: shard) }
        let back = wayBack(on: shard)
        let page = EventQuery(
            room: number, seqs: 1...(seq - 1), limit: wanted, newestFirst: true, archivedOnly: false)
        shard.house.store.events(page) { result in
            back { room, shard in
                guard let records = try? result.get(), let oldest = records.last else {
                    return room.recall(number, on: shard)
                }
                room.state.room.restoreTail(records.compactMap(Event.Message.init(history:)))
                room.lookBack(from: oldest.seq, pages - 1, on: shard)
            }
        }
    }

    private func recall(_ number: RoomNumber, on shard: isolated Shard) {
        let back = wayBack(on: shard)
        shard.house.store.notes(in: number, of: nil, limit: limits.notesRecalled) { result in
            back { room, shard in room.recalled((try? result.get()) ?? [], on: shard) }
        }
    }

    private func recalled(_ records: [NoteRecord], on shard: isolated Shard) {
        state.room.recollect(records.reversed().compactMap(Note.init(record:)))
        isLoaded(on: shard)
    }

    private func isLoaded(on shard: isolated Shard) {
        guard phase == .loading else { return }
        phase = .idle
        // what should have ended meanwhile ends before anything that waits is heard; those who are seated first hear it
        if let end = state.room.nextDeadline, end <= shard.loop.now { mailbox.prepend(.command(.deadlineReached)) }
        seatMembers(on: shard)
        endPlainSubscriptions(on: shard)
        if name.local == Lobby.ownRoom { spreadRegistry(on: shard) }
        queue(on: shard)
        leaveIfUnused(on: shard)
    }

    /// What cannot be read is not guessed at: everybody is told to come again, and the operator why.
    private func cannotLoad(_ reason: String, on shard: isolated Shard) {
        shard.house.log.error("a room cannot be loaded", metadata: ["room": "\(name)", "reason": "\(reason)"])
        while let post = mailbox.popFirst() {
            if case .read(let reading) = post { reading.done(nil) }
            if case .sought(let seeking) = post { seeking.done(nil, shard) }
            guard case .stanza(let envelope) = post else { continue }
            if envelope.stanza.isAnswerable {
                shard.reply(envelope.stanza.error(StanzaError(.internalServerError, type: .wait)), to: envelope)
            }
            shard.complete(envelope)
        }
        phase = .idle
        hall.giveUp(self)
    }

    /// The room as the operator sees it: as it was last told.
    var description: RoomDescription {
        let room = (before ?? state).room
        let kind: String
        switch room.state {
        case .absent: kind = "absent"
        case .locked: kind = "locked"
        case .open: kind = "open"
        }
        let occupants = room.roster.all.sorted { $0.nick < $1.nick }.map { participant in
            RoomDescription.Occupant(
                nick: participant.nick, jid: participant.jid.description,
                affiliation: room.affiliations.affiliation(of: participant.jid).token, role: participant.role.token,
                seats: room.seating.seats(of: participant.id).filter(\.isPresent).map {
                    "\($0.address) (\($0.dialect))"
                },
                shown: (room.seating.shown(of: participant.id)?.address ?? participant.jid).description)
        }
        return RoomDescription(
            name: name.local, state: kind, title: room.settings.title, occupants: occupants,
            showsAddresses: room.settings.isOpen, shownRoles: room.settings.presenceBroadcast.map(\.token).sorted(),
            head: room.head, archived: room.archivedCount,
            rulers: (room.affiliations.owners + room.affiliations.list(.admin)).map(\.description),
            participants: room.listedParticipants.map { .init(id: $0.id.text, nick: $0.nick) })
    }
}

extension Event.Message {
    /// The message of a row; nil where it is none that newcomers are shown, or the row is damaged.
    fileprivate init?(history record: EventRecord) {
        guard case .conversation(.said(let message))? = try? EventCoding.decode(record.body), message.isHistory else {
            return nil
        }
        self = message
    }
}

extension Note {
    /// The note of a row; nil where the row is damaged: it only helps to tell clients apart.
    fileprivate init?(record: NoteRecord) {
        guard let jid = try? JID(record.who),
            let note = try? Note(time: Moment(milliseconds: record.time), jid: jid, encoded: record.cause)
        else { return nil }
        self = note
    }
}
