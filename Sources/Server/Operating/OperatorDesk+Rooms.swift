// What the operator learns of rooms: which there are, how one stands, and why people came and went.

import Host
import Rooms
import Storage
import XMPP

extension OperatorDesk {
    /// A page of all services' rooms, in the order of the configuration, then of their names.
    func rooms(after: String?) async throws(OperatorFault) -> ControlAnswer {
        let mark = after?.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init) ?? []
        var services = configuration.services[...]
        if let name = mark.first { services = services.drop { $0.name != name } }
        var start = mark.count == 2 ? mark[1] : nil
        for service in services {
            let page = try await Answer.from {
                store.directory(
                    of: service.name, listedOnly: false, after: start, limit: ControlLimits.pageLines, $0)
            }
            start = nil
            guard let last = page.last else { continue }
            let lines = page.map { entry in
                let title = entry.title.isEmpty ? "" : "  \(TerminalText.clean(entry.title))"
                return "\(address(entry.name, service))  \(entry.listed ? "public" : "hidden")\(title)"
            }
            return ControlAnswer(lines, next: "\(service.name)/\(last.name)")
        }
        return ControlAnswer()
    }

    private func address(_ name: String, _ service: ServerConfiguration.ServicePlan) -> String {
        let domain = service.domains.first { $0.dialects.contains { $0.isServed } } ?? service.domains.first
        return "\(name)@\(domain?.domain ?? service.name)"
    }

    // MARK: Finding

    /// A stored room and where it belongs.
    private struct Found {
        let service: ServerConfiguration.ServicePlan
        let name: String
        let stored: StoredRoom
    }

    /// The room of a local part or address.
    private func find(_ text: String) async throws(OperatorFault) -> Found {
        guard let jid = try? JID(text.contains("@") ? text : "\(text)@\(configuration.domain)"), let name = jid.local
        else { throw .misuse("\"\(TerminalText.clean(text))\" cannot be a room: give its name or address") }
        var services = configuration.services
        if text.contains("@") {
            services = services.filter { $0.domains.contains { $0.domain == jid.domain } }
            if services.isEmpty {
                throw .misuse("\(jid.domain) is no domain of a service: see `services` in the configuration")
            }
        }
        var found: [Found] = []
        for service in services {
            let key = RoomKey(service: service.name, name: name)
            if let stored = try await Answer.from({ store.load(key, tail: 0, $0) }) {
                found.append(Found(service: service, name: name, stored: stored))
            }
        }
        guard let first = found.first else {
            throw .failed("there is no room \(TerminalText.clean(text)): see `parlance room list`")
        }
        guard found.count == 1 else {
            throw .misuse("several services have a room \(name): give its address, with the domain")
        }
        return first
    }

    // MARK: Showing

    func show(_ room: String) async throws(OperatorFault) -> ControlAnswer {
        let found = try await find(room)
        let recovered = try recover(found)
        let affiliations = Dictionary(grouping: recovered.affiliations.entries.values) { $0.affiliation }
        let counts = Affiliation.allCases.reversed().compactMap { affiliation in
            affiliations[affiliation].map { "\($0.count) \(affiliation.token)" }
        }
        let face = found.stored.face
        var lines = [
            address(found.name, found.service),
            "  state        \(Self.word(recovered.state))",
            "  title        \(TerminalText.clean(recovered.settings.title))",
            "  directory    \(face.listed ? "public" : "hidden")",
            "  messages     \(face.archivedCount) archived, \(face.head) events",
            "  affiliations \(counts.joined(separator: ", "))",
        ]
        if let people = await occupants(of: found) {
            lines.append("  here now     \(people.isEmpty ? "nobody" : "\(people.count)")")
            for person in people {
                let nick = TerminalText.clean(person.nick)
                lines.append("    \(nick)  \(person.affiliation), \(person.role)")
                lines += person.seats.map { "      \(TerminalText.clean($0))" }
            }
        } else {
            lines.append("  here now     nobody: no server runs on this data folder")
        }
        return ControlAnswer(lines)
    }

    private static func word(_ state: Room.State) -> String {
        switch state {
        case .absent: "destroyed"
        case .locked: "locked: its owner has not configured it yet"
        case .open: "open"
        }
    }

    /// Who is there; nil where no server runs.
    private func occupants(of found: Found) async -> [RoomDescription.Occupant]? {
        guard let house else { return nil }
        let shard = house.shards[house.shard(ofLocal: found.name)]
        return await shard.describe(found.name, of: found.service.name)?.occupants ?? []
    }

    private func recover(_ found: Found) throws(OperatorFault) -> Room {
        let name = RoomName(service: found.service.name, local: found.name)
        do throws(CodingFault) {
            var room = Room(name: name, limits: configuration.limits.room)
            if let snapshot = found.stored.snapshot {
                room = try Room(snapshot: snapshot.bytes, name: name, limits: configuration.limits.room)
            }
            for event in found.stored.events { room.recover(try EventCoding.decode(event.body)) }
            return room
        } catch {
            throw .failed("the room \(found.name) cannot be read (\(error)): keep a copy of the data folder, report it")
        }
    }

    // MARK: Why

    /// The recorded causes of somebody's comings and goings, newest last.
    func explain(_ room: String, _ who: String) async throws(OperatorFault) -> ControlAnswer {
        let found = try await find(room)
        let jid = try await person(who, in: found)
        let before = await seated(in: found)
        let records = try await Answer.from {
            store.notes(in: found.stored.number, of: jid.bare.description, limit: ControlLimits.notes, $0)
        }
        let notes = records.reversed().compactMap { record in
            try? Note(time: Moment(milliseconds: record.time), jid: jid.bare, encoded: record.cause)
        }
        let shown = notes.filter { jid.isBare || $0.address == jid || $0.address.isBare }
        let days = configuration.limits.host.noteDays
        guard !shown.isEmpty else {
            return ControlAnswer(["nothing is recorded of \(jid) in the last \(days) days"])
        }
        // read before and after the notes: who came or went in between is not called lost
        let seated = before.union(await seated(in: found))
        return ControlAnswer(PresumedDepartures.sentences(of: shown, seated: seated))
    }

    /// Whom an address or a nick means; of several who had the nick the last one.
    private func person(_ who: String, in found: Found) async throws(OperatorFault) -> JID {
        if let jid = try? JID(who), jid.local != nil { return jid }
        if let there = await occupants(of: found)?.first(where: { $0.nick == who }), let jid = try? JID(there.jid) {
            return jid.bare
        }
        let records = try await Answer.from {
            store.notes(in: found.stored.number, of: nil, limit: ControlLimits.notes, $0)
        }
        for record in records {
            guard let jid = try? JID(record.who),
                let note = try? Note(time: Moment(milliseconds: record.time), jid: jid, encoded: record.cause)
            else { continue }
            if note.nick == who { return jid }
        }
        throw .misuse(
            "\"\(TerminalText.clean(who))\" is no address, and no nick noted in \(found.name): "
                + "give an address like ada@example.org")
    }

    /// The full addresses that are in the room now.
    private func seated(in found: Found) async -> Set<String> {
        let seats = await occupants(of: found)?.flatMap(\.seats) ?? []
        return Set(seats.map { seat in seat.lastIndex(of: "(").map { String(seat[..<$0].dropLast()) } ?? seat })
    }
}

extension Shard {
    /// A room of this shard as it is in memory; nil if it is not.
    fileprivate func describe(_ name: String, of service: String) -> RoomDescription? {
        hall(of: service)?.describe(on: self).first { $0.name == name }
    }
}
