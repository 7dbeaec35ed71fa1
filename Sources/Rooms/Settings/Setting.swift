// The settings of a room as data: one declaration each, from which forms, disco, storage and commands derive.

/// One setting of a room. Its raw value is the key under which it is stored; never reuse one.
public enum Setting: UInt8, Sendable, Hashable, CaseIterable {
    case title = 1
    case about = 2
    case language = 3
    case isPublic = 4
    case isPersistent = 5
    case isModerated = 6
    case isMembersOnly = 7
    case password = 8
    case whois = 9
    case subjectByParticipants = 10
    case invitationsByParticipants = 11
    case privateMessages = 12
    case maxOccupants = 13
    case presenceBroadcast = 14
    case memberListReaders = 15
    case historyMessages = 16
    case isArchived = 17
    case isLoggedPublicly = 18
    case groupchatJoin = 19
    case groupchatWithoutRanks = 20
    case noticeOfJoin = 21
    case noticeOfLeave = 22
    case noticeOfRename = 23
    case requiredFeatures = 24
    case optionalFeatures = 25
    case nicksLocked = 26
    case voiceRequests = 27
    case registration = 28
    case newcomerMessages = 29
    case mandatoryNicks = 30
    case openPresence = 31
    case presenceRequired = 32
    case ownRetraction = 33
    case adminRetraction = 34
    case invitationAdmits = 35
    case endOfLife = 36
    /// Standard nodes that this room has not, by the words of `Setting.nodeWords`.
    case missingNodes = 37
    case messagesReaders = 38
    case presenceReaders = 39
    case participantsReaders = 40
    case informationReaders = 41
    case subjectReaders = 42
    case allowedReaders = 43
    case bannedReaders = 44
    case configurationReaders = 45
    case informationWriters = 46
    case avatarWriters = 47
    /// Who reads title, members and outcasts, which 0.2.1 keeps in one node.
    case listReaders = 48
    case accessReaders = 49
    case listWriters = 50
    case accessWriters = 51
    case addressReaders = 52
    case contacts = 53
    case isAdHoc = 54

    /// Groups of people, from the widest to the narrowest, who may hear of a node (XEP-0406 §2.1).
    public static let audiences = ["anyone", "allowed", "participants", "admins", "owners", "nobody"]
    /// The nodes a room may be without; the last is that everybody may read the map of addresses where all are shown.
    public static let nodeWords = [
        "messages", "presence", "participants", "information", "subject", "avatar", "banned", "jidmap-visible",
    ]

    /// What a value of this setting may be.
    public enum Kind: Sendable, Equatable {
        case flag
        /// So many bytes at most.
        case text(Int)
        /// A number in this range, or none where `allowsNone`.
        case number(ClosedRange<Int>, allowsNone: Bool)
        case choice([String])
        case roles
        /// So many lines at most.
        case lines(Int)
    }

    /// What values are possible.
    public var kind: Kind {
        switch self {
        case .title: .text(256)
        case .about: .text(1_024)
        case .language: .text(35)
        case .password: .text(1_023)
        case .noticeOfJoin, .noticeOfLeave, .noticeOfRename: .text(128)
        case .whois: .choice(["moderators", "optional", "anyone"])
        case .adminRetraction: .choice(["nobody", "admins", "owners"])
        case .endOfLife: .text(40)
        case .missingNodes: .lines(Self.nodeWords.count)
        case .messagesReaders, .presenceReaders, .participantsReaders, .informationReaders, .subjectReaders,
            .allowedReaders, .bannedReaders, .configurationReaders, .listReaders, .accessReaders, .addressReaders:
            .choice(Self.audiences)
        case .informationWriters, .avatarWriters: .choice(["participants", "admins", "owners"])
        case .listWriters, .accessWriters: .choice(["admins", "owners"])
        case .contacts: .lines(32)
        case .privateMessages: .choice(["anyone", "participants", "moderators", "none"])
        case .registration: .choice(["closed", "approval", "open"])
        case .groupchatJoin: .choice(["service", "auto", "accept", "kick"])
        case .maxOccupants: .number(1...20_000, allowsNone: true)
        case .historyMessages: .number(0...100, allowsNone: false)
        case .newcomerMessages: .number(0...100, allowsNone: true)
        case .presenceBroadcast, .memberListReaders: .roles
        case .requiredFeatures, .optionalFeatures: .lines(32)
        default: .flag
        }
    }

    /// The value in a room where nobody chose another (MUC-298).
    public var `default`: SettingValue {
        switch self {
        case .title, .about, .language, .password: .text("")
        case .noticeOfJoin: .text("%@ has become available")
        case .noticeOfLeave: .text("%@ has left")
        case .noticeOfRename: .text("%@ is now known as %@")
        case .isPersistent, .isArchived, .invitationsByParticipants, .voiceRequests, .mandatoryNicks: .flag(true)
        case .isPublic, .isModerated, .isMembersOnly, .subjectByParticipants, .isLoggedPublicly, .groupchatWithoutRanks,
            .nicksLocked, .openPresence, .presenceRequired, .ownRetraction, .invitationAdmits, .isAdHoc:
            .flag(false)
        case .endOfLife: .text("")
        case .adminRetraction, .configurationReaders, .accessWriters: .choice("owners")
        case .messagesReaders, .presenceReaders, .participantsReaders, .informationReaders, .subjectReaders:
            .choice("participants")
        case .allowedReaders, .bannedReaders, .informationWriters, .avatarWriters, .listReaders, .accessReaders,
            .listWriters, .addressReaders:
            .choice("admins")
        case .whois: .choice("moderators")
        case .privateMessages: .choice("anyone")
        case .registration: .choice("closed")
        case .groupchatJoin: .choice("service")
        case .maxOccupants, .newcomerMessages: .number(nil)
        case .historyMessages: .number(20)
        case .presenceBroadcast, .memberListReaders: .roles([.moderator, .participant, .visitor])
        case .requiredFeatures, .optionalFeatures, .missingNodes, .contacts: .lines([])
        }
    }

    /// Whether `value` is one this setting may have.
    public func allows(_ value: SettingValue) -> Bool {
        switch (kind, value) {
        case (.flag, .flag): true
        case (.text(let limit), .text(let text)): text.utf8.count <= limit
        case (.number(_, let allowsNone), .number(nil)): allowsNone
        case (.number(let range, _), .number(let number?)): range.contains(number)
        case (.choice(let words), .choice(let word)): words.contains(word)
        case (.roles, .roles(let roles)): !roles.contains(.none)
        case (.lines(let limit), .lines(let lines)): lines.count <= limit && lines.allSatisfy { $0.utf8.count <= 256 }
        default: false
        }
    }
}

/// A value of a setting.
public enum SettingValue: Sendable, Hashable {
    case flag(Bool)
    case text(String)
    case number(Int?)
    case choice(String)
    case roles(Set<Role>)
    case lines([String])
}
