// Settings: defaults, values that may be, and how each rule is read.

import Testing
import XMPP

@testable import Rooms

@Suite("Settings")
struct SettingsTests {
    @Test("Every default is a value its setting may have")
    func defaults() {
        for setting in Setting.allCases { #expect(setting.allows(setting.default), "\(setting)") }
    }

    @Test("A room where nobody chose anything (MUC-298)")
    func unchosen() {
        let settings = Settings()
        #expect(!settings.isPublic && settings.isPersistent && !settings.isMembersOnly && !settings.isModerated)
        #expect(settings.password == nil && !settings.isOpen && !settings.subjectByParticipants)
        #expect(settings.invitationsByParticipants && settings.whisperers == .visitor && settings.isArchived)
        #expect(settings.presenceBroadcast == [.moderator, .participant, .visitor] && settings.maxOccupants == nil)
        #expect(settings.historyMessages == 20)
    }

    @Test("Only what differs from the default is held")
    func chosen() {
        var settings = Settings()
        settings[.isPublic] = .flag(true)
        settings[.title] = .text("")
        #expect(settings.chosen == [.isPublic: .flag(true)])
        settings[.isPublic] = .flag(false)
        #expect(settings.chosen.isEmpty)
    }

    @Test("Inviting follows members-only until it is chosen (MUC-198)")
    func invitations() {
        var settings = Settings()
        settings[.isMembersOnly] = .flag(true)
        #expect(!settings.invitationsByParticipants)
        settings[.invitationsByParticipants] = .flag(true)
        #expect(settings.invitationsByParticipants)
        settings[.isMembersOnly] = .flag(false)
        settings[.invitationsByParticipants] = .flag(false)
        #expect(!settings.invitationsByParticipants)
    }

    @Test("Values that a setting may not have")
    func values() {
        #expect(!Setting.isPublic.allows(.text("1")))
        #expect(!Setting.title.allows(.text(String(repeating: "é", count: 129))))
        #expect(!Setting.maxOccupants.allows(.number(20_001)) && Setting.maxOccupants.allows(.number(nil)))
        #expect(!Setting.historyMessages.allows(.number(nil)) && !Setting.historyMessages.allows(.number(101)))
        #expect(!Setting.whois.allows(.choice("none")))  // MUC-367
        #expect(!Setting.presenceBroadcast.allows(.roles([.none])) && Setting.presenceBroadcast.allows(.roles([])))
        #expect(!Setting.requiredFeatures.allows(.lines(Array(repeating: "x", count: 33))))
        #expect(!Setting.requiredFeatures.allows(.lines([String(repeating: "x", count: 257)])))
    }

    @Test("The nodes of a room: all of the documents' but those that are left out, and allowed only where it is closed")
    func nodes() {
        var settings = Settings()
        #expect(settings.nodes == Topics.standard.subtracting(.allowed))
        settings[.missingNodes] = .lines(["avatar", "presence", "nonsense"])
        settings[.isMembersOnly] = .flag(true)
        #expect(settings.nodes == Topics.standard.subtracting(Topics.avatar.union(.presence)))
        for word in Setting.nodeWords where word != "jidmap-visible" {
            #expect(!Settings.topics(of: word).isEmpty, "\(word)")
        }
        settings[.missingNodes] = .lines(Setting.nodeWords)
        #expect(settings.nodes.contains([.configuration, .access, .lists]), "what a room cannot be without")
    }

    @Test("Channels as they are where nobody chose anything, and their end of life")
    func channels() {
        var settings = Settings()
        #expect(settings.mandatoryNicks && !settings.isAdHoc && !settings.isOptionallyOpen && settings.endOfLife == nil)
        #expect(!settings.flag(.ownRetraction) && settings.choice(.adminRetraction) == "owners")
        settings[.endOfLife] = .text("2026-11-21T08:00:00Z")
        #expect(settings.endOfLife?.milliseconds == 1_795_248_000_000)
        settings[.endOfLife] = .text("tomorrow")
        #expect(settings.endOfLife == nil)
        settings[.whois] = .choice("optional")
        #expect(settings.isOptionallyOpen && !settings.isOpen && !settings.showsAddressMap)
    }
}
