// The requests of XEP-0313 at a room's address: who may ask, and what exactly is asked.

import Rooms
import XML
import XMPP

/// Understands queries of a room's archive; the answer comes from the store (law 2).
struct ArchiveRequests: Sendable {
    private let dialects: [any Dialect]

    init(_ dialects: [any Dialect]) { self.dialects = dialects.filter(\.readsArchive) }

    func register(in table: inout HandlerTable) {
        guard !dialects.isEmpty else { return }
        let requests = self
        table.on(.get, "query", NS.mam) { request, room throws(StanzaError) in
            try requests.check(request, room)
            return .reply([request.inbound.stanza.result([ArchiveForm.answer(ArchiveForm.room)])])
        }
        for version in [NS.mam, NS.mam1] {
            table.on(.set, "query", version) { request, room throws(StanzaError) in
                try requests.check(request, room)
                let query = try ArchiveQuery(
                    reading: request.element, fields: ArchiveForm.room, limits: room.limits.archive)
                let reader = ArchiveReader(room, request.inbound, node: request.element["node"])
                let author = try requests.author(query.with, request.inbound, reader)
                return requests.ask(.page(query, by: author), request.inbound, reader, room)
            }
        }
        table.on(.get, "metadata", NS.mam) { request, room throws(StanzaError) in
            try requests.check(request, room)
            return requests.ask(.metadata, request.inbound, ArchiveReader(room, request.inbound), room)
        }
    }

    /// What disco#info says of a room with an archive (MUCX-001, MUCX-031).
    func features(of room: Room) -> [String] {
        dialects.isEmpty || !room.settings.isArchived ? [] : [NS.mam, NS.mamExtended, NS.rsm]
    }

    /// Whether the requester may read (MUCX-007), and there is something to be read (MUCX-028).
    private func check(_ request: Request, _ room: Room) throws(StanzaError) {
        guard room.isThere(for: request.inbound) else { throw StanzaError(.itemNotFound) }
        guard let dialect = dialect(of: request.inbound, room) else { throw StanzaError(.serviceUnavailable) }
        try dialect.checkReading(request.element["node"], in: room, by: request.inbound.requester)
        guard room.settings.isArchived else { throw StanzaError(.serviceUnavailable) }
    }

    /// Whose messages are asked for: an occupant's, or those of a real address that the reader may know of (MUCX-020).
    private func author(
        _ with: JID?, _ inbound: Inbound, _ reader: ArchiveReader
    ) throws(StanzaError) -> ArchiveQuestion.Author? {
        guard let with else { return nil }
        if let local = inbound.room.local, inbound.service.isAddress(with.bare, ofRoom: local) {
            return with.resource.map { .nick($0) }  // without a nick it is everybody
        }
        guard reader.seesAllJIDs || reader.isOpen else { throw StanzaError(.forbidden) }
        return .jid(with)
    }

    /// Told in the dialect of the reader's seat, if that has an archive, else in the first that has.
    private func ask(
        _ kind: ArchiveQuestion.Kind, _ inbound: Inbound, _ reader: ArchiveReader, _ room: Room
    ) -> Intent {
        dialect(of: inbound, room).map { .ask(ArchiveQuestion(kind, reader: reader, dialect: $0)) } ?? .ignore
    }

    private func dialect(of inbound: Inbound, _ room: Room) -> (any Dialect)? {
        let spoken = inbound.seat?.dialect ?? room.enrolments[jid: inbound.from]?.dialect
        return dialects.first { $0.id == spoken } ?? dialects.first
    }
}
