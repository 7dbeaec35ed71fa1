// The options of a channel in both generations: shown, submitted as shown, and submitted wrongly.

import Rooms
import Testing
import XMPP

@testable import MIX

@Suite struct OptionTests {
    private func option(_ setting: Setting) throws -> MIX.Option {
        try #require(MIX.Option.all.first { $0.setting == setting })
    }

    private func form(_ name: String, _ value: String) -> DataForm {
        DataForm(.submit, formType: nil, fields: [DataForm.Field(name, .textSingle, value: value)])
    }

    @Test("Every option is there once, and has a name in one generation at least; names are not used twice")
    func names() {
        #expect(Set(MIX.Option.all.map(\.setting)).count == MIX.Option.all.count)
        for isDraft in [true, false] {
            let names = MIX.Option.all.compactMap { $0.name(isDraft: isDraft) }
            #expect(Set(names).count == names.count)
        }
        #expect(MIX.Option.all.allSatisfy { $0.current != nil || $0.draft != nil })
    }

    @Test("Whatever is shown can be submitted as it stands, for every value of every option")
    func roundTrip() throws {
        for option in MIX.Option.all {
            let values: [SettingValue] =
                switch option.setting.kind {
                case .flag: [.flag(true), .flag(false)]
                case .choice where option.setting == .privateMessages: [.choice("anyone"), .choice("none")]
                case .choice(let words): words.map { .choice($0) }
                default: [.text("2027-01-01T00:00:00Z")]
                }
            for value in values {
                let room = try Chamber([option.setting: value]).room
                for isDraft in [true, false] {
                    guard let field = option.field(of: room, isDraft: isDraft) else { continue }
                    let form = DataForm(.submit, formType: nil, fields: [field])
                    if let read = try? option.value(in: form, isDraft: isDraft) {
                        #expect(read == value, "\(field.name) \(value)")
                    } else {
                        #expect(!Self.isOffered(option.setting, value), "\(field.name) \(value)")
                    }
                }
            }
        }
    }

    /// Whether the documents let an option have this value (XEP-0406 §2.4).
    private static func isOffered(_ setting: Setting, _ value: SettingValue) -> Bool {
        guard case .choice(let word) = value else { return true }
        return switch setting {
        case .messagesReaders, .informationReaders: !["admins", "owners", "nobody"].contains(word)
        case .presenceReaders, .subjectReaders: !["admins", "owners"].contains(word)
        case .allowedReaders, .bannedReaders, .configurationReaders: word != "anyone"
        default: true
        }
    }

    @Test("An option is understood by the name of the other generation, where that means nothing else (X-13)")
    func otherNames() throws {
        let messages = try option(.messagesReaders)
        #expect(
            try messages.value(in: form("Message Node Subscription", "anyone"), isDraft: false) == .choice("anyone"))
        #expect(
            try messages.value(in: form("Messages Node Subscription", "members-only"), isDraft: true)
                == .choice("allowed"))
        let retraction = try option(.ownRetraction)
        for name in ["User Message Retraction", "Allow User Message Retraction", "Allow Message Retraction"] {
            for isDraft in [true, false] {
                #expect(try retraction.value(in: form(name, "true"), isDraft: isDraft) == .flag(true), "\(name)")
            }
        }
        let access = "Configuration Node Access"
        #expect(try option(.configurationReaders).value(in: form(access, "admins"), isDraft: true) == nil)
        #expect(
            try option(.configurationReaders).value(in: form(access, "admins"), isDraft: false) == .choice("admins"))
        #expect(
            try option(.listReaders).value(in: form(access, "admins-and-owners"), isDraft: true) == .choice("admins"))
        #expect(try option(.listReaders).value(in: form(access, "admins"), isDraft: false) == nil)
    }

    @Test("Private messages are asked for in one generation and refused in the other")
    func inverse() throws {
        let letters = try option(.privateMessages)
        #expect(try letters.value(in: form("Private Messages", "true"), isDraft: false) == .choice("anyone"))
        #expect(try letters.value(in: form("Private Messages", "0"), isDraft: false) == .choice("none"))
        #expect(try letters.value(in: form("No Private Messages", "1"), isDraft: true) == .choice("none"))
        #expect(try letters.value(in: form("No Private Messages", "false"), isDraft: false) == .choice("anyone"))
        let moderated = try Chamber([.privateMessages: .choice("moderators")]).room
        #expect(letters.field(of: moderated, isDraft: false)?.flag == true)
        #expect(letters.field(of: moderated, isDraft: true)?.flag == false)
    }

    @Test("Values that make no sense are refused, empty fields and other fields say nothing (X-13)")
    func values() throws {
        for (setting, name, value) in [
            (Setting.messagesReaders, "Messages Node Subscription", "everybody"),
            (.messagesReaders, "Messages Node Subscription", "owners"),
            (.configurationReaders, "Configuration Node Access", "anyone"),
            (.mandatoryNicks, "Mandatory Nicks", "maybe"), (.endOfLife, "End of Life", "tomorrow"),
            (.avatarWriters, "Avatar Nodes Update Rights", "anyone"),
        ] {
            let error = #expect(throws: StanzaError.self) {
                try option(setting).value(in: form(name, value), isDraft: false)
            }
            #expect(error?.condition == .notAcceptable && error?.type == .modify, "\(name)")
        }
        #expect(try option(.endOfLife).value(in: form("End of Life", ""), isDraft: false) == .text(""))
        #expect(try option(.mandatoryNicks).value(in: form("Something", "1"), isDraft: false) == nil)
        let empty = DataForm(.submit, formType: nil, fields: [DataForm.Field("Mandatory Nicks", .boolean, values: [])])
        #expect(try option(.mandatoryNicks).value(in: empty, isDraft: false) == nil)
        #expect(
            try option(.adminRetraction).value(
                in: form("Administrator Message Retraction Rights", "onwers"), isDraft: false) == .choice("owners"))
    }
}
