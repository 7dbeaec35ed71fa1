// Speaking and being there by publishing, as the ProtoXEP 0.0.1 has it.

import DialectKit
import Rooms
import XML
import XMPP

/// Understands a publication to the nodes of messages and of presence (0.0.1 §5.1.3, §5.1.5).
struct DraftPublication {
    let speaker: Speaker
    let node: String

    private var inbound: Inbound { speaker.inbound }

    func read(_ items: [Element]) throws(StanzaError) -> Intent {
        let topic: Topics = node == NS.mixNodeMessages ? .messages : .presence
        guard speaker.room.hasNode(topic) else { throw StanzaError(.itemNotFound) }
        guard speaker.isMember else { throw StanzaError(.forbidden) }
        // today's clients have stanzas for this (MIXC-206)
        guard speaker.grammar.isDraft else { throw StanzaError(.notAllowed) }
        guard let item = items.first else { throw StanzaError(.itemRequired) }
        guard items.count == 1 else { throw StanzaError(.badRequest, text: "one item at a time") }
        return topic == .messages ? try message(item) : try presence(item)
    }

    /// Every child of the item is a child of the message (MIX1-104); its own id is what the sender called it.
    private func message(_ item: Element) throws(StanzaError) -> Intent {
        guard !RoomOnlyPayloads.moderates(Array(item.children)) else { throw StanzaError(.forbidden) }
        let payload = RoomOnlyPayloads.strip(Array(item.children), for: inbound)
        guard !payload.isEmpty else { throw StanzaError(.payloadRequired) }
        let (seat, commands) = try speaker.place(now: speaker.pinned(to: .v001))
        let own = item["id"].flatMap { $0.isEmpty ? nil : $0 }
        let words = Utterance(
            id: own ?? inbound.stanza.id, type: .groupchat, payload: payload, sender: inbound.from)
        let (request, node) = (inbound.stanza, node)
        return .change(
            commands + [.say(seat, words)],
            answer: Intent.Answer { events, _ in
                let said = events.lazy.compactMap { event -> String? in
                    if case .conversation(.said(let message)) = event { message.archiveID } else { nil }
                }.first
                return PubSubReader.published(said, in: node, request)
            })
    }

    private func presence(_ item: Element) throws(StanzaError) -> Intent {
        guard let presence = item.child("presence", NS.client) else { throw StanzaError(.payloadRequired) }
        guard !inbound.from.isBare else { throw StanzaError(.badRequest) }
        let grammar = speaker.pinned(to: .v001)
        let payload = RoomOnlyPayloads.strip(Array(presence.children), for: inbound).filter { !$0.is("nick", NS.nick) }
        let priority = presence.child("priority", NS.client).flatMap { Int8($0.text) } ?? 0
        let isHeardFor = speaker.room.seating[address: inbound.from.bare]?.kind == .listener
        var commands = grammar == speaker.grammar ? [] : speaker.pin(to: grammar)
        commands.append(
            .membership(
                .appear(
                    inbound.from, SeatPresence(payload: payload, priority: priority), dialect: grammar.id,
                    domain: inbound.domain, isHeardFor: isHeardFor)))
        let (request, node, from) = (inbound.stanza, node, inbound.from)
        let reader = speaker.reader(grammar)
        return .change(
            commands,
            answer: Intent.Answer { _, room in
                let id = room.participant(jid: from).map { reader.proxy($0.id, at: from) }
                return PubSubReader.published(id, in: node, request)
            })
    }
}
