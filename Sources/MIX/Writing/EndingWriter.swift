// The end of a channel, as everybody who listens is told of it.

import DialectKit
import Rooms
import XML
import XMPP

/// Writes destruction (rules XD-124 … XD-126, mix-0.2.1 O-26) and the shutdown of the service.
struct EndingWriter: Sendable {
    private let writer: EventWriter

    init(_ writer: EventWriter) { self.writer = writer }

    func write(_ happening: Event.Lifecycle) -> [Template] {
        switch happening {
        case .created, .unlocked: []
        case .destroyed(let ending): destroyed(ending)
        case .shutDown: []
        }
    }

    /// Everybody is taken out, the reader too, and then every node is gone.
    private func destroyed(_ ending: Event.Ending) -> [Template] {
        guard ending.destruction != nil, case .own(let own) = writer.view.relation,
            let seat = ending.seats.first(where: { $0.id == own }),
            let member = ending.enrolments.first(where: { $0.id == seat.participant })
        else { return [] }
        let reader = ChannelReader(writer.room, writer.reader.grammar, for: writer.view, secret: ending.secret)
        let nodes = NodeWriter(reader: reader)
        var people: [ParticipantID: String] = ending.nicks
        for enrolment in ending.enrolments where enrolment.isParticipant { people[enrolment.id] = enrolment.nick ?? "" }
        let id = "end-\(ending.stamp.seq)"
        var told: [Template] = []
        let topics = member.topics
        if topics.contains(.presence) {
            for other in ending.seats where other.isPresent {
                let person = Person(
                    id: other.participant, jid: other.address, nick: people[other.participant] ?? "",
                    affiliation: .none, role: .none)
                told += PresenceWriter(reader: reader).unavailable(other, person, [], isLeaving: true)
            }
        }
        if topics.contains(.participants) {
            let everybody = people.keys.sorted { $0.text < $1.text }.map(reader.item)
            told.append(nodes.event(.retracted(everybody), about: NS.mixNodeParticipants, id: id))
        }
        for topic in topics.each {
            guard let name = Nodes(grammar: reader.grammar).name(of: topic, in: reader.room) else { continue }
            told.append(nodes.event(.deleted, about: name, id: "\(id)-\(topic.rawValue)"))
        }
        return told
    }
}
