// The items of a channel's nodes: people, addresses, lists, subject, presence.

import DialectKit
import Rooms
import XML
import XMPP

/// Makes items as readers of one grammar know them (rules ).
struct ItemWriter: Sendable {
    let reader: ChannelReader

    private var grammar: Grammar { reader.grammar }

    /// An item, in the namespace of answers or of notifications.
    struct Item: Sendable {
        let id: String
        var publisher: String?
        /// The attribute that 0.2.1 shows on the configuration's item (example 5).
        var name: String?
        var children: [Element] = []

        func element(in namespace: String) -> Element {
            Element("item", namespace, ["id": id, "publisher": publisher, "name": name]) { children }
        }
    }

    // MARK: People

    /// Somebody in the participants node (XEP-0369 §4.7.3, 0.2.1 §3.6.3).
    func participant(_ id: ParticipantID, nick: String, jid: JID) -> Item {
        let name = nick.isEmpty ? nil : nick
        guard grammar.isDraft else {
            // this list is the same for all: who may see more has the map of addresses (XEP-0404 §2.3)
            let isShown = reader.shows(id)
            return Item(
                id: id.text,
                children: [
                    Element("participant", grammar.core) {
                        if let name { Element("nick", grammar.core) { name } }
                        if isShown { Element("jid", grammar.core) { jid.bare.description } }
                    }
                ])
        }
        let text = reader.sees(id) ? jid.bare.description : reader.proxy(id)
        let address = grammar.namesAddresses ? text : nil
        return Item(
            id: reader.item(id),
            children: [
                Element("participant", NS.mix0, ["jid": address, "nick": name]) {
                    if let name { Element("nick", NS.mix0) { name } }
                    if let address { Element("jid", NS.mix0) { address } }
                }
            ])
    }

    func participant(_ participant: Participant) -> Item {
        self.participant(participant.id, nick: participant.nick, jid: participant.jid)
    }

    /// Somebody in the map of addresses (XEP-0404 §2.5, 0.2.1 §3.6.4).
    func address(of id: ParticipantID, _ jid: JID) -> Item {
        let text = jid.bare.description
        guard grammar.isDraft else {
            return Item(
                id: id.text,
                children: [
                    Element("participant", NS.mixAnonymous) { Element("jid", NS.mixAnonymous) { text } }
                ])
        }
        return Item(
            id: reader.item(id),
            children: [Element("participant", NS.mix0, ["jid": text]) { Element("jid", NS.mix0) { text } }])
    }

    /// One client in the presence node (XEP-0403 §3.5; MIX1-094).
    func presence(_ seat: Seat, _ person: Person) -> Item {
        Item(
            id: reader.proxy(seat.participant, at: seat.address),
            publisher: reader.publisher(seat.participant, seat.address),
            children: [
                Element("presence", NS.client) {
                    PresenceWriter(reader: reader).mark(person, seat)
                    seat.presence.payload
                }
            ])
    }

    // MARK: The room

    /// The subject, which names its own item (rule X-19).
    func subject(_ message: Event.Message?) -> Item? {
        guard let message else { return nil }
        let texts = message.payload.filter { $0.is("subject", NS.client) && !$0.text.isEmpty }
        guard let first = texts.first else { return nil }
        let isInSeveral = texts.count > 1
        return Item(
            id: first.text,
            children: isInSeveral
                ? texts.map { text in
                    Element("text", NS.mix0, language: text.language) { text.text }
                } : [])
    }

    /// A conversation that somebody may find (rule mix-0.0.1 O-02).
    static func conversation(_ room: DiscoItems.Item) -> Item {
        let address = room.jid.description
        return Item(
            id: address,
            children: [Element("conversation", NS.mix0, ["jid": address, "name": room.name])])
    }

    /// A line of the lists of those allowed or banned (XEP-0406 §2.2).
    func line(_ jid: JID) -> Item { Item(id: jid.description) }

    /// Something that was published in a node of the room's own.
    func published(_ item: NodeLibrary.Item) -> Item {
        let publisher = item.publisher.flatMap { id in
            reader.room.participant(id).map { reader.publisher(id, $0.jid) } ?? reader.proxy(id)
        }
        return Item(
            id: item.id, publisher: grammar.isDraft ? publisher : nil, children: item.payload.map { [$0] } ?? [])
    }

    // MARK: Whole nodes

    /// All that a node holds now; nil of a node that is not there.
    func items(of topic: Topics) -> [Item] {
        let room = reader.room
        switch topic {
        case .participants: return room.listedParticipants.map(participant)
        case .addresses: return room.listedParticipants.map { address(of: $0.id, $0.jid) }
        case .presence:
            return reader.shown.map { presence($0.seat, $0.person) }
        case .subject: return subject(room.subject.change).map { [$0] } ?? []
        case .allowed: return (room.affiliations.list(.member)).map(line)
        case .banned: return room.affiliations.list(.outcast).map(line)
        case .information: return [InformationForm(reader: reader).item]
        case .configuration: return [ConfigurationForm(reader: reader).item]
        case .lists: return [DraftForms(reader: reader).lists]
        case .access: return [DraftForms(reader: reader).access]
        default:
            guard let node = room.library.nodes.values.first(where: { $0.topic == topic }) else { return [] }
            return node.items.map(published)
        }
    }
}
