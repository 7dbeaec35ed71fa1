// What happens in a room, as its channel's subscribers are told of it, node by node.

import DialectKit
import Rooms
import XML
import XMPP

/// Writes events for one view: only of nodes that the reader wants to hear of (XEP-0369 §4.7).
struct EventWriter: Sendable {
    let room: Room
    let view: View
    let reader: ChannelReader

    init(_ room: Room, _ grammar: Grammar, for view: View) {
        self.room = room
        self.view = view
        reader = ChannelReader(room, grammar, for: view)
    }

    private var grammar: Grammar { reader.grammar }
    private var items: ItemWriter { ItemWriter(reader: reader) }
    private var nodes: NodeWriter { NodeWriter(reader: reader) }
    private var presences: PresenceWriter { PresenceWriter(reader: reader) }
    private var isOwn: Bool { view.relation != .other }

    /// Whether the reader is told of a node, which is there.
    func wants(_ topic: Topics) -> Bool { view.topics.contains(topic) && room.hasNode(topic) }

    /// Real addresses are for those who may see them, whatever they subscribed to (law 7).
    private var hearsAddresses: Bool { wants(.addresses) && (room.settings.isOpen || view.seesJIDs) }

    func write(_ event: Event) -> [Template] {
        switch event {
        case .lifecycle(let happening): EndingWriter(self).write(happening)
        case .attendance(let happening): write(happening)
        case .conversation(let happening): write(happening)
        case .membership(let happening): write(happening)
        case .governance(let happening): GovernanceWriter(self).write(happening)
        case .library(let happening): write(happening)
        }
    }

    // MARK: What is said

    private func write(_ happening: Event.Conversation) -> [Template] {
        switch happening {
        case .said(let message):
            return wants(.messages) ? MessageWriter(reader: reader).said(message, isOwn: isOwn) : []
        case .subjectChanged(let message): return subject(message)
        case .retracted(let retraction):
            return wants(.messages) ? [MessageWriter(reader: reader).retracted(retraction, isOwn: isOwn)] : []
        case .returned(let returned): return [self.returned(returned)]
        case .whispered, .invited, .declined, .voiceRequested, .registrationRequested: return []
        }
    }

    /// A node of its own in the drafts; today an ordinary message (rule X-19).
    private func subject(_ message: Event.Message) -> [Template] {
        guard grammar.isDraft else {
            return wants(.messages) ? MessageWriter(reader: reader).said(message, isOwn: isOwn) : []
        }
        guard wants(.subject) else { return [] }
        guard let item = items.subject(message) else {
            return [nodes.event(.purged, about: Nodes.subject, id: message.archiveID)]
        }
        return [nodes.event([item], about: Nodes.subject, id: message.archiveID)]
    }

    /// An error that answers a private message: from the proxy of whom it had gone to, and nothing else of it.
    private func returned(_ event: Event.Returned) -> Template {
        Template(.message) { writer in
            writer.attribute("from", event.from.map { reader.proxy($0.id) } ?? reader.channel)
            writer.attribute("type", StanzaType.error.rawValue)
            writer.attribute("id", event.id)
            writer.element(StanzaError(event.error.condition, type: event.error.type).element)
        }
    }

    // MARK: Coming and going

    private func write(_ happening: Event.Attendance) -> [Template] {
        switch happening {
        case .entered(let arrival): return entered(arrival)
        case .resynced(let arrival): return arrival.changesShown ? shown(arrival.seat.id) : []
        case .presenceChanged(let change): return (change.changesSight ? relisted(change) : []) + shown(change.seat)
        case .visibilityChanged(let change): return seen(change.person, isShown: change.isShown)
        case .renamed(let renaming): return renamed(renaming)
        case .left(let departure): return left(departure)
        }
    }

    /// Somebody of MUC takes part as long as it is here (rule X-20); whoever joined does anyhow.
    private func entered(_ arrival: Event.Arrival) -> [Template] {
        let isVisitor = room.enrolments[arrival.person.id]?.isParticipant != true
        let listing = arrival.isFirst && isVisitor ? listed(arrival.person, "enter-\(arrival.seat.id.number)") : []
        return listing + shown(arrival.seat.id)
    }

    private func listed(_ person: Person, _ id: String) -> [Template] {
        let item = items.participant(person.id, nick: person.nick, jid: person.jid)
        var told: [Template] = []
        if wants(.participants) { told.append(nodes.event([item], about: NS.mixNodeParticipants, id: id)) }
        if hearsAddresses {
            let address = items.address(of: person.id, person.jid)
            told.append(nodes.event([address], about: NS.mixNodeJIDMap, id: id + "-map"))
        }
        return told
    }

    private func unlisted(_ id: ParticipantID, _ event: String) -> [Template] {
        let gone = PubSubEvent.retracted([reader.item(id)])
        var told: [Template] = []
        if wants(.participants) { told.append(nodes.event(gone, about: NS.mixNodeParticipants, id: event)) }
        if hearsAddresses { told.append(nodes.event(gone, about: NS.mixNodeJIDMap, id: event + "-map")) }
        return told
    }

