// The rules of one room: what differs from the defaults, and how each rule is read.

public import XMPP

/// The values of all settings of a room; holds only those that differ from the default.
public struct Settings: Sendable, Equatable {
    /// What differs from `Setting.default`, or was chosen where nothing is decided without a choice.
    public private(set) var chosen: [Setting: SettingValue] = [:]

    public init() {}

    /// Settings as they were stored.
    init(chosen: [Setting: SettingValue]) {
        for (setting, value) in chosen { self[setting] = value }
    }

    public subscript(_ setting: Setting) -> SettingValue {
        get { chosen[setting] ?? unchosen(setting) }
        set { chosen[setting] = newValue == setting.default && !Self.follows(setting) ? nil : newValue }
    }

    /// The settings once these are others.
    func with(_ changed: [Setting: SettingValue]) -> Settings {
        var next = self
        for (setting, value) in changed { next[setting] = value }
        return next
    }

    /// Whether this setting follows another one until somebody chooses: then it is stored even if it is the default.
    private static func follows(_ setting: Setting) -> Bool { setting == .invitationsByParticipants }

    /// Members of a members-only room may invite, and so make members, only where that was chosen (MUC-198).
    private func unchosen(_ setting: Setting) -> SettingValue {
        Self.follows(setting) ? .flag(!isMembersOnly) : setting.default
    }

    /// The room's name for people; empty: its local part serves.
    public var title: String { text(.title) }
    public var about: String { text(.about) }
    /// The language of words the room makes itself; empty: the service's.
    public var language: String { text(.language) }
    public var isPublic: Bool { flag(.isPublic) }
    public var isPersistent: Bool { flag(.isPersistent) }
    public var isModerated: Bool { flag(.isModerated) }
    public var isMembersOnly: Bool { flag(.isMembersOnly) }
    /// Nil: no password is asked.
    public var password: String? { text(.password).isEmpty ? nil : text(.password) }
    /// Everybody may see everybody's real JID (XEP-0045 "non-anonymous").
    public var isOpen: Bool { choice(.whois) == "anyone" }
    public var subjectByParticipants: Bool { flag(.subjectByParticipants) }
    public var invitationsByParticipants: Bool { flag(.invitationsByParticipants) }
    /// Whether visitors may ask for voice.
    public var voiceRequests: Bool { flag(.voiceRequests) }
    public var maxOccupants: Int? { number(.maxOccupants) }
    /// Roles whose presence the others are told.
    public var presenceBroadcast: Set<Role> { roles(.presenceBroadcast) }
    public var memberListReaders: Set<Role> { roles(.memberListReaders) }
    public var historyMessages: Int { number(.historyMessages) ?? 0 }
    /// What newcomers get who do not say how much they want; never more than `historyMessages`.
    public var newcomerMessages: Int { min(number(.newcomerMessages) ?? historyMessages, historyMessages) }
    public var isArchived: Bool { flag(.isArchived) }
    public var isLoggedPublicly: Bool { flag(.isLoggedPublicly) }
    public var nicksLocked: Bool { flag(.nicksLocked) }
    /// Whether somebody without an affiliation may become a member by registering a nick (MUC-213), or may ask for it.
    public var isOpenToRegistration: Bool { choice(.registration) != "closed" }
    /// Whether an admin has to say yes to that first (MUC-225).
    public var registrationNeedsApproval: Bool { choice(.registration) == "approval" }
    /// "service", "auto", "accept" or "kick" (GC-004).
    public var groupchatJoin: String { choice(.groupchatJoin) }
    public var groupchatWithoutRanks: Bool { flag(.groupchatWithoutRanks) }
    /// Features a reader must support to be here (XEP-0007).
    public var requiredFeatures: [String] { lines(.requiredFeatures) }

    /// Nobody is without a nick (XEP-0369 §4.7.3).
    public var mandatoryNicks: Bool { flag(.mandatoryNicks) }
    /// Real addresses are shown of those who allow it (XEP-0404 "JID Maybe Visible").
    public var isOptionallyOpen: Bool { choice(.whois) == "optional" }
    /// When the room ends by itself; nil: never (XEP-0406 "End of Life").
    public var endOfLife: Moment? { text(.endOfLife).isEmpty ? nil : Moment(xep0082: text(.endOfLife)) }
    /// Found and known to nobody but those inside and those invited (XEP-0369 §7.3.3).
    public var isAdHoc: Bool { flag(.isAdHoc) }
    /// Whoever is invited becomes a member, for nobody else comes in.
    var listsInvitees: Bool { isMembersOnly || isAdHoc }
    /// The standard nodes that this room has; who may enter at all is asked only where it is closed (rule T-10).
    public var nodes: Topics {
        var nodes = Topics.standard
        for word in lines(.missingNodes) { nodes.subtract(Self.topics(of: word)) }
        if !isMembersOnly { nodes.remove(.allowed) }
        return nodes
    }

    /// Everybody inside may read the map of addresses (XEP-0406 "jidmap-visible").
    public var showsAddressMap: Bool { isOpen && !lines(.missingNodes).contains("jidmap-visible") }

    /// Who may read the map of addresses: where they are hidden those who rule, where they are not everybody inside,
    /// and whoever was chosen only where the map is kept from people (MIX2-065, MIX2-092; mix-current O-14).
    public var addressReaders: String {
        guard isOpen else { return "admins" }
        return showsAddressMap ? "participants" : choice(.addressReaders)
    }

    /// The nodes behind one of `Setting.nodeWords`.
    public static func topics(of word: String) -> Topics {
        switch word {
        case "messages": .messages
        case "presence": .presence
        case "participants": .participants
        case "information": .information
        case "subject": .subject
        case "avatar": .avatar
        case "banned": .banned
        default: []
        }
    }

    /// "anyone", "participants", "moderators" or "none".
    public var privateMessages: String { choice(.privateMessages) }

    /// Who may send private messages: the least role, or nil for nobody.
    public var whisperers: Role? {
        switch choice(.privateMessages) {
        case "anyone": .visitor
        case "participants": .participant
        case "moderators": .moderator
        default: nil
        }
    }

    public func flag(_ setting: Setting) -> Bool { if case .flag(let value) = self[setting] { value } else { false } }
    public func text(_ setting: Setting) -> String { if case .text(let value) = self[setting] { value } else { "" } }
    public func choice(_ setting: Setting) -> String {
        if case .choice(let value) = self[setting] { value } else { "" }
    }
    func number(_ setting: Setting) -> Int? { if case .number(let value) = self[setting] { value } else { nil } }
    func roles(_ setting: Setting) -> Set<Role> { if case .roles(let value) = self[setting] { value } else { [] } }
    public func lines(_ setting: Setting) -> [String] {
        if case .lines(let value) = self[setting] { value } else { [] }
    }
}
