// disco#info and disco#items of a room: a fold over what is served here and what its dialects contribute.

import Rooms
import XML
import XMPP

/// Answers service discovery at a room's address (XEP-0030; MUC-071 … MUC-083).
struct RoomDisco: Sendable {
    private let dialects: [any Dialect]
    /// Owners that are named for those who want to ask something.
    private static let mostContacts = 10

    init(_ dialects: [any Dialect]) { self.dialects = dialects }

    func register(in table: inout HandlerTable) {
        let contributors = dialects
        table.on(.get, "query", NS.discoInfo, feature: NS.discoInfo) { request, room throws(StanzaError) in
            guard room.isThere(for: request.inbound) else { throw StanzaError(.itemNotFound) }
            if let node = request.element["node"], !node.isEmpty {
                return .reply([request.inbound.stanza.result([try Self.answer(node, request, room).element])])
            }
            return .reply([request.inbound.stanza.result([Self.info(room, request, contributors).element])])
        }
        table.on(.get, "query", NS.discoItems, feature: NS.discoItems) { request, room throws(StanzaError) in
            guard room.isThere(for: request.inbound) else { throw StanzaError(.itemNotFound) }
            let node = request.element["node"]
            return .reply([request.inbound.stanza.result([DiscoItems(node: node, items: []).element])])
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

    private static func info(_ room: Room, _ request: Request, _ dialects: [any Dialect]) -> DiscoInfo {
        let title = room.settings.title.isEmpty ? room.name.local : room.settings.title
        var features = request.features + ArchiveRequests(dialects).features(of: room)
        for dialect in dialects { features += dialect.roomFeatures(room).filter { !features.contains($0) } }
        return DiscoInfo(
            node: nil, identities: [DiscoInfo.Identity(category: "conference", type: "text", name: title)],
            features: features, forms: [form(room, request.inbound)])
    }

    /// The muc#roominfo form (XEP-0045 §16.5.4); what may reveal the inside only to those who may enter (MUC-377).
    private static func form(_ room: Room, _ inbound: Inbound) -> DataForm {
        let settings = room.settings
        var fields: [DataForm.Field] = [
            .init(DataForm.formTypeField, .hidden, value: NS.mucRoomInfo),
            .init("muc#roominfo_description", .textSingle, value: settings.about),
            .init("muc#roomconfig_roomname", .textSingle, value: settings.title),
            .init("muc#roominfo_lang", .textSingle, value: settings.language),
            .init("muc#maxhistoryfetch", .textSingle, value: String(settings.historyMessages)),
            .init("muc#roominfo_subjectmod", flag: settings.subjectByParticipants),
            .init("muc#roomconfig_changesubject", flag: settings.subjectByParticipants),
            .init("muc#roomconfig_allowinvites", flag: settings.invitationsByParticipants),
            .init("muc#roomconfig_whois", .listSingle, value: settings.isOpen ? "anyone" : "moderators"),
            .init("muc#roomconfig_allowpm", .listSingle, value: settings.privateMessages),
        ]
        let isOfTheRoom = inbound.seat != nil || room.permissions.mayRead(.owner, inbound.requester)
        if settings.isOpen, isOfTheRoom {
            let owners = room.affiliations.owners.prefix(mostContacts).map(\.description)
            fields.append(.init("muc#roominfo_contactjid", .jidMulti, values: Array(owners)))
        }
        if (settings.isPublic && !settings.isMembersOnly) || room.permissions.mayEnter(inbound.from) {
            fields.append(.init("muc#roominfo_occupants", .textSingle, value: String(room.roster.count)))
            fields.append(.init("muc#roominfo_subject", .textSingle, value: room.subject.text))
        }
        return DataForm(.result, fields: fields)
    }
}
