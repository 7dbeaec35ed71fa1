// The road of questions: permitted by the room, answered from the store when the batch before is told (law 2).

import DialectKit
import Logging
import Rooms
import Storage
import XML
import XMPP

extension RoomLoop {
    /// Notes a question; it is answered once everything that the batch tells before it is durable and told.
    func ask(_ question: ArchiveQuestion, _ inbound: Inbound, _ envelope: Envelope) {
        let limits = state.room.limits.archive
        let ask = ArchiveAsk(
            envelope: envelope, question: question, secret: state.room.secret, head: state.room.head,
            count: state.room.archivedCount, limits: limits)
        guard asks.count(of: ask.asker) < limits.openQueries else {
            let text = "At most \(limits.openQueries) queries at a time."
            return refuse(envelope, StanzaError(.resourceConstraint, type: .wait, text: text), inbound)
        }
        asks.open(ask)
        outbox.ask(ask)
    }

    /// Begins to answer a question.
    func answer(_ ask: ArchiveAsk, on shard: isolated Shard) {
        guard let number = state.number else { return finish(ask, with: StanzaError(.itemNotFound), on: shard) }
        switch ask.question.kind {
        case .metadata: ends(for: ask, in: number, on: shard)
        case .page(let query, _): find(query, for: ask, in: number, on: shard)
        }
    }

    // MARK: Where the things are that a query names

    private func find(_ query: ArchiveQuery, for ask: ArchiveAsk, in number: RoomNumber, on shard: isolated Shard) {
        var places = ArchivePlaces()
        for id in query.namedIDs { places.ids[id] = ask.secret.seq(of: id) }
        let named = places.ids.values.sorted()
        guard named.count == query.namedIDs.count, named.allSatisfy({ $0 <= ask.head }) else {
            return finish(ask, with: StanzaError(.itemNotFound), on: shard)
        }
        let found = places
        guard !named.isEmpty, ask.question.isOfMessages else {
            return findStart(query, found, for: ask, in: number, on: shard)
        }
        let back = wayBack(on: shard)
        shard.house.store.archived(in: number, at: named) { result in
            back { room, shard in
                guard let records = room.take(result, for: ask, on: shard) else { return }
                guard records.count == named.count else {
                    return room.finish(ask, with: StanzaError(.itemNotFound), on: shard)
                }
                room.findStart(query, found, for: ask, in: number, on: shard)
            }
        }
    }

    private func findStart(
        _ query: ArchiveQuery, _ places: ArchivePlaces, for ask: ArchiveAsk, in number: RoomNumber,
        on shard: isolated Shard
    ) {
        guard let start = query.start else { return findEnd(query, places, for: ask, in: number, on: shard) }
        let back = wayBack(on: shard)
        shard.house.store.firstSeq(in: number, notBefore: start.milliseconds) { result in
            back { room, shard in
                guard let seq = room.take(result, for: ask, on: shard) else { return }
                var places = places
                places.start = seq
                room.findEnd(query, places, for: ask, in: number, on: shard)
            }
        }
    }

    private func findEnd(
        _ query: ArchiveQuery, _ places: ArchivePlaces, for ask: ArchiveAsk, in number: RoomNumber,
        on shard: isolated Shard
    ) {
        guard let end = query.end else { return search(query, places, for: ask, in: number, on: shard) }
        let back = wayBack(on: shard)
        shard.house.store.firstSeq(in: number, notBefore: end.milliseconds + 1) { result in
            back { room, shard in
                guard let seq = room.take(result, for: ask, on: shard) else { return }
                var places = places
                places.afterEnd = seq
                room.search(query, places, for: ask, in: number, on: shard)
            }
        }
    }

    private func search(
        _ query: ArchiveQuery, _ places: ArchivePlaces, for ask: ArchiveAsk, in number: RoomNumber,
        on shard: isolated Shard
    ) {
        let plan = ArchivePlan(query, places, in: ask.places, ask.limits)
        look(with: ArchiveSearch(plan, ask.question, ask.limits), for: ask, in: number, on: shard)
    }

    // MARK: Reading

