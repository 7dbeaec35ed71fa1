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
        case .whois: .choice(["moderators", "anyone"])
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
        case .isPersistent, .isArchived, .invitationsByParticipants, .voiceRequests: .flag(true)
        case .isPublic, .isModerated, .isMembersOnly, .subjectByParticipants, .isLoggedPublicly, .groupchatWithoutRanks,
            .nicksLocked:
            .flag(false)
        case .whois: .choice("moderators")
        case .privateMessages: .choice("anyone")
        case .registration: .choice("closed")
        case .groupchatJoin: .choice("service")
        case .maxOccupants, .newcomerMessages: .number(nil)
        case .historyMessages: .number(20)
        case .presenceBroadcast, .memberListReaders: .roles([.moderator, .participant, .visitor])
        case .requiredFeatures, .optionalFeatures: .lines([])
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
