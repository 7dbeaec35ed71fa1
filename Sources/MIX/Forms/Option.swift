// The configuration options of a channel, as data: what each is called, and which setting of the room it is.

import Rooms
import XMPP

/// One option that is a setting of the room by another name (XEP-0406 §2.4, 0.2.1 §3.6.6, §3.6.7).
struct Option: Sendable {
    let setting: Setting
    /// Today's name; nil: not offered today.
    let current: String?
    /// The name in 0.2.1; nil: not offered there.
    let draft: String?
    /// Further names that are understood.
    let aliases: [String]
    /// The option says the contrary of what the setting says, in this name.
    let isInverse: Set<String>

    init(
        _ setting: Setting, _ current: String?, draft: String? = nil, aliases: [String] = [],
        inverse: Set<String> = []
    ) {
        self.setting = setting
        self.current = current
        self.draft = draft
        self.aliases = aliases
        isInverse = inverse
    }

    /// In the order of the documents.
    static let all: [Option] = [
        Option(.endOfLife, "End of Life", draft: "End of Life"),
        Option(.messagesReaders, "Messages Node Subscription", draft: "Message Node Subscription"),
        Option(.presenceReaders, "Presence Node Subscription", draft: "Presence Node Subscription"),
        Option(.participantsReaders, "Participants Node Subscription", draft: "Participants Node Subscription"),
        Option(.subjectReaders, nil, draft: "Subject Node Subscription"),
        Option(.informationReaders, "Information Node Subscription"),
        Option(.allowedReaders, "Allowed Node Subscription"),
        Option(.bannedReaders, "Banned Node Subscription"),
        Option(.configurationReaders, "Configuration Node Access"),
        Option(.listReaders, nil, draft: "Configuration Node Access"),
        Option(.accessReaders, nil, draft: "ACL Node Access"),
        Option(.addressReaders, nil, draft: "JID Map Node Subscription"),
        Option(.listWriters, nil, draft: "Configuration Node Update"),
        Option(.accessWriters, nil, draft: "ACL Node Update"),
        Option(.informationWriters, "Information Node Update Rights"),
        Option(.avatarWriters, "Avatar Nodes Update Rights"),
        Option(.openPresence, "Open Presence", draft: "Open Presence"),
        Option(.presenceRequired, "Participants Must Provide Presence", draft: "Participants Must Provide Presence"),
        Option(
            .ownRetraction, "User Message Retraction", draft: "Allow Message Retraction",
            aliases: ["Allow User Message Retraction"]),
        Option(.adminRetraction, "Administrator Message Retraction Rights"),
        Option(
            .invitationAdmits, "Participation Addition by Invitation from Participant",
            draft: "Membership Extension by Invitation"),
        Option(
            .privateMessages, "Private Messages", draft: "No Private Messages", inverse: ["No Private Messages"]),
        Option(.mandatoryNicks, "Mandatory Nicks", draft: "Mandatory Nicks"),
    ]

    func name(isDraft: Bool) -> String? { isDraft ? draft : current }

    /// The field that shows the present value.
    func field(of room: Room, isDraft: Bool) -> DataForm.Field? {
        guard let name = name(isDraft: isDraft) else { return nil }
        switch room.settings[setting] {
        case .flag(let flag): return Self.field(name, flag)
        case .choice(let word) where setting == .privateMessages:
            return Self.field(name, (word != "none") != isInverse.contains(name))
        case .choice(let word):
            return DataForm.Field(name, .listSingle, value: Words.audience(word, isDraft: isDraft))
        case .text(let text): return text.isEmpty ? nil : DataForm.Field(name, .textSingle, value: text)
        case .lines, .number, .roles: return nil
        }
    }

    /// Yes and no as the tables of the documents write them.
    private static func field(_ name: String, _ flag: Bool) -> DataForm.Field {
        DataForm.Field(name, .boolean, value: flag ? "true" : "false")
    }

    /// What a submitted form says of this option, in whichever name of its generation; nil: nothing.
    ///
    /// - Throws: `not-acceptable` for a value that makes no sense (rule X-13).
    func value(in form: DataForm, isDraft: Bool) throws(StanzaError) -> SettingValue? {
        var names = [isDraft ? draft : current].compactMap { $0 } + aliases
        // another generation's name is understood where it means nothing else here
        names += [isDraft ? current : draft].compactMap { $0 }.filter { Self.isUnambiguous($0, isDraft: isDraft) }
        guard let field = names.lazy.compactMap({ form.field($0) }).first, let text = field.values.first else {
            return nil
        }
        switch setting.kind {
        case .flag:
            guard let flag = field.flag else { throw Self.bad(field.name) }
            return .flag(flag)
        case .choice where setting == .privateMessages:
            guard let flag = field.flag else { throw Self.bad(field.name) }
            return .choice(flag != isInverse.contains(field.name) ? "anyone" : "none")
        case .choice(let words):
            let word = Words.audience(from: text)
            guard words.contains(word), Self.allowed(setting, word) else { throw Self.bad(field.name) }
            return .choice(word)
        case .text:
            guard text.isEmpty || Moment(xep0082: text) != nil else { throw Self.bad(field.name) }
            return .text(text)
        default: return nil
        }
    }

    private static func isUnambiguous(_ name: String, isDraft: Bool) -> Bool {
        !all.contains { $0.name(isDraft: isDraft) == name }
    }

    /// Which groups an option may have (XEP-0406 §2.4).
    private static func allowed(_ setting: Setting, _ word: String) -> Bool {
        switch setting {
        case .messagesReaders, .informationReaders: ["participants", "allowed", "anyone"].contains(word)
        case .presenceReaders, .subjectReaders: ["participants", "allowed", "anyone", "nobody"].contains(word)
        case .allowedReaders, .bannedReaders, .configurationReaders: word != "anyone"
        default: true
        }
    }

    static func bad(_ name: String) -> StanzaError {
        StanzaError(.notAcceptable, type: .modify, text: "\(name) cannot have this value.")
    }
}
