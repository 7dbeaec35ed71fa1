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

    /// Everybody is taken out whom the reader was told of, itself too, and then every node is gone. This is told in the
    /// room as it was.
    private func destroyed(_ ending: Event.Ending) -> [Template] {
        let (room, reader) = (writer.room, writer.reader)
        guard ending.destruction != nil, case .own(let own) = writer.view.relation, let seat = room.seating[own],
            room.enrolments[seat.participant] != nil
        else { return [] }
        let nodes = NodeWriter(reader: reader)
        let id = "end-\(ending.stamp.seq)"
        var told: [Template] = []
        if writer.wants(.presence) {
            let presences = PresenceWriter(reader: reader)
            for (seat, person) in reader.shown { told += presences.unavailable(seat, person, [], isLeaving: true) }
        }
        if writer.wants(.participants) {
            let everybody = room.listedParticipants.map(\.id).sorted { $0.text < $1.text }
            let gone = PubSubEvent.retracted(everybody.map(reader.item))
            told.append(nodes.event(gone, about: NS.mixNodeParticipants, id: id))
        }
        for topic in writer.view.topics.each where room.hasNode(topic) {
            guard let name = Nodes(grammar: reader.grammar).name(of: topic, in: room) else { continue }
            told.append(nodes.event(.deleted, about: name, id: "\(id)-\(topic.rawValue)"))
        }
        return told
    }
}
