// What MUC says of itself and of a room in service discovery.

public import DialectKit
public import Rooms
import XML
import XMPP

extension MUCDialect {
    /// Owners that are named for those who want to ask something.
    private static let mostContacts = 10
    /// The dialects of channels, whose domain is the mirror of this one (XEP-0408 §2).
    private static let channels: Set<String> = ["mix", "mix-0.2.1", "mix-0.0.1"]

    /// XEP-0045 §6.2, §16.3 (MUC-067, MUC-073).
    public func face(of service: ServiceFacts, for asker: ServiceAsker) -> DiscoFace {
        DiscoFace(
            identities: [DiscoInfo.Identity(category: "conference", type: "text", name: service.title)],
            features: [NS.muc, "muc_rooms", NS.mucStableID, NS.occupantID],
            forms: mirror(of: service, at: asker.domain))
    }

    /// Where the same rooms are channels (MIXC-462).
    private func mirror(of service: ServiceFacts, at domain: String) -> [DataForm] {
        guard let mirror = service.mirror(speaking: Self.channels, notAt: domain) else { return [] }
        return [
            DataForm(
                .result, formType: NS.mixMirrorOfMUC,
                fields: [.init("mix-mirror", .jidSingle, label: "Location of MIX mirror service", value: mirror)])
        ]
    }

    /// XEP-0045 §6.4: one of each pair, and what the room can (MUC-072).
    public func face(of room: Room, for inbound: Inbound) -> DiscoFace {
        let title = room.settings.title.isEmpty ? room.name.local : room.settings.title
        return DiscoFace(
            identities: [DiscoInfo.Identity(category: "conference", type: "text", name: title)],
            features: features(of: room), forms: [form(of: room, inbound)])
    }

    private func features(of room: Room) -> [String] {
        let settings = room.settings
        let voice = settings.voiceRequests ? [NS.mucRequest] : []
        return voice + [
            NS.muc, NS.mucRoomConfig, NS.mucRoomInfo, NS.mucRegister, NS.mucStableID, NS.sid, NS.occupantID,
            NS.mucSelfPing, NS.retraction, NS.moderation,
            settings.isPublic ? "muc_public" : "muc_hidden",
            settings.isMembersOnly ? "muc_membersonly" : "muc_open",
            settings.isModerated ? "muc_moderated" : "muc_unmoderated",
            settings.isOpen ? "muc_nonanonymous" : "muc_semianonymous",
            settings.password == nil ? "muc_unsecured" : "muc_passwordprotected",
            settings.isPersistent ? "muc_persistent" : "muc_temporary",
        ]
    }

    /// The muc#roominfo form (XEP-0045 §16.5.4); what may reveal the inside only to those who may enter (MUC-377).
    private func form(of room: Room, _ inbound: Inbound) -> DataForm {
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
            let owners = room.affiliations.owners.prefix(Self.mostContacts).map(\.description)
            fields.append(.init("muc#roominfo_contactjid", .jidMulti, values: Array(owners)))
        }
        if (settings.isPublic && !settings.isMembersOnly) || room.permissions.mayEnter(inbound.from) {
            fields.append(.init("muc#roominfo_occupants", .textSingle, value: String(room.roster.count)))
            fields.append(.init("muc#roominfo_subject", .textSingle, value: room.subject.text))
        }
        return DataForm(.result, fields: fields)
    }
}