    /// A visitor's item says now who it is, or does not any more (rule T-08); that of whoever joined is told by itself.
    private func relisted(_ change: Event.PresenceChange) -> [Template] {
        let person = change.person
        guard wants(.participants), room.enrolments[person.id]?.isParticipant != true,
            room.seating.shown(of: person.id)?.id == change.seat
        else { return [] }
        let item = items.participant(person.id, nick: person.nick, jid: person.jid)
        return [nodes.event([item], about: NS.mixNodeParticipants, id: "sight-\(change.seat.number)")]
    }

    private func shown(_ id: SeatID) -> [Template] {
        guard wants(.presence), let seat = room.seating[id], seat.isPresent, let person = room.person(at: id) else {
            return []
        }
        return presences.available(seat, person)
    }

    /// Somebody is in a role that is broadcast from now on, or not any more.
    func seen(_ person: Person, isShown: Bool) -> [Template] {
        let seats = room.seating.seats(of: person.id).filter(\.isPresent)
        let isVisitor = room.enrolments[person.id]?.isParticipant != true
        let id = "seen-\(person.id)"
        if isShown { return (isVisitor ? listed(person, id) : []) + seats.flatMap { shown($0.id) } }
        let gone = wants(.presence) ? seats.flatMap { presences.unavailable($0, person, [], isLeaving: false) } : []
        return gone + (isVisitor ? unlisted(person.id, id) : [])
    }

    private func renamed(_ renaming: Event.Renaming) -> [Template] {
        let seats = room.seating.seats(of: renaming.person.id).filter(\.isPresent)
        let id = renaming.stamp.map(nodes.id) ?? "nick-\(renaming.person.id)-\(renaming.time.milliseconds)"
        let item = items.participant(renaming.person.id, nick: renaming.person.nick, jid: renaming.person.jid)
        let told = wants(.participants) ? [nodes.event([item], about: NS.mixNodeParticipants, id: id)] : []
        return told + seats.flatMap { shown($0.id) }
    }

    private func left(_ departure: Event.Departure) -> [Template] {
        let person = departure.person
        let isVisitor = room.enrolments[person.id]?.isParticipant != true
        let isOver = departure.isLast && isVisitor
        var told: [Template] = []
        if wants(.presence) {
            for seat in departure.seats {
                told += presences.unavailable(
                    seat, person, departure.payload, isLeaving: isOver || departure.isForGood)
            }
        }
        if isOver { told += unlisted(person.id, "left-\(person.id)-\(departure.time.milliseconds)") }
        return told
    }

    // MARK: Joining and leaving for good

    private func write(_ happening: Event.Membership) -> [Template] {
        switch happening {
        case .joined(let joining): return joined(joining)
        case .changed(let change):
            if isOwn, change.added.contains(.presence), wants(.presence) { return presences.everybody() }
            guard change.changesSight, change.enrolment.isParticipant else { return [] }
            let item = items.participant(change.enrolment.id, nick: change.person.nick, jid: change.enrolment.jid)
            return wants(.participants)
                ? [nodes.event([item], about: NS.mixNodeParticipants, id: nodes.id(change.stamp))] : []
        case .withdrawn(let withdrawal):
            guard withdrawal.enrolment.isParticipant, room.roster[withdrawal.enrolment.id] == nil else { return [] }
            return unlisted(withdrawal.enrolment.id, nodes.id(withdrawal.stamp))
        case .listening(let listening):
            let isMember = room.enrolments[listening.seat.participant] != nil
            return isMember && !listening.showsPresence && wants(.presence) ? presences.everybody() : []
        case .sighted(let sighting):
            return wants(.presence) ? presences.available(sighting.seat, sighting.person) : []
        case .vanished(let sighting):
            return wants(.presence) ? presences.unavailable(sighting.seat, sighting.person, [], isLeaving: false) : []
        case .deafened, .placed, .retuned, .invited: return []
        }
    }

    /// Who joined, to everybody; to itself also who is there, and the drafts' subject (rule X-16).
    private func joined(_ joining: Event.Joining) -> [Template] {
        let person = joining.person
        let told = joining.isNew ? listed(person, nodes.id(joining.stamp)) : []
        guard isOwn else { return told }
        let there = wants(.presence) ? presences.everybody() : []
        guard grammar.isDraft, wants(.subject), let item = items.subject(room.subject.change) else {
            return told + there
        }
        return told + there + [nodes.event([item], about: Nodes.subject, id: nodes.id(joining.stamp) + "-subject")]
    }

    // MARK: Nodes of the room's own

    private func write(_ happening: Event.Library) -> [Template] {
        let id = nodes.id(happening.stamp)
        // a list that was cleared is part of another node in the drafts
        if grammar.isDraft, [.allowed, .banned].contains(happening.topic) { return GovernanceWriter(self).lists(id) }
        guard view.topics.contains(happening.topic) else { return [] }
        if case .dropped(let making) = happening { return [nodes.event(.deleted, about: making.node, id: id)] }
        guard room.hasNode(happening.topic) else { return [] }
        switch happening {
        case .made, .dropped: return []
        case .published(let publication):
            return [nodes.event([items.published(publication.item)], about: publication.node, id: id)]
        case .removed(let removal):
            let event: PubSubEvent = removal.isPurge ? .purged : .retracted(removal.ids)
            return [nodes.event(event, about: removal.node, id: id)]
        }
    }
}
