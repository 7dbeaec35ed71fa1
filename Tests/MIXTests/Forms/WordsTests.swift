// The words of both generations, there and back, with the slips that clients make.

import Rooms
import Testing
import XMPP

@testable import MIX

@Suite struct WordsTests {
    @Test("Every group of people has a word in both generations, and comes back from either (X-12)")
    func audiences() {
        for word in Setting.audiences {
            for isDraft in [true, false] {
                #expect(Words.audience(from: Words.audience(word, isDraft: isDraft)) == word)
            }
        }
        #expect(Words.audience("admins", isDraft: true) == "admins-and-owners")
        #expect(Words.audience("allowed", isDraft: true) == "members-only")
        #expect(
            Words.audience("nobody", isDraft: true) == "nobody" && Words.audience("admins", isDraft: false) == "admins")
    }

    @Test("Slips of the pen are understood, other words stay what they are (MIXC-506)")
    func slips() {
        let slips = [
            "admin": "admins", "administrators": "admins", "owner": "owners", "onwers": "owners", "onbody": "nobody",
            "participant": "participants",
        ]
        for (slip, word) in slips { #expect(Words.audience(from: slip) == word) }
        for word in ["", "everybody", "Owners"] { #expect(Words.audience(from: word) == word) }
    }

    @Test("Visibility: the words of the documents and of their tables, whatever the case (X-14)")
    func visibility() throws {
        for (whois, word) in [
            ("moderators", "jid-hidden"), ("optional", "jid-optionally-visible"), ("anyone", "jid-mandatory-visible"),
        ] {
            let chamber = try Chamber([.whois: .choice(whois)])
            #expect(Words.visibility(chamber.room.settings) == word && Words.whois(from: word) == whois)
        }
        #expect(Words.whois(from: "JID-Maybe-Visible") == "optional" && Words.whois(from: "jid-visible") == "anyone")
        #expect(Words.whois(from: "") == nil && Words.whois(from: "visible") == nil)
    }

    @Test("The nodes that are there, as each generation names them")
    func present() throws {
        let open = try Chamber()
        #expect(
            Words.nodes(of: open.room, isDraft: false)
                == ["participants", "presence", "information", "banned", "avatar"])
        #expect(
            Words.nodes(of: open.room, isDraft: true) == ["messages", "participants", "presence", "subject", "acl"])
        let closed = try Chamber([
            .isMembersOnly: .flag(true), .missingNodes: .lines(["presence", "avatar", "subject"]),
        ])
        #expect(Words.nodes(of: closed.room, isDraft: false) == ["participants", "information", "allowed", "banned"])
        #expect(Words.nodes(of: closed.room, isDraft: true) == ["messages", "participants", "acl"])
    }

    @Test("A list of nodes as it is shown changes nothing")
    func shownIsNothingNew() throws {
        for missing in [[], ["presence"], ["avatar", "banned"], ["subject", "information"]] {
            for isClosed in [true, false] {
                let room = try Chamber([.missingNodes: .lines(missing), .isMembersOnly: .flag(isClosed)]).room
                for isDraft in [true, false] {
                    let shown = Words.nodes(of: room, isDraft: isDraft)
                    for (setting, value) in try Words.settings(nodesPresent: shown, of: room, isDraft: isDraft) {
                        #expect(Self.same(room.settings[setting], value), "\(setting) \(missing) \(isDraft)")
                    }
                }
            }
        }
    }

    private static func same(_ one: SettingValue, _ other: SettingValue) -> Bool {
        if case .lines(let one) = one, case .lines(let other) = other { return Set(one) == Set(other) }
        return one == other
    }

    @Test("What is not in the list goes, what a generation cannot name stays")
    func submitted() throws {
        let room = try Chamber([.missingNodes: .lines(["subject"])]).room
        var settings = try Words.settings(nodesPresent: ["presence", "info", "allowed"], of: room, isDraft: false)
        #expect(settings[.missingNodes] == .lines(["subject", "avatar", "banned"]))
        #expect(settings[.isMembersOnly] == .flag(true))
        settings = try Words.settings(nodesPresent: ["messages", "subject"], of: room, isDraft: true)
        #expect(settings[.missingNodes] == .lines(["presence"]) && settings[.isMembersOnly] == nil)
    }

    @Test("Nodes that nobody knows, and a channel with nothing to hear, are refused (mix-0.2.1 O-01)")
    func refused() throws {
        let room = try Chamber().room
        for isDraft in [true, false] {
            #expect(throws: StanzaError.self) {
                try Words.settings(nodesPresent: ["messages", "presence", "gossip"], of: room, isDraft: isDraft)
            }
        }
        #expect(throws: StanzaError.self) {
            try Words.settings(nodesPresent: ["participants"], of: room, isDraft: true)
        }
        let quiet = try Chamber([.missingNodes: .lines(["messages"])]).room
        #expect(throws: StanzaError.self) {
            try Words.settings(nodesPresent: ["participants"], of: quiet, isDraft: false)
        }
    }
}
