// What MUC says of itself and of a room in service discovery.

public import Rooms
import XMPP

extension MUCDialect {
    /// XEP-0045 §6.2, §16.3 (MUC-067, MUC-073).
    public var serviceFeatures: [String] { [NS.muc, "muc_rooms", NS.mucStableID, NS.occupantID] }

    /// XEP-0045 §6.4: one of each pair, and what the room can (MUC-072).
    public func roomFeatures(_ room: Room) -> [String] {
        let settings = room.settings
        let voice = settings.voiceRequests ? [NS.mucRequest] : []
        return voice + [
            NS.muc, NS.mucRoomConfig, NS.mucRoomInfo, NS.mucRegister, NS.mucStableID, NS.sid, NS.occupantID,
            NS.mucSelfPing,
            settings.isPublic ? "muc_public" : "muc_hidden",
            settings.isMembersOnly ? "muc_membersonly" : "muc_open",
            settings.isModerated ? "muc_moderated" : "muc_unmoderated",
            settings.isOpen ? "muc_nonanonymous" : "muc_semianonymous",
            settings.password == nil ? "muc_unsecured" : "muc_passwordprotected",
            settings.isPersistent ? "muc_persistent" : "muc_temporary",
        ]
    }
}
