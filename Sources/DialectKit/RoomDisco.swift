// disco#info and disco#items of a room: a fold over what is served here and what its dialects contribute.

import Rooms
import XML
import XMPP

/// Answers service discovery at a room's address (XEP-0030; MUC-071 … MUC-083).
struct RoomDisco: Sendable {
    private let dialects: [any Dialect]

    init(_ dialects: [any Dialect]) { self.dialects = dialects }

    func register(in table: inout HandlerTable) {
        let contributors = dialects
        table.on(.get, "query", NS.discoInfo, feature: NS.discoInfo) { request, room throws(StanzaError) in
            guard room.isThere(for: request.inbound) else { throw StanzaError(.itemNotFound) }
            let speaksMIX = contributors.contains(where: \.tellsSessions)
            if let node = request.element["node"], !node.isEmpty, !(node == Self.channel && speaksMIX) {
                return .reply([request.inbound.stanza.result([try Self.answer(node, request, room).element])])
            }
            return .reply([request.inbound.stanza.result([try Self.info(room, request, contributors).element])])
        }
        table.on(.get, "query", NS.discoItems, feature: NS.discoItems) { request, room throws(StanzaError) in
            guard room.isThere(for: request.inbound) else { throw StanzaError(.itemNotFound) }
            let node = request.element["node"]
            var items: [DiscoItems.Item] = []
            for dialect in Self.speaking(node, contributors) {
                for item in try dialect.nodes(of: room, named: node, for: request.inbound) where !items.contains(item) {
                    items.append(item)
                }
            }
            return .reply([request.inbound.stanza.result([DiscoItems(node: node, items: items).element])])
        }
        table.on(.get, "ping", NS.ping, feature: NS.ping) { request, room throws(StanzaError) in
            guard room.isThere(for: request.inbound) else { throw StanzaError(.itemNotFound) }
            return .reply([request.inbound.stanza.result([])])
        }
    }

    private static func answer(_ node: String, _ request: Request, _ room: Room) throws(StanzaError) -> DiscoInfo {
        switch node {
        case "x-roomuser-item":
            let nick = room.nicknames.reserved(for: request.inbound.from, in: room)
            return DiscoInfo(
                node: node,
                identities: nick.map { [DiscoInfo.Identity(category: "conference", type: "text", name: $0)] } ?? [],
                features: [])
        case NS.mucTraffic: throw StanzaError(.serviceUnavailable)
        default: throw StanzaError(.itemNotFound)
        }
    }

    /// The node under which a domain that speaks everything is asked as a channel (XEP-0408 §2).
    private static let channel = "mix"

    /// The dialects that answer: where a domain is room and channel at once, the node says which is meant.
    private static func speaking(_ node: String?, _ dialects: [any Dialect]) -> [any Dialect] {
        let isBoth = Set(dialects.map(\.tellsSessions)).count == 2
        return isBoth ? dialects.filter { $0.tellsSessions == (node == channel) } : dialects
    }

    private static func info(
        _ room: Room, _ request: Request, _ dialects: [any Dialect]
    ) throws(StanzaError) -> DiscoInfo {
        let node = request.element["node"].flatMap { $0.isEmpty ? nil : $0 }
        // whoever does not say what it means is told of both (XEP-0369 §6.3)
        let answering = node == nil ? dialects : speaking(node, dialects)
        var face = DiscoFace(features: request.features + ArchiveRequests(answering).features(of: room))
        var reason: StanzaError?
        var isKnown = false
        for dialect in answering {
            do throws(StanzaError) {
                let own = try dialect.face(of: room, for: request.inbound)
                if !own.identities.isEmpty { isKnown = true }
                face.add(own)
            } catch {
                reason = reason ?? error
            }
        }
        if let reason, !isKnown { throw reason }
        return DiscoInfo(node: node, identities: face.identities, features: face.features, forms: face.forms)
    }
}
