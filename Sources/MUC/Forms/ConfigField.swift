// How each setting of a room is called, labelled and spelt in the configuration form.

import Rooms
import XMPP

/// One field of the muc#roomconfig form: the name of a `Setting` there, from whose declaration the rest follows.
struct ConfigField {
    let setting: Setting
    let name: String
    /// Names that other clients and servers use for it, taken in submissions.
    let aliases: [String]
    let label: String
    /// Other words for the choices of the setting.
    let spellings: [String: String]

    init(
        _ setting: Setting, _ name: String, _ label: String, aliases: [String] = [], spellings: [String: String] = [:]
    ) {
        self.setting = setting
        self.name = name
        self.label = label
        self.aliases = aliases
        self.spellings = spellings
    }

    /// "Is a password needed?": a field of the form that is no setting, because an empty password says the same.
    static let passwordFlag = "muc#roomconfig_passwordprotectedroom"
    static let owners = "muc#roomconfig_roomowners"
    static let admins = "muc#roomconfig_roomadmins"

    /// Prefix of fields that XEP-0045 has no name for (XEP-0068 §3.4).
    private static let own = "{urn:x-parlance:room:0}"

    /// Every setting, in the order of the form.
    static let all: [ConfigField] =
        [
            ConfigField(.title, "muc#roomconfig_roomname", "Name"),
            ConfigField(.about, "muc#roomconfig_roomdesc", "Description"),
            ConfigField(.language, "muc#roomconfig_lang", "Language of the conversation"),
            ConfigField(.isPublic, "muc#roomconfig_publicroom", "Listed in the directory"),
            ConfigField(.isPersistent, "muc#roomconfig_persistentroom", "Stays when everybody has left"),
            ConfigField(.isModerated, "muc#roomconfig_moderatedroom", "Only who has voice may speak"),
            ConfigField(.isMembersOnly, "muc#roomconfig_membersonly", "Only members may enter"),
            ConfigField(.password, "muc#roomconfig_roomsecret", "Password"),
            ConfigField(.whois, "muc#roomconfig_whois", "Who sees real addresses"),
            ConfigField(.subjectByParticipants, "muc#roomconfig_changesubject", "Participants may change the subject"),
            ConfigField(.voiceRequests, "muc#roomconfig_allowvoicerequests", "Visitors may ask for voice"),
            ConfigField(.invitationsByParticipants, "muc#roomconfig_allowinvites", "Participants may invite"),
            ConfigField(
                .privateMessages, "muc#roomconfig_allowpm", "Who may send private messages",
                spellings: ["visitor": "anyone", "participant": "participants", "moderator": "moderators"]),
            ConfigField(.maxOccupants, "muc#roomconfig_maxusers", "Most occupants at once"),
            ConfigField(
                .presenceBroadcast, "muc#roomconfig_presencebroadcast", "Roles whose presence everybody is told"),
            ConfigField(.memberListReaders, "muc#roomconfig_getmemberlist", "Roles that may read the member list"),
            ConfigField(
                .historyMessages, "muc#maxhistoryfetch", "Messages shown to newcomers",
                aliases: ["muc#roomconfig_historylength"]),
            ConfigField(
                .newcomerMessages, "muc#roomconfig_defaulthistorymessages", "… who do not say how many they want"),
            ConfigField(
                .isArchived, "muc#roomconfig_enablearchiving", "Keep an archive",
                aliases: ["muc#roomconfig_mam", "mam"]),
            ConfigField(.isLoggedPublicly, "muc#roomconfig_enablelogging", "The conversation is logged publicly"),
            ConfigField(.nicksLocked, own + "nicks_locked", "Who has a reserved nick uses it"),
            ConfigField(.registration, own + "registration", "Who registers a nick becomes a member"),
            ConfigField(.groupchatJoin, own + "groupchat_join", "Clients that know groupchat 1.0 only"),
            ConfigField(.groupchatWithoutRanks, own + "groupchat_without_ranks", "Tell such clients nothing of ranks"),
            ConfigField(.noticeOfJoin, own + "notice_of_join", "Notice of somebody coming, for such clients"),
            ConfigField(.noticeOfLeave, own + "notice_of_leave", "Notice of somebody going, for such clients"),
            ConfigField(.noticeOfRename, own + "notice_of_rename", "Notice of another nick, for such clients"),
            ConfigField(.requiredFeatures, own + "required_features", "Features every client must have"),
            ConfigField(.optionalFeatures, own + "optional_features", "Features that are used here"),
        ] + channel

    /// What shows to clients of MIX only; whoever owns the room may say so from here too.
    private static let channel: [ConfigField] = [
        ConfigField(.mandatoryNicks, own + "mix_mandatory_nicks", "Everybody who joins has a nick"),
        ConfigField(.openPresence, own + "mix_open_presence", "Presence of strangers is shown"),
        ConfigField(.presenceRequired, own + "mix_presence_required", "Who speaks shows presence"),
        ConfigField(.ownRetraction, own + "own_retraction", "Everybody may retract what they said"),
        ConfigField(.adminRetraction, own + "admin_retraction", "Who may retract what others said"),
        ConfigField(.invitationAdmits, own + "mix_invitation_admits", "Participants may let others in by inviting"),
        ConfigField(.endOfLife, own + "end_of_life", "The room ends by itself then"),
        ConfigField(.missingNodes, own + "mix_missing_nodes", "Nodes that this channel has not"),
        ConfigField(.messagesReaders, own + "mix_messages_readers", "Who may subscribe to messages"),
        ConfigField(.presenceReaders, own + "mix_presence_readers", "Who may subscribe to presence"),
        ConfigField(.participantsReaders, own + "mix_participants_readers", "Who may subscribe to participants"),
        ConfigField(.informationReaders, own + "mix_information_readers", "Who may subscribe to information"),
        ConfigField(.subjectReaders, own + "mix_subject_readers", "Who may subscribe to the subject"),
        ConfigField(.allowedReaders, own + "mix_allowed_readers", "Who may read who is allowed"),
        ConfigField(.bannedReaders, own + "mix_banned_readers", "Who may read who is banned"),
        ConfigField(.configurationReaders, own + "mix_configuration_readers", "Who may read the configuration"),
        ConfigField(.informationWriters, own + "mix_information_writers", "Who may change the information"),
        ConfigField(.avatarWriters, own + "mix_avatar_writers", "Who may change the avatar"),
        ConfigField(.listReaders, own + "mix_list_readers", "Who may read members and outcasts (0.2.1)"),
        ConfigField(.accessReaders, own + "mix_access_readers", "Who may read the access rules (0.2.1)"),
        ConfigField(.listWriters, own + "mix_list_writers", "Who may change members and outcasts (0.2.1)"),
        ConfigField(.accessWriters, own + "mix_access_writers", "Who may change the access rules (0.2.1)"),
        ConfigField(.addressReaders, own + "mix_address_readers", "Who may read the map of addresses"),
        ConfigField(.contacts, own + "contacts", "Whom to ask about this room"),
        ConfigField(.isAdHoc, own + "mix_ad_hoc", "Nobody finds it who was not invited"),
    ]

    /// The form's name of a setting, for errors.
    static func name(of setting: Setting) -> String {
        all.first { $0.setting == setting }?.name ?? "\(setting)"
    }
}
