// Presence of participants' clients, in the shape of each generation.

import DialectKit
import Rooms
import XML
import XMPP

/// Writes presence (XEP-0403 §3.5, §4; MIX1-094, MIX2-173).
struct PresenceWriter: Sendable {
    let reader: ChannelReader

    /// A client that is available, in each shape that the reader's grammar has for it.
    func available(_ seat: Seat, _ person: Person) -> [Template] {
        reader.grammar.presence.map { shape in
            if shape == .event { return published(seat, person) }
            return Template(.presence) { writer in
                begin(seat, &writer)
                for child in mark(person, seat) + seat.presence.payload { writer.element(child) }
            }
        }
    }

    /// A client that is not available any more.
    ///
    /// - Parameters:
    ///   - payload: its last words.
    ///   - isLeaving: its account is no participant any more (rule mix-0.2.1 O-11).
    func unavailable(_ seat: Seat, _ person: Person, _ payload: [Element], isLeaving: Bool) -> [Template] {
        let grammar = reader.grammar
        var templates = grammar.presence.filter { $0 != .event }.map { _ in
            Template(.presence) { writer in
                begin(seat, &writer)
                writer.attribute("type", StanzaType.unavailable.rawValue)
                for child in (grammar.isDraft ? [] : mark(person, seat)) + payload { writer.element(child) }
            }
        }
        if grammar.presence.contains(.event) || (isLeaving && grammar.retractsPresence) {
            let id = reader.proxy(seat.participant, at: seat.address)
            templates.append(
                NodeWriter(reader: reader).event(
                    .retracted([id]), about: NS.mixNodePresence, id: "gone-\(seat.presence.order)"))
        }
        return templates
    }

    private func begin(_ seat: Seat, _ writer: inout XMLWriter) {
        writer.attribute("from", reader.proxy(seat.participant, at: seat.address))
        writer.attribute("id", "presence-\(seat.presence.order)")
    }

    private func published(_ seat: Seat, _ person: Person) -> Template {
        let item = ItemWriter(reader: reader).presence(seat, person)
        return NodeWriter(reader: reader).event(
            [item], about: NS.mixNodePresence, id: "presence-\(seat.presence.order)")
    }

    /// What the channel says of whoever it is: nick, and the full real address for those who may see it.
    func mark(_ person: Person, _ seat: Seat) -> [Element] {
        guard !reader.grammar.isDraft else {
            return person.nick.isEmpty ? [] : [Element("nick", NS.nick) { person.nick }]
        }
        let sees = reader.sees(person.id)
        return [
            Element("mix", NS.mixPresence) {
                if sees { Element("jid", NS.mixPresence) { seat.address.description } }
                if !person.nick.isEmpty { Element("nick", NS.mixPresence) { person.nick } }
            }
        ]
    }

    /// Everybody who is available, as a newcomer is shown them (MIX2-181, MIXC-220).
    func everybody() -> [Template] {
        let people = reader.shown
        guard reader.grammar.presence == [.event] else { return people.flatMap(available) }
        // in 0.0.1 one notification with all that there is (rule mix-0.0.1 O-16)
        let items = people.map(ItemWriter(reader: reader).presence)
        guard !items.isEmpty else { return [] }
        return [NodeWriter(reader: reader).event(items, about: NS.mixNodePresence, id: "presence-\(items.count)")]
    }
}