    /// Reads until the page is full, nothing is left, or the search has looked at enough.
    private func look(
        with search: ArchiveSearch, for ask: ArchiveAsk, in number: RoomNumber, on shard: isolated Shard
    ) {
        guard let read = search.next(in: number) else { return tell(search, for: ask, on: shard) }
        let back = wayBack(on: shard)
        let take: Completion<[EventRecord]> = { result in
            back { room, shard in
                guard let records = room.take(result, for: ask, on: shard) else { return }
                var search = search
                let damaged = search.take(records, ask.secret)
                for seq in damaged { room.note(damaged: seq, on: shard) }
                room.look(with: search, for: ask, in: number, on: shard)
            }
        }
        switch read {
        case .range(let query): shard.house.store.events(query, take)
        case .places(let seqs): shard.house.store.archived(in: number, at: seqs, take)
        }
    }

    private func ends(for ask: ArchiveAsk, in number: RoomNumber, on shard: isolated Shard) {
        let back = wayBack(on: shard)
        shard.house.store.events(EventQuery(room: number, seqs: 0...ask.head, limit: 1)) { result in
            back { room, shard in
                guard let first = room.take(result, for: ask, on: shard) else { return }
                let back = room.wayBack(on: shard)
                let newest = EventQuery(room: number, seqs: 0...ask.head, limit: 1, newestFirst: true)
                shard.house.store.events(newest) { result in
                    back { room, shard in
                        guard let last = room.take(result, for: ask, on: shard) else { return }
                        room.tell(first.first, last.first, for: ask, on: shard)
                    }
                }
            }
        }
    }

    /// What the store answered; nil where it could not, of which the asker is told.
    private func take<Value>(
        _ result: Result<Value, StorageFault>, for ask: ArchiveAsk, on shard: isolated Shard
    ) -> Value? {
        switch result {
        case .success(let value): return value
        case .failure(let fault):
            shard.house.log.error(
                "an archive cannot be read", metadata: ["room": "\(name)", "reason": "\(fault)"])
            finish(ask, with: StanzaError(.internalServerError, type: .wait), on: shard)
            return nil
        }
    }

    private func note(damaged seq: UInt64, on shard: isolated Shard) {
        shard.house.log.error(
            "a message of an archive cannot be read", metadata: ["room": "\(name)", "seq": "\(seq)"])
    }

    // MARK: Answering

    /// A message for each result, and strictly behind them the end (MUCX-010, MUCX-013).
    private func tell(_ search: ArchiveSearch, for ask: ArchiveAsk, on shard: isolated Shard) {
        guard case .page(let query, _) = ask.question.kind else { return }
        let found = search.found(ask.secret)
        let messages = query.flipsPage ? found.page.messages.reversed() : found.page.messages
        var templates = messages.map(ask.question.result)
        var ends = found.ends
        if !query.isFiltered, ask.question.isOfMessages { ends.count = Int(clamping: ask.count) }
        let fin = ArchiveFin(
            isComplete: found.page.isComplete, page: ends, namespace: ask.question.namespace)
        templates.append(Template(ask.envelope.stanza.result([fin.element])))
        finish(ask, with: templates, on: shard)
    }

    private func tell(_ first: EventRecord?, _ last: EventRecord?, for ask: ArchiveAsk, on shard: isolated Shard) {
        func end(_ record: EventRecord) -> ArchiveMetadata.End {
            ArchiveMetadata.End(
                id: record.archiveID ?? ask.secret.archiveID(of: record.seq), time: Moment(milliseconds: record.time))
        }
        let ends = first.flatMap { first in last.map { (end(first), end($0)) } }
        finish(ask, with: [Template(ask.envelope.stanza.result([ArchiveMetadata(ends: ends).element]))], on: shard)
    }

    private func finish(_ ask: ArchiveAsk, with error: StanzaError, on shard: isolated Shard) {
        var error = error
        error.by = ask.envelope.to.bare
        finish(ask, with: [Template(ask.envelope.stanza.error(error))], on: shard)
    }

    /// Everything goes to the asker's outlet at once; the stanza has had its effect.
    private func finish(_ ask: ArchiveAsk, with templates: [Template], on shard: isolated Shard) {
        let hole = AddressHole(ask.envelope.from)
        if let port = ask.envelope.origin {
            shard.tell(templates, to: hole, at: port)
        } else {
            for template in templates {
                guard let stanza = Stanza(template, to: hole) else { continue }
                shard.route(stanza)
            }
        }
        shard.complete(ask.envelope)
        asks.close(ask)
        leaveIfUnused(on: shard)
    }
}
